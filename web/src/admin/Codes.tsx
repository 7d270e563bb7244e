// Code tables: lists of choices the firm keeps itself, in both languages.
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Code, CodeTable } from "../api/types";
import { useAct, useResource } from "../api/use";
import { useT } from "../i18n/provider";
import { ListTable } from "../parts/ListTable";
import { Chip, ErrorBox, Loading } from "../parts/parts";
import { useSession } from "../session/context";
import { CodeForm } from "./CodeForm";

function Codes({ table }: { table: string }) {
  const t = useT();
  const { can } = useSession();
  const path = `/v1/${table}/codes`;
  const [form] = Form.useForm<{ code: string; labelZh: string; labelEn: string }>();
  const codes = useResource<{ codes: Code[] }>(path, { showRetired: true });
  const add = useAct((code: object, key) => post(path, code, key), [path]);
  const turn = useAct((code: Code, key) => post(`/v1/${code.name}:${code.retired ? "restore" : "retire"}`, {}, key), [path]);
  const source = { rows: codes.data?.codes ?? [], error: codes.error, isLoading: codes.isLoading, hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined, refetch: codes.refetch };
  const manage = can("code_table.manage");
  const [open, setOpen] = useState<string>();
  const edited = source.rows.find((code) => code.name === open);
  return (
    <>
      {manage && (
        <Form form={form} layout="vertical" requiredMark={false} className="form-line" onFinish={(values) => add.mutate(values, { onSuccess: () => form.resetFields() })}>
          <Form.Item name="code" label={t("admin.code")} rules={[{ required: true, message: "" }]}><Input maxLength={40} /></Form.Item>
          <Form.Item name="labelZh" label={t("admin.labelZh")} rules={[{ required: true, message: "" }]}><Input maxLength={60} /></Form.Item>
          <Form.Item name="labelEn" label={t("admin.labelEn")}><Input maxLength={60} /></Form.Item>
          <Button htmlType="submit" type="primary" loading={add.isPending}>{t("admin.newCode")}</Button>
        </Form>
      )}
      <ErrorBox error={add.error ?? turn.error} />
      <ListTable<Code>
        source={source} rowKey="name" empty={t("admin.none")} rowClassName={(code) => (code.retired ? "row-gone" : "")}
        columns={[
          { title: t("admin.code"), dataIndex: "code" }, { title: t("admin.labelZh"), dataIndex: "labelZh" }, { title: t("admin.labelEn"), dataIndex: "labelEn" },
          { title: t("common.state"), render: (code: Code) => <Chip tone={code.retired ? "plain" : "ok"}>{t(code.retired ? "admin.disabled" : "admin.active")}</Chip> },
          { title: "", render: (code: Code) => manage && <><Button size="small" onClick={() => setOpen(code.name)}>{t("common.edit")}</Button> <Button size="small" onClick={() => turn.mutate(code)}>{t(code.retired ? "admin.restore" : "admin.retire")}</Button></> },
        ]}
      />
      {edited && <CodeForm key={open} code={edited} path={path} onClose={() => setOpen(undefined)} onReread={() => void codes.refetch()} />}
    </>
  );
}

export function CodesTab() {
  const t = useT();
  const tables = useResource<{ codeTables: CodeTable[] }>("/v1/codeTables");
  const [chosen, setChosen] = useState<string>();
  if (tables.isLoading) return <Loading />;
  if (tables.error) return <ErrorBox error={tables.error} />;
  const list = tables.data?.codeTables ?? [];
  const table = chosen ?? list[0]?.name;
  return (
    <>
      <div className="toolbar">
        <Select className="parameter" aria-label={t("admin.codes")} value={table} onChange={setChosen} options={list.map((one) => ({ value: one.name, label: one.displayName }))} />
      </div>
      {table && <Codes key={table} table={table} />}
    </>
  );
}
