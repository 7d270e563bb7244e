// A new consultant, and what may change about one who is there: the code never does. When somebody else was faster, what was
// typed stays and what they changed stands beside it.
import { DatePicker, Form, Input, Modal, Select, type FormInstance } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useEffect, useState, type ReactNode } from "react";
import { patch, post } from "../api/client";
import type { Consultant, Named, Operator } from "../api/types";
import { useAct, useList, useResource } from "../api/use";
import { dayOf } from "../format/use";
import { useT } from "../i18n/provider";
import { useMarks } from "../parts/marks";
import { ErrorBox, isStale } from "../parts/parts";
import { differing, merge, typedOf, type Field, type Typed } from "./consultant";

interface Values {
  code?: string;
  displayName: string;
  operatorName?: string;
  team?: string;
  joinDate?: Dayjs | null;
  leaveDate?: Dayjs | null;
}

const dayIn = (picked: Dayjs | null | undefined) => picked?.format("YYYY-MM-DD") ?? "";
const valuesOf = ({ displayName, operatorName, team, joinDate, leaveDate }: Typed): Values => ({
  displayName, operatorName: operatorName || undefined, team: team || undefined, joinDate: joinDate ? dayjs(joinDate) : null, leaveDate: leaveDate ? dayjs(leaveDate) : null,
});
const typedIn = ({ displayName, operatorName, team, joinDate, leaveDate }: Values): Typed => ({
  displayName, operatorName: operatorName ?? "", team: team ?? "", joinDate: dayIn(joinDate), leaveDate: dayIn(leaveDate),
});
const bodyOf = (typed: Typed, teamDisplayName: string) => ({
  ...typed, teamDisplayName, joinDate: typed.joinDate ? dayOf(typed.joinDate) : undefined, leaveDate: typed.leaveDate ? dayOf(typed.leaveDate) : undefined,
});

interface Choice { value: string; label: string }
// What is chosen already is offered too, though it was retired or this reader may not list it.
const withChosen = (offered: Choice[], value: string, label: string) => (!value || offered.some((one) => one.value === value) ? offered : [...offered, { value, label }]);

function useChoices(chosen?: Consultant) {
  const teams = useResource<{ teams: Named[] }>("/v1/teams");
  const operators = useList<Operator>("/v1/operators", "operators", { pageSize: 500 });
  const teamChoices = (teams.data?.teams ?? []).filter((team) => !team.retired).map((team) => ({ value: team.name, label: team.displayName }));
  const operatorChoices = operators.rows.map((one) => ({ value: one.name, label: `${one.displayName} ${one.signInName}` }));
  const { operatorName = "", team = "", teamDisplayName = "" } = chosen ?? {};
  return { teams: withChosen(teamChoices, team, teamDisplayName || "…"), operators: withChosen(operatorChoices, operatorName, operators.isLoading ? "…" : `…${operatorName.slice(-6)}`) };
}
type Choices = ReturnType<typeof useChoices>;
const labelIn = (choices: Choice[], value: string | undefined) => choices.find((one) => one.value === value)?.label ?? "";

function Fields({ choices, code, leave }: { choices: Choices; code?: ReactNode; leave?: ReactNode }) {
  const t = useT();
  return (
    <>
      {code}
      <Form.Item name="displayName" label={t("admin.displayName")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}><Input maxLength={60} autoComplete="off" /></Form.Item>
      <Form.Item name="operatorName" label={t("admin.signsInAs")}><Select allowClear showSearch optionFilterProp="label" options={choices.operators} /></Form.Item>
      <Form.Item name="team" label={t("admin.team")}><Select allowClear options={choices.teams} /></Form.Item>
      <div className={leave ? "form-two" : undefined}>
        <Form.Item name="joinDate" label={t("admin.joinDate")}><DatePicker /></Form.Item>
        {leave}
      </div>
    </>
  );
}

const confirm = (form: FormInstance<Values>, send: (values: Values) => void) => void form.validateFields().then(send, () => undefined);

export function NewConsultant({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const choices = useChoices();
  const act = useAct((body: object, key) => post<Consultant>("/v1/consultants", body, key), ["/v1/consultants"]);
  useMarks(act.error, form, { CONSULTANT_CODE_TAKEN: "code", CONSULTANT_OPERATOR_TAKEN: "operatorName" });
  const send = (values: Values) => act.mutate({ code: values.code, ...bodyOf(typedIn(values), labelIn(choices.teams, values.team)) }, { onSuccess: onClose });
  const code = (
    <Form.Item name="code" label={t("admin.consultantCode")} rules={[{ required: true, whitespace: true, message: t("common.required") }]} extra={t("admin.consultantCodeNote")}>
      <Input maxLength={20} autoComplete="off" />
    </Form.Item>
  );
  return (
    <Modal open width={480} title={t("admin.newConsultant")} okText={t("common.create")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending} onOk={() => confirm(form, send)}>
      <Form form={form} layout="vertical" className="dialog-form"><Fields choices={choices} code={code} /></Form>
      <ErrorBox error={act.error} />
    </Modal>
  );
}

// `consultant` as it was read last: with another etag it is somebody else's change, which the form takes in.
export function EditConsultant({ consultant, onClose, onReread }: { consultant: Consultant; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const [base, setBase] = useState(consultant);
  const [theirs, setTheirs] = useState<Field[]>([]);
  const choices = useChoices(consultant);
  const act = useAct(
    ({ typed, mask }: { typed: Typed; mask: Field[] }, key) => {
      const updateMask = mask.flatMap((field) => (field === "team" ? ["team", "teamDisplayName"] : [field])).join();
      return patch<Consultant>(`/v1/${base.name}`, { name: base.name, etag: base.etag, ...bodyOf(typed, labelIn(choices.teams, typed.team)) }, { updateMask }, key);
    },
    ["/v1/consultants"],
  );
  useMarks(act.error, form, { CONSULTANT_OPERATOR_TAKEN: "operatorName" });
  const shown = (one: Consultant, field: Field): string => {
    const text = field === "team" ? one.teamDisplayName : field === "operatorName" ? labelIn(choices.operators, one.operatorName) : typedOf(one)[field];
    return text || t("common.none");
  };
  useEffect(() => {
    if (act.isPending || consultant.etag === base.etag) return;
    const typed = typedIn(form.getFieldsValue(true) as Values);
    const { values, theirs: changed } = merge(typedOf(base), typedOf(consultant), typed);
    form.setFieldsValue(valuesOf(values));
    form.setFields(changed.map((name) => {
      const kept = values[name] !== typedOf(consultant)[name];
      return { name, errors: [], warnings: [t(kept ? "admin.theirsNot" : "admin.theirs", { was: shown(base, name), now: shown(consultant, name) })] };
    }));
    act.reset();
    setTheirs(changed);
    setBase(consultant);
  }, [consultant.etag, act.isPending]);
  const send = (values: Values) => {
    const typed = typedIn(values);
    const mask = differing(typedOf(base), typed);
    if (mask.length === 0) onClose();
    else act.mutate({ typed, mask }, { onSuccess: onClose });
  };
  const leave = <Form.Item name="leaveDate" label={t("admin.leaveDate")} extra={t("admin.leaveDateEdit")}><DatePicker allowClear /></Form.Item>;
  return (
    <Modal open width={480} title={`${base.code} ${base.displayName}`} okText={t("common.save")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending} onOk={() => confirm(form, send)}>
      {theirs.length > 0 && <div className="notice-box" role="status">{t("admin.theirsRead")}</div>}
      <Form form={form} layout="vertical" requiredMark={false} className="dialog-form" initialValues={valuesOf(typedOf(consultant))}><Fields choices={choices} leave={leave} /></Form>
      <ErrorBox error={act.error} onRetry={isStale(act.error) ? onReread : undefined} />
    </Modal>
  );
}
