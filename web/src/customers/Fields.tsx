// What is known of a person, as it is typed: in registering and in changing.
import { Form, Input, Select } from "antd";
import { useProject } from "../frame/project";
import { useT } from "../i18n/provider";
import { CodeField } from "../parts/fields";

// Phones as one text; everything else as the API has it.
export interface CustomerValues {
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

export function CustomerFields({ autoFocus = false, isMasked = false }: { autoFocus?: boolean; isMasked?: boolean }) {
  const t = useT();
  const { projects } = useProject();
  const needed = [{ required: true, whitespace: true, message: t("common.required") }];
  const genders = [{ value: "female", label: t("customers.female") }, { value: "male", label: t("customers.male") }];
  return (
    <>
      <div className="form-two">
        <Form.Item name="phones" label={t("customers.phones")} rules={needed} extra={t(isMasked ? "customers.maskedNote" : "customers.phonesNote")}><Input autoFocus={autoFocus} inputMode="tel" maxLength={200} /></Form.Item>
        <Form.Item name="displayName" label={t("customers.name")} rules={needed}><Input maxLength={60} /></Form.Item>
        <Form.Item name="source" label={t("customers.source")}><CodeField table="customer-source" /></Form.Item>
        <Form.Item name="level" label={t("customers.level")}><CodeField table="customer-level" /></Form.Item>
        <Form.Item name="projects" label={t("customers.interest")}><Select mode="multiple" options={projects.map((one) => ({ value: one.name, label: one.displayName }))} /></Form.Item>
        <Form.Item name="gender" label={t("customers.gender")}><Select allowClear options={genders} /></Form.Item>
        <Form.Item name="idKind" label={t("customers.idKind")}><CodeField table="id-kind" /></Form.Item>
        <Form.Item name="idNumber" label={t("customers.idNumber")}><Input maxLength={40} /></Form.Item>
        <Form.Item name="address" label={t("customers.address")}><Input maxLength={200} /></Form.Item>
        <Form.Item name="email" label={t("customers.email")}><Input maxLength={200} inputMode="email" /></Form.Item>
      </div>
      <Form.Item name="remark" label={t("customers.remark")}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>
    </>
  );
}
