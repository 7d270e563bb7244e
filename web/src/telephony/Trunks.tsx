// Where calls from outside may come from.
import { Form, Input } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Trunk } from "../api/types";
import { useList } from "../api/use";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Rows } from "../parts/Rows";

const PATH = "/v1/trunks";

export function Trunks() {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const list = useList<Trunk>(PATH, "trunks", { pageSize: 100 });
  const needed = [{ required: true, whitespace: true, message: t("common.required") }];
  return (
    <>
      <Rows
        title={t("telephony.trunks")} add={t("telephony.newTrunk")} onAdd={() => setAdding(true)} source={list} empty={t("telephony.noTrunks")}
        row={(trunk) => ({ name: trunk.displayName, note: trunk.address })}
      />
      {adding && (
        <FormDialog<Trunk> title={t("telephony.newTrunk")} isNew initial={{}} save={(trunk, key) => post(PATH, trunk, key)} touches={[PATH]} onClose={() => setAdding(false)} reasons={{ NAME_EXISTS: "displayName" }}>
          <Form.Item name="displayName" label={t("common.name")} rules={needed}><Input maxLength={60} /></Form.Item>
          <Form.Item name="address" label={t("telephony.address")} rules={needed} extra={t("telephony.trunkNote")}><Input maxLength={15} placeholder="203.0.113.7" /></Form.Item>
        </FormDialog>
      )}
    </>
  );
}
