// Beam above, rail at the left (tab bar below on a phone), the page in the middle, palette and key sheet over all.
import { Dropdown, Modal } from "antd";
import { memo, Suspense, useCallback, useDeferredValue, useState } from "react";
import { Link, Outlet, useLocation, useNavigate } from "react-router";
import { useLiveRefresh } from "../api/use";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { KEYS } from "../keys/registry";
import { useKey } from "../keys/use";
import { Icon } from "../parts/icons";
import { Loading, useNarrow } from "../parts/parts";
import { CallCard } from "../phone/CallCard";
import { useMe, useSession } from "../session/context";
import { Beam } from "./Beam";
import { useLiveState } from "./live";
import { isUnder, NAV, ON_PHONE, type NavItem } from "./nav";
import { Palette } from "./Palette";

function Item({ item }: { item: NavItem }) {
  const t = useT();
  const active = isUnder(item, useLocation().pathname);
  return (
    <Link to={item.to} className={active ? "active" : ""} aria-current={active ? "page" : undefined}>
      <Icon name={item.icon} size={18} />
      {t(item.text)}
    </Link>
  );
}

function Rail() {
  const t = useT();
  const { can } = useSession();
  return <nav className="rail" aria-label={t("nav.main")}>{NAV.filter((item) => !item.right || can(item.right)).map((item) => <Item key={item.to} item={item} />)}</nav>;
}

// A phone has room for five: four pages of this operator's and what is left.
function TabBar() {
  const t = useT();
  const go = useNavigate();
  const { pathname } = useLocation();
  const { can } = useSession();
  const all = NAV.filter((item) => !item.right || can(item.right));
  const first = all.length <= 5 ? all : ON_PHONE.flatMap((to) => all.filter((item) => item.to === to)).slice(0, 4);
  const rest = all.filter((item) => !first.includes(item));
  const items = rest.map((item) => ({ key: item.to, icon: <Icon name={item.icon} />, label: t(item.text) }));
  const away = rest.find((item) => isUnder(item, pathname));
  return (
    <nav className="tabbar" aria-label={t("nav.main")}>
      {first.map((item) => <Item key={item.to} item={item} />)}
      {rest.length > 0 && (
        <Dropdown trigger={["click"]} placement="topRight" menu={{ items, selectedKeys: away ? [away.to] : [], onClick: ({ key }) => void go(key) }} classNames={{ root: "tabbar-menu" }}>
          <button type="button" className={away ? "active" : ""}>
            <Icon name="menu" size={18} />
            {t("common.more")}
          </button>
        </Dropdown>
      )}
    </nav>
  );
}

const KeySheet = memo(function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const scopes = [...new Set(KEYS.map((key) => key.scope))];
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t("keys.title")} width={480}>
      {scopes.map((scope) => (
        <section key={scope}>
          <h3>{word("keys.scope", scope)}</h3>
          <ul className="key-sheet">
            {KEYS.filter((key) => key.scope === scope).map((key) => (
              <li key={key.id}>
                <span>{t(key.text)}</span>
                <kbd className="kbd">{key.shown}</kbd>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Modal>
  );
});

function Bands() {
  const t = useT();
  const me = useMe();
  const format = useFormat();
  const { stale, heard } = useLiveState();
  return (
    <>
      {me.testMode && <div className="band band-bad">{t("frame.testMode")}</div>}
      {stale && <div className="band band-stale" role="status">{t("frame.lineDown", { time: format.clock(heard) })}</div>}
    </>
  );
}

export function Frame() {
  const narrow = useNarrow();
  const go = useNavigate();
  const [palette, setPalette] = useState(false);
  // Undefined: not asked for yet, so nothing of it is made.
  const [sheet, setSheet] = useState<boolean>();
  // The page first, in a frame of its own; the beam's menus follow.
  const settled = useDeferredValue(true, false);
  useLiveRefresh(["CodeTableChanged"], ["/v1/codeTables"]);
  useLiveRefresh(["SettingChanged", "RightsChanged"], ["/v1/settings", "/v1/features"], true);
  const openPalette = useCallback(() => setPalette(true), []);
  const closePalette = useCallback(() => setPalette(false), []);
  const closeSheet = useCallback(() => setSheet(false), []);
  useKey("palette", () => setPalette((open) => !open));
  useKey("sheet", () => setSheet(true));
  useKey("go.chart", () => void go("/chart"));
  useKey("go.customers", () => void go("/customers"));
  useKey("go.deals", () => void go("/deals"));
  useKey("go.finance", () => void go("/finance"));
  useKey("go.reports", () => void go("/reports"));
  useKey("go.agent", () => void go("/agent"));
  return (
    <div className="frame">
      {settled ? <Beam onPalette={openPalette} /> : <header className="beam" />}
      <Bands />
      <div className="frame-body">
        {!narrow && <Rail />}
        <main className="work">
          <Suspense fallback={<Loading rows={8} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {narrow && <TabBar />}
      <CallCard />
      {palette && <Palette onClose={closePalette} />}
      {sheet !== undefined && <KeySheet open={sheet} onClose={closeSheet} />}
    </div>
  );
}
