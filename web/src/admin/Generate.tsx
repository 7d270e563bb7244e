// Rooms by pattern, with a preview that writes nothing.
import { Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Layout, Room } from "../api/types";
import { useAct, useResource } from "../api/use";
import type { Money } from "../format/number";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { MoneyInput } from "../parts/fields";
import { useMarks } from "../parts/marks";
import { Chip, ErrorBox, Panel } from "../parts/parts";

interface Values { building: string; entrance?: string; firstFloor: number; lastFloor: number; units: number; layout?: string; area: number; inner?: number; unitPrice?: Money; available: boolean }
interface Made { created: number; rooms: Room[] }

const bodyOf = (values: Values, dryRun: boolean) => ({
  building: values.building, entrance: values.entrance, firstFloor: values.firstFloor, lastFloor: values.lastFloor, unitPrice: values.unitPrice, available: values.available, dryRun,
  units: Array.from({ length: values.units }, () => ({
    layout: values.layout, builtAreaHundredths: String(Math.round(values.area * 100)), innerAreaHundredths: String(Math.round((values.inner ?? 0) * 100)),
  })),
});

const LONGEST_CODE = 20;

// The project's layouts by code or name. A code that is none of them is offered as a new one, since rooms may bring it.
function LayoutField({ project, id, value, onChange }: { project: string; id?: string; value?: string; onChange?: (code: string | undefined) => void }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const found = useResource<{ layouts: Layout[] }>(`/v1/${project}/layouts`);
  const known = found.data?.layouts ?? [];
  const fresh = [...new Set([typed.trim().slice(0, LONGEST_CODE), value ?? ""])].filter((code) => code !== "" && !known.some((one) => one.code === code));
  const options = [
    ...known.filter((one) => !one.retired).map(({ code, displayName, bedrooms }) => ({
      value: code, text: `${code} ${displayName}`, label: <><b>{code}</b> {displayName} <span className="meta">{t("admin.bedroomCount", { count: bedrooms })}</span></>,
    })),
    ...fresh.map((code) => ({ value: code, text: code, label: <><b>{code}</b> <span className="meta">{t("admin.newLayout")}</span></> })),
  ];
  return (
    <Select
      id={id} value={value} options={options} allowClear placeholder={t("admin.layoutOffered")} loading={found.isLoading} popupMatchSelectWidth={false} onChange={onChange}
      showSearch={{ onSearch: setTyped, filterOption: (words, option) => option?.text.toLowerCase().includes(words.trim().toLowerCase()) ?? false }}
    />
  );
}

export function Generate({ project }: { project: string }) {
  const t = useT();
  const format = useFormat();
  const [form] = Form.useForm<Values>();
  const [made, setMade] = useState<Made & { dry: boolean }>();
  const act = useAct(({ values, dry }: { values: Values; dry: boolean }, key) => post<Made>(`/v1/${project}/rooms:generate`, bodyOf(values, dry), key), ["/v1/projects", `/v1/${project}`]);
  useMarks(act.error, form, { LAYOUT_RETIRED: "layout" });
  const run = (dry: boolean) => void form.validateFields().then((values) => act.mutate({ values, dry }, { onSuccess: (result) => setMade({ ...result, dry }) }));
  const needed = [{ required: true, message: t("common.required") }];
  const count = <InputNumber controls={false} />;
  return (
    <Panel title={t("admin.generate")}>
      <Form form={form} layout="vertical" initialValues={{ firstFloor: 1, lastFloor: 18, units: 4, area: 96.42, available: true }}>
        <div className="form-three">
          <Form.Item name="building" label={t("admin.building")} rules={needed}><Input maxLength={40} /></Form.Item>
          <Form.Item name="entrance" label={t("admin.entrance")}><Input maxLength={40} /></Form.Item>
          <Form.Item name="layout" label={t("admin.layout")}><LayoutField project={project} /></Form.Item>
          <Form.Item name="firstFloor" label={t("admin.firstFloor")} rules={needed}>{count}</Form.Item>
          <Form.Item name="lastFloor" label={t("admin.lastFloor")} rules={needed}>{count}</Form.Item>
          <Form.Item name="units" label={t("admin.unitsPerFloor")} rules={needed}><InputNumber min={1} max={50} controls={false} /></Form.Item>
          <Form.Item name="area" label={t("admin.area")} rules={needed}>{count}</Form.Item>
          <Form.Item name="inner" label={t("admin.inner")}>{count}</Form.Item>
          <Form.Item name="unitPrice" label={t("admin.unitPrice")}><MoneyInput /></Form.Item>
        </div>
        <Form.Item name="available" valuePropName="checked"><Checkbox>{t("admin.available")}</Checkbox></Form.Item>
      </Form>
      <ErrorBox error={act.error} />
      {made && (
        <>
          <Chip tone={made.dry ? "main" : "ok"}>{t(made.dry ? "admin.wouldCreate" : "admin.created", { count: made.created })}</Chip>
          <DataTable
            rowKey={(room) => `${room.floor} ${room.number}`} dataSource={made.rooms.slice(0, 8)}
            columns={[
              { title: t("rooms.building"), dataIndex: "building" }, { title: t("rooms.number"), dataIndex: "number" },
              { title: t("rooms.built"), align: "right", render: (room: Room) => format.area(room.builtAreaHundredths) }, { title: t("rooms.listPrice"), align: "right", render: (room: Room) => format.amount(room.listPrice) },
            ]}
          />
        </>
      )}
      <div className="form-foot">
        <span className="space" />
        <Button size="large" loading={act.isPending} onClick={() => run(true)}>{t("admin.preview")}</Button>
        <Button size="large" type="primary" loading={act.isPending} onClick={() => run(false)}>{t("admin.generate")}</Button>
      </div>
    </Panel>
  );
}
