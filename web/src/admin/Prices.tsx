// A project's price tables (BX-03): each publication is a version that never changes.
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Layout, PriceTable, Rounding } from "../api/types";
import { useAct, useResource } from "../api/use";
import type { Money } from "../format/number";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { MoneyInput } from "../parts/fields";
import { Empty, ErrorBox, Loading, Panel } from "../parts/parts";
import { useSession } from "../session/context";
import { RoundingField } from "./RoundingField";

interface Values { unitPrices?: Record<string, Money | undefined>; rounding: Rounding; note?: string }

function Publish({ project, onClose }: { project: string; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const layouts = useResource<{ layouts: Layout[] }>(`/v1/${project}/layouts`);
  const act = useAct((body: object, key) => post<PriceTable>(`/v1/${project}/priceTables`, body, key), ["/v1/projects", `/v1/${project}`]);
  const typed = Form.useWatch("unitPrices", form) ?? {};
  const layoutPrices = Object.entries(typed).filter(([, unitPrice]) => unitPrice).map(([layout, unitPrice]) => ({ layout, unitPrice }));
  const publish = () => act.mutate({ layoutPrices, rounding: form.getFieldValue("rounding"), note: form.getFieldValue("note") }, { onSuccess: onClose });
  const known = (layouts.data?.layouts ?? []).filter((one) => one.roomCount > 0);
  return (
    <Modal
      open width={520} title={t("admin.publishPrices")} okText={t("admin.publish")} cancelText={t("common.cancel")} onCancel={onClose}
      onOk={publish} confirmLoading={act.isPending} okButtonProps={{ disabled: layoutPrices.length === 0 }}
    >
      <p className="meta">{t("admin.publishNote")}</p>
      <ErrorBox error={layouts.error} />
      {layouts.data && known.length === 0 && <Empty why={t("admin.noLayouts")} />}
      <Form form={form} layout="vertical" requiredMark={false} className="dialog-form" initialValues={{ rounding: "TRUNCATE_TO_YUAN" }}>
        <div className="form-two">
          {known.map((one) => (
            <Form.Item key={one.code} name={["unitPrices", one.code]} label={<span>{one.code} {one.displayName} <span className="meta">· {t("chart.rooms", { count: one.roomCount })}</span></span>}>
              <MoneyInput />
            </Form.Item>
          ))}
        </div>
        <Form.Item name="rounding" label={t("admin.rounding")}><RoundingField /></Form.Item>
        <Form.Item name="note" label={t("common.note")}><Input maxLength={200} /></Form.Item>
      </Form>
      <ErrorBox error={act.error} />
    </Modal>
  );
}

export function Prices({ project }: { project: string }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const { can } = useSession();
  const [publishing, setPublishing] = useState(false);
  const tables = useResource<{ priceTables: PriceTable[] }>(`/v1/${project}/priceTables`);
  const rows = tables.data?.priceTables ?? [];
  return (
    <Panel title={t("admin.prices")} actions={can("price.publish") && <Button size="small" onClick={() => setPublishing(true)}>{t("admin.publishPrices")}</Button>}>
      <ErrorBox error={tables.error} onRetry={() => void tables.refetch()} />
      {tables.isLoading && <Loading />}
      {tables.data && rows.length === 0 && <Empty why={t("admin.noPrices")} />}
      {rows.length > 0 && (
        <DataTable
          rowKey="name" dataSource={rows} pagination={{ pageSize: 5, hideOnSinglePage: true }}
          columns={[
            { title: t("admin.version"), render: (one: PriceTable) => <b>{one.version}</b> },
            { title: t("admin.publishTime"), render: (one: PriceTable) => format.dateTime(one.publishTime) },
            { title: t("admin.rounding"), render: (one: PriceTable) => word("admin.rounding", one.rounding) },
            { title: t("admin.rooms"), align: "right", dataIndex: "roomCount" },
            { title: t("admin.listValue"), align: "right", render: (one: PriceTable) => format.amount(one.listValue) },
            { title: t("common.note"), dataIndex: "note" },
          ]}
        />
      )}
      {publishing && <Publish project={project} onClose={() => setPublishing(false)} />}
    </Panel>
  );
}
