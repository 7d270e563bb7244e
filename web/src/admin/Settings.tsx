// The firm's settings, each within the limits that identity declares, and its feature flags (ADM-02).
import { Button, Form, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { patch } from "../api/client";
import type { Setting } from "../api/types";
import { useResource } from "../api/use";
import { useT, useWord } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Panel } from "../parts/parts";
import { Rows } from "../parts/Rows";
import { useSession } from "../session/context";
import { Features } from "./Features";

const PATH = "/v1/settings";

type Typed = string | number | boolean | null;
const typedOf = (one: Setting): Typed => (one.type === "integer" ? Number(one.value) : one.type === "boolean" ? one.value === "true" : one.value);

// By the type that identity declares; the form gives it the rest.
function Field({ setting, ...given }: { setting: Setting }) {
  if (setting.type === "integer") return <InputNumber {...given} min={Number(setting.minimum)} max={Number(setting.maximum)} precision={0} controls={false} />;
  if (setting.type === "choice") return <Select {...given} options={setting.choices.map((value) => ({ value, label: value }))} />;
  return setting.type === "boolean" ? <Switch {...given} /> : <Input {...given} maxLength={200} />;
}

function Editor({ setting, onClose, onReread }: { setting: Setting; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const word = useWord();
  const limits = setting.type === "integer" ? t("admin.settingLimits", { least: setting.minimum, most: setting.maximum, unit: setting.unit && word("admin.unit", setting.unit) }) : "";
  return (
    <FormDialog<{ value: Typed }>
      title={setting.displayName} isNew={false} initial={{ value: typedOf(setting) }} touches={[PATH]} onClose={onClose} onReread={onReread}
      save={({ value }, key) => patch(`/v1/${setting.name}`, { name: setting.name, etag: setting.etag, value: String(value ?? "") }, undefined, key)}
    >
      <Form.Item name="value" label={t("admin.settingValue")} valuePropName={setting.type === "boolean" ? "checked" : "value"} extra={[limits, t("admin.settingDefault", { value: setting.defaultValue })].filter(Boolean).join(" ")}><Field setting={setting} /></Form.Item>
    </FormDialog>
  );
}

function Settings() {
  const t = useT();
  const word = useWord();
  const { can } = useSession();
  const list = useResource<{ settings: Setting[] }>(PATH);
  const [open, setOpen] = useState<string>();
  const rows = list.data?.settings ?? [];
  const edited = rows.find((one) => one.name === open);
  return (
    <>
      <Rows
        title={t("admin.settings")} empty={t("admin.none")} source={{ ...list, rows }}
        row={(one) => ({
          name: one.displayName, note: [one.value, one.unit && word("admin.unit", one.unit)].filter(Boolean).join(" "),
          acts: can("setting.manage") && <Button size="small" onClick={() => setOpen(one.name)}>{t("common.edit")}</Button>,
        })}
      />
      {edited && <Editor key={open} setting={edited} onClose={() => setOpen(undefined)} onReread={() => void list.refetch()} />}
    </>
  );
}

export function SettingsTab() {
  const t = useT();
  return (
    <div className="columns columns-half">
      <div className="stack"><Settings /></div>
      <div className="stack"><Panel title={t("admin.features")}><Features /></Panel></div>
    </div>
  );
}
