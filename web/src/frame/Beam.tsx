// The beam: the one permanent object. Project, palette, phone, inbox, account.
import { Button, Dropdown } from "antd";
import { memo } from "react";
import { Link, useNavigate } from "react-router";
import { useLanguage, useT } from "../i18n/provider";
import { Kbd } from "../keys/use";
import { Icon, Logo } from "../parts/icons";
import { useNarrow } from "../parts/parts";
import { PhoneSegment } from "../phone/Segment";
import { usePhone } from "../phone/context";
import { useMe, useSession } from "../session/context";
import { useTheme, type ThemeChoice } from "../theme/provider";
import { Inbox } from "./Inbox";
import { useProject } from "./project";

// 林小满 -> 小满, Ada Lovelace -> AL, Ada -> A.
const signOf = (name: string): string =>
  /^[\p{Script=Latin}\s.'-]+$/u.test(name) ? name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase() : name.slice(-2);

function ProjectPicker() {
  const t = useT();
  const { project, projects, choose } = useProject();
  const items = projects.map((one) => ({ key: one.name, label: one.displayName }));
  return (
    <Dropdown trigger={["click"]} menu={{ items, selectedKeys: project ? [project.name] : [], onClick: ({ key }) => choose(key) }} disabled={items.length === 0}>
      <button type="button" className="beam-project" aria-label={`${t("common.chooseProject")} ${project?.displayName ?? ""}`}>
        <span>{project?.displayName ?? t("frame.noProject")}</span>
        <Icon name="down" size={14} />
      </button>
    </Dropdown>
  );
}

function Account() {
  const t = useT();
  const me = useMe();
  const go = useNavigate();
  const { signOut } = useSession();
  const { choice, choose } = useTheme();
  const { language, choose: chooseLanguage } = useLanguage();
  const themes: [ThemeChoice, "frame.light" | "frame.dark" | "frame.system"][] = [
    ["light", "frame.light"], ["dark", "frame.dark"], ["system", "frame.system"],
  ];
  const items = [
    { key: "me", label: `${me.displayName} · ${me.operatorGroupDisplayNames?.join("、") || me.signInName}`, disabled: true },
    { type: "divider" as const },
    { key: "theme", type: "group" as const, label: t("frame.theme"), children: themes.map(([key, text]) => ({ key, label: t(text) })) },
    { key: "language", type: "group" as const, label: t("frame.language"), children: [{ key: "zh", label: "中文" }, { key: "en", label: "English" }] },
    { type: "divider" as const },
    { key: "out", label: t("session.signOut"), danger: true },
  ];
  const act = ({ key }: { key: string }) => {
    // Who comes next begins at home, not on this one's page.
    if (key === "out") void signOut().then(() => go("/", { replace: true }));
    else if (key === "zh" || key === "en") chooseLanguage(key);
    else if (key !== "me") choose(key as ThemeChoice);
  };
  return (
    <Dropdown trigger={["click"]} menu={{ items, selectedKeys: [choice, language], onClick: act }}>
      <button type="button" className="avatar" aria-label={`${t("frame.account")} ${me.displayName}`}>
        {/* A picture of the name, drawn by the style sheet: no text beside the name that is read out. */}
        <span aria-hidden data-sign={signOf(me.displayName)} />
      </button>
    </Dropdown>
  );
}

export const Beam = memo(function Beam({ onPalette }: { onPalette: () => void }) {
  const t = useT();
  const narrow = useNarrow();
  const { snapshot } = usePhone();
  const { language, choose } = useLanguage();
  return (
    <header className={`beam beam-${snapshot.call?.state ?? "idle"}`}>
      <Link to="/" className="beam-logo" aria-label="Lintel">
        <Logo />
      </Link>
      <ProjectPicker />
      {narrow ? (
        <button type="button" className="beam-icon" onClick={onPalette} aria-label={t("frame.paletteShort")}>
          <Icon name="search" size={18} />
        </button>
      ) : (
        <button type="button" className="beam-palette" onClick={onPalette}>
          <Icon name="search" />
          <span>{t("frame.palette")}</span>
          <Kbd id="palette" />
        </button>
      )}
      <PhoneSegment />
      <Inbox />
      {!narrow && (
        <Button type="text" size="small" className="beam-text" onClick={() => choose(language === "zh" ? "en" : "zh")}>
          {language === "zh" ? "EN" : "中"}
        </Button>
      )}
      <Account />
    </header>
  );
});
