// Registering a customer: the phone first, because it tells whether somebody knows them already.
import { Button, Form, Input, Select } from "antd";
import { useNavigate, useSearchParams } from "react-router";
import { post } from "../api/client";
import { isApiError } from "../api/error";
import type { Customer } from "../api/types";
import { useAct } from "../api/use";
import { useProject } from "../frame/project";
import { useT } from "../i18n/provider";
import { CodeField } from "../parts/fields";
import { DraftForm } from "../parts/DraftForm";
import { PageHead, Panel } from "../parts/parts";

interface Values {
  displayName: string;
  phones: string;
  source?: string;
  level?: string;
  gender?: string;
  idKind?: string;
  idNumber?: string;
  address?: string;
  email?: string;
  remark?: string;
  projects?: string[];
}

export const splitPhones = (text: string): string[] => (text ?? "").split(/[\s,，;；、]+/).filter(Boolean);

function Duplicate({ error }: { error: unknown }) {
  const t = useT();
  const go = useNavigate();
  if (!isApiError(error) || error.reason !== "CUSTOMER_DUPLICATE") return null;
  const { customer } = error.metadata;
  return (
    <div className="notice-box">
      <b>{t("customers.duplicate")}</b>
      {customer ? <Button size="small" onClick={() => void go(`/${customer}`)}>{t("customers.duplicateOpen")}</Button> : <span>{t("customers.duplicateOther")}</span>}
    </div>
  );
}

export function CustomerFormPage() {
  const t = useT();
  const go = useNavigate();
  const [search] = useSearchParams();
  const { projects } = useProject();
  const [form] = Form.useForm<Values>();
  const create = useAct(
    (values: Values, key) => post<Customer>("/v1/customers", { ...values, phones: splitPhones(values.phones) }, key),
    ["/v1/customers"],
  );
  const submit = (values: Values) => create.mutate(values, { onSuccess: (customer) => void go(`/${customer.name}`, { replace: true }) });
  const needed = [{ required: true, whitespace: true, message: t("common.required") }];
  return (
    <div className="page page-narrow">
      <PageHead title={t("customers.register")} />
      <Panel>
        <DraftForm<Values>
          id="customer" form={form} initial={{ displayName: search.get("name") ?? "", phones: search.get("phone") ?? "" }} submitText={t("customers.register")}
          busy={create.isPending} error={create.error} done={create.isSuccess} onSubmit={submit} checks={<Duplicate error={create.error} />}
        >
          <div className="form-two">
            <Form.Item name="phones" label={t("customers.phones")} rules={needed} extra={t("customers.phonesNote")}><Input autoFocus inputMode="tel" maxLength={200} /></Form.Item>
            <Form.Item name="displayName" label={t("customers.name")} rules={needed}><Input maxLength={60} /></Form.Item>
            <Form.Item name="source" label={t("customers.source")}><CodeField table="customer-source" /></Form.Item>
            <Form.Item name="level" label={t("customers.level")}><CodeField table="customer-level" /></Form.Item>
            <Form.Item name="projects" label={t("customers.interest")}><Select mode="multiple" options={projects.map((one) => ({ value: one.name, label: one.displayName }))} /></Form.Item>
            <Form.Item name="gender" label={t("customers.gender")}><Select allowClear options={[{ value: "female", label: t("customers.female") }, { value: "male", label: t("customers.male") }]} /></Form.Item>
            <Form.Item name="idKind" label={t("customers.idKind")}><CodeField table="id-kind" /></Form.Item>
            <Form.Item name="idNumber" label={t("customers.idNumber")}><Input maxLength={40} /></Form.Item>
            <Form.Item name="address" label={t("customers.address")}><Input maxLength={200} /></Form.Item>
            <Form.Item name="email" label={t("customers.email")}><Input maxLength={200} inputMode="email" /></Form.Item>
          </div>
          <Form.Item name="remark" label={t("customers.remark")}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
        </DraftForm>
      </Panel>
    </div>
  );
}
