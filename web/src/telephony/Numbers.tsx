// The numbers that callers dial, and which flow answers each.
import { Button, Form, Input, Select, Switch } from "antd";
import { useState } from "react";
import { patch, post } from "../api/client";
import type { PhoneNumber, VoiceFlow } from "../api/types";
import { useList } from "../api/use";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Rows } from "../parts/Rows";

const PATH = "/v1/numbers";
const NEW: Partial<PhoneNumber> = { number: "", language: "", record: true };
const LANGUAGES = [{ value: "zh-CN", label: "中文" }, { value: "en", label: "English" }];

function Editor({ number, flows, onClose }: { number: Partial<PhoneNumber>; flows: VoiceFlow[]; onClose: () => void }) {
  const t = useT();
  const needed = [{ required: true, message: t("common.required") }];
  const save = (values: PhoneNumber, key: string, changed: string[]) =>
    number.name ? patch(`/v1/${number.name}`, { ...values, name: number.name }, { updateMask: changed.join() }, key) : post(PATH, values, key);
  const published = flows.filter((one) => one.currentVersion > 0);
  return (
    <FormDialog<PhoneNumber>
      title={number.number || t("telephony.newNumber")} isNew={!number.name} initial={number} save={save} touches={[PATH]} onClose={onClose}
      reasons={{ NUMBER_EXISTS: "number", FLOW_UNPUBLISHED: "voiceFlow" }}
    >
      {!number.name && <Form.Item name="number" label={t("telephony.number")} rules={needed}><Input maxLength={20} inputMode="tel" placeholder={t("telephony.numberExample")} /></Form.Item>}
      <Form.Item name="voiceFlow" label={t("telephony.flow")} rules={needed}><Select options={published.map((one) => ({ value: one.name, label: one.displayName }))} /></Form.Item>
      <div className="form-two">
        <Form.Item name="language" label={t("telephony.language")}><Select options={[{ value: "", label: t("telephony.languageOfFlow") }, ...LANGUAGES]} /></Form.Item>
        <Form.Item name="record" label={t("telephony.record")} valuePropName="checked"><Switch /></Form.Item>
      </div>
    </FormDialog>
  );
}

export function Numbers() {
  const t = useT();
  const [open, setOpen] = useState<string>();
  const list = useList<PhoneNumber>(PATH, "numbers", { pageSize: 100 });
  const flows = useList<VoiceFlow>("/v1/voiceFlows", "voiceFlows", { pageSize: 100 });
  const edited = open === "" ? NEW : list.rows.find((one) => one.name === open);
  const flowOf = (name: string) => flows.rows.find((one) => one.name === name)?.displayName ?? "…";
  const languageOf = (code: string) => LANGUAGES.find((one) => one.value === code)?.label;
  return (
    <>
      <Rows
        title={t("telephony.numbers")} add={t("telephony.newNumber")} onAdd={() => setOpen("")} source={list} empty={t("telephony.noNumbers")}
        row={(one) => ({
          name: one.number, note: [flowOf(one.voiceFlow), languageOf(one.language), one.record && t("telephony.record")].filter(Boolean).join(" · "),
          acts: <Button size="small" onClick={() => setOpen(one.name)}>{t("common.edit")}</Button>,
        })}
      />
      {edited && <Editor key={open} number={edited} flows={flows.rows} onClose={() => setOpen(undefined)} />}
    </>
  );
}
