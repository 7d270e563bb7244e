// A code of a table: what it is called in both languages, and its place in the list. The code itself never changes.
import { Form, Input, InputNumber } from "antd";
import { patch } from "../api/client";
import type { Code } from "../api/types";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";

interface Values { labelZh: string; labelEn?: string; position: number }

export function CodeForm({ code, path, onClose, onReread }: { code: Code; path: string; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const needed = { required: true, message: t("common.required") };
  return (
    <FormDialog<Values>
      title={code.code} isNew={false} initial={{ labelZh: code.labelZh, labelEn: code.labelEn, position: code.position }} touches={[path]} onClose={onClose} onReread={onReread}
      save={(values, key, changed) => patch(`/v1/${code.name}`, { ...values, labelEn: values.labelEn ?? "", name: code.name, etag: code.etag }, { updateMask: changed.join() }, key)}
    >
      <Form.Item name="labelZh" label={t("admin.labelZh")} rules={[{ ...needed, whitespace: true }]}><Input maxLength={60} /></Form.Item>
      <Form.Item name="labelEn" label={t("admin.labelEn")}><Input maxLength={60} /></Form.Item>
      <Form.Item name="position" label={t("admin.position")} rules={[needed]}><InputNumber min={1} max={10_000} precision={0} controls={false} /></Form.Item>
    </FormDialog>
  );
}
