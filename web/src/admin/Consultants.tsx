// Consultants: who sells, since when, until when; the documents of one who goes change hands.
import { Button, DatePicker, Form, Input, Modal, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { post } from "../api/client";
import type { Consultant, Named, Operator } from "../api/types";
import { useAct, useList, useResource } from "../api/use";
import { dayOf, useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { ListTable } from "../parts/ListTable";
import { useMarks } from "../parts/marks";
import { ErrorBox } from "../parts/parts";
import { useSession } from "../session/context";
import { HandOver } from "./HandOver";

interface NewConsultant {
  code: string;
  displayName: string;
  operatorName?: string;
  team?: string;
  joinDate?: Dayjs;
}

function Create({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<NewConsultant>();
  const teams = useResource<{ teams: Named[] }>("/v1/teams");
  const operators = useList<Operator>("/v1/operators", "operators", { pageSize: 500 });
  const teamsOffered = (teams.data?.teams ?? []).filter((team) => !team.retired).map((team) => ({ value: team.name, label: team.displayName }));
  const act = useAct((body: object, key) => post<Consultant>("/v1/consultants", body, key), ["/v1/consultants"]);
  useMarks(act.error, form, { CONSULTANT_CODE_TAKEN: "code" });
  const send = ({ joinDate, ...typed }: NewConsultant) =>
    act.mutate(
      { ...typed, teamDisplayName: teamsOffered.find((team) => team.value === typed.team)?.label, joinDate: joinDate ? dayOf(joinDate.format("YYYY-MM-DD")) : undefined },
      { onSuccess: onClose },
    );
  const needed = [{ required: true, whitespace: true, message: t("common.required") }];
  return (
    <Modal open width={480} title={t("admin.newConsultant")} okText={t("common.create")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending} onOk={() => void form.validateFields().then(send, () => undefined)}>
      <Form form={form} layout="vertical" className="dialog-form">
        <Form.Item name="code" label={t("admin.consultantCode")} rules={needed} extra={t("admin.consultantCodeNote")}><Input maxLength={20} autoComplete="off" /></Form.Item>
        <Form.Item name="displayName" label={t("admin.displayName")} rules={needed}><Input maxLength={60} autoComplete="off" /></Form.Item>
        <Form.Item name="operatorName" label={t("admin.signsInAs")}><Select allowClear showSearch optionFilterProp="label" options={operators.rows.map((one) => ({ value: one.name, label: `${one.displayName} ${one.signInName}` }))} /></Form.Item>
        <Form.Item name="team" label={t("admin.team")}><Select allowClear options={teamsOffered} /></Form.Item>
        <Form.Item name="joinDate" label={t("admin.joinDate")}><DatePicker /></Form.Item>
      </Form>
      <ErrorBox error={act.error} />
    </Modal>
  );
}

export function ConsultantsTab() {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const manage = can("consultant.manage");
  const [creating, setCreating] = useState(false);
  const [leaving, setLeaving] = useState<string>();
  const list = useList<Consultant>("/v1/consultants", "consultants", { pageSize: 500 });
  const chosen = list.rows.find((one) => one.name === leaving);
  const nameOf = (name: string) => list.rows.find((one) => one.name === name)?.displayName ?? "";
  return (
    <>
      {manage && <div className="toolbar"><Button type="primary" onClick={() => setCreating(true)}>{t("admin.newConsultant")}</Button></div>}
      <ListTable
        source={list} rowKey="name" empty={t("admin.none")}
        columns={[
          { title: t("admin.displayName"), fixed: "left", render: (one: Consultant) => <b>{one.displayName}</b> },
          { title: t("admin.consultantCode"), dataIndex: "code" },
          { title: t("admin.team"), dataIndex: "teamDisplayName" },
          { title: t("admin.joinDate"), render: (one: Consultant) => one.joinDate && format.day(one.joinDate) },
          { title: t("admin.leaveDate"), render: (one: Consultant) => one.leaveDate && format.day(one.leaveDate) },
          { title: "", align: "right", render: (one: Consultant) => manage && <Button size="small" onClick={() => setLeaving(one.name)}>{t("admin.handOver")}</Button> },
        ]}
      />
      {creating && <Create onClose={() => setCreating(false)} />}
      {chosen && <HandOver key={chosen.name} consultant={chosen} names={nameOf} onClose={() => setLeaving(undefined)} onReread={() => void list.refetch()} />}
    </>
  );
}
