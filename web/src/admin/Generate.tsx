// Rooms by pattern (INV-06): floors times the rooms of a floor, with a preview that writes nothing.
import { Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import { isApiError } from "../api/error";
import type { Room, Rounding } from "../api/types";
import { useAct } from "../api/use";
import type { Money } from "../format/number";
import { useT } from "../i18n/provider";
import { MoneyInput } from "../parts/fields";
import { useMarks } from "../parts/marks";
import { ErrorBox, Panel } from "../parts/parts";
import { Floors } from "./Floors";
import { RoundingField } from "./RoundingField";
import { UnitRows, type Unit } from "./UnitRows";

interface Values {
  building: string; entrance?: string; firstFloor: number; lastFloor: number; skipFloors?: string[]; units: Unit[];
  numberPattern: string; unitPrice?: Money; rounding: Rounding; available: boolean;
}
interface Made { created: number; rooms: Room[]; dry: boolean }

// How numbers are spelled, with the first room of the eighth floor.
const PATTERNS = [["{floor}{unit:02}", "801"], ["{floor:02}{unit:02}", "0801"], ["{floor}-{unit}", "8-1"], ["{floor}{unit}", "81"]].map(([value, example]) => ({ value, label: example }));
const AT_FIRST: Partial<Values> = {
  firstFloor: 1, lastFloor: 18, units: [{}], numberPattern: PATTERNS[0]!.value, rounding: "TRUNCATE_TO_YUAN", available: true,
};

// Which of the rooms has the layout that is refused.
const rowOf = (error: unknown, units: Unit[] = []): number => (isApiError(error) ? Math.max(0, units.findIndex((unit) => unit.layout === error.metadata.code)) : 0);

export function Generate({ project }: { project: string }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const [made, setMade] = useState<Made>();
  const act = useAct((body: Values & { dryRun: boolean }, key) => post<Made>(`/v1/${project}/rooms:generate`, body, key), ["/v1/projects", `/v1/${project}`]);
  useMarks(act.error, form, { LAYOUT_RETIRED: ["units", rowOf(act.error, form.getFieldValue("units") as Unit[]), "layout"] });
  const run = (dry: boolean) =>
    void form.validateFields().then((values) => act.mutate({ ...values, dryRun: dry }, { onSuccess: (result) => setMade({ ...result, dry }) }), () => undefined);
  const needed = [{ required: true, message: t("common.required") }];
  const floor = <InputNumber min={-9} max={200} precision={0} controls={false} />;
  return (
    <Panel title={t("admin.generate")}>
      <Form form={form} layout="vertical" initialValues={AT_FIRST}>
        <div className="form-three">
          <Form.Item name="building" label={t("admin.building")} rules={needed}><Input maxLength={40} /></Form.Item>
          <Form.Item name="entrance" label={t("admin.entrance")}><Input maxLength={40} /></Form.Item>
          <Form.Item name="numberPattern" label={t("admin.numberPattern")} rules={needed}><Select options={PATTERNS} /></Form.Item>
          <Form.Item name="firstFloor" label={t("admin.firstFloor")} rules={needed}>{floor}</Form.Item>
          <Form.Item name="lastFloor" label={t("admin.lastFloor")} rules={needed}>{floor}</Form.Item>
          <Form.Item name="skipFloors" label={t("admin.skipFloors")} rules={[{ type: "array", defaultField: { pattern: /^-?\d{1,3}$/, message: t("admin.skipExample") } }]}>
            <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，", "、", " "]} placeholder={t("admin.skipExample")} />
          </Form.Item>
        </div>
        <UnitRows project={project} />
        <div className="form-two">
          <Form.Item name="unitPrice" label={t("admin.unitPrice")}><MoneyInput /></Form.Item>
          <Form.Item name="rounding" label={t("admin.rounding")} rules={needed}><RoundingField /></Form.Item>
        </div>
        <Form.Item name="available" valuePropName="checked"><Checkbox>{t("admin.available")}</Checkbox></Form.Item>
      </Form>
      <ErrorBox error={act.error} />
      {made && <Floors created={made.created} rooms={made.rooms} dry={made.dry} />}
      <div className="form-foot">
        <span className="space" />
        <Button size="large" loading={act.isPending} onClick={() => run(true)}>{t("admin.preview")}</Button>
        <Button size="large" type="primary" loading={act.isPending} onClick={() => run(false)}>{t("admin.generate")}</Button>
      </div>
    </Panel>
  );
}
