// To which uses of the data a customer has agreed, in which words, and what was withdrawn.
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Consent } from "../api/types";
import { useAct, useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { CodeField, useCodeLabel } from "../parts/fields";
import { FormDialog } from "../parts/FormDialog";
import { Chip, ErrorBox } from "../parts/parts";
import { Rows } from "../parts/Rows";
import { useSession } from "../session/context";

const CHANNELS = ["paper", "phone", "online"];

export function Consents({ customer, isErased }: { customer: string; isErased: boolean }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const { can } = useSession();
  const path = `/v1/${customer}/consents`;
  const touches = [path, `/v1/${customer}/timeline`];
  const purpose = useCodeLabel("consent-purpose");
  const list = useResource<{ consents: Consent[] }>(path);
  const [adding, setAdding] = useState(false);
  const withdraw = useAct((consent: Consent, key) => post(`/v1/${consent.name}:withdraw`, {}, key), touches);
  const may = can("customer.write") && !isErased;
  const needed = [{ required: true, whitespace: true, message: t("common.required") }];
  const said = (one: Consent) => [one.textVersion, word("customers.channel", one.channel), format.dateTime(one.grantTime), one.withdrawTime && t("customers.withdrawnAt", { time: format.dateTime(one.withdrawTime) })].filter(Boolean).join(" · ");
  return (
    <>
      <Rows
        title={t("customers.consents")} add={t("customers.recordConsent")} onAdd={may ? () => setAdding(true) : undefined} empty={t("customers.noConsents")}
        source={{ ...list, rows: list.data?.consents ?? [] }}
        row={(one) => ({
          name: <>{purpose(one.purpose)} {one.withdrawTime && <Chip>{t("customers.withdrawn")}</Chip>}</>, note: said(one),
          acts: may && !one.withdrawTime && <Button size="small" loading={withdraw.isPending && withdraw.variables.name === one.name} onClick={() => withdraw.mutate(one)}>{t("customers.withdraw")}</Button>,
        })}
      />
      <ErrorBox error={withdraw.error} />
      {adding && (
        <FormDialog<Partial<Consent>> title={t("customers.recordConsent")} isNew initial={{ channel: "paper" }} save={(consent, key) => post(path, consent, key)} touches={touches} onClose={() => setAdding(false)}>
          <Form.Item name="purpose" label={t("customers.purpose")} rules={needed}><CodeField table="consent-purpose" /></Form.Item>
          <Form.Item name="textVersion" label={t("customers.textVersion")} rules={needed} extra={t("customers.textVersionNote")}><Input maxLength={60} /></Form.Item>
          <Form.Item name="channel" label={t("customers.channel")}><Select options={CHANNELS.map((value) => ({ value, label: word("customers.channel", value) }))} /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
