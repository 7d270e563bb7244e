// Payment plans (BX-04): what is due when. One line without a share takes what the others leave of the price.
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { PaymentPlan, PlanLine } from "../api/types";
import { useList } from "../api/use";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Icon } from "../parts/icons";
import { ListTable } from "../parts/ListTable";

type Kind = "ONE_OFF" | "INSTALMENTS" | "MORTGAGE";
interface Line { kind: string; percent?: number | null; dueDays?: number | null; dueMonths?: number | null }
interface Values { displayName: string; kind: Kind; lines: Line[] }

// What most plans of a kind look like, to begin with.
const BEGINNINGS: Record<Kind, Line[]> = {
  ONE_OFF: [{ kind: "DEPOSIT", dueDays: 0 }, { kind: "BALANCE", dueDays: 30 }],
  INSTALMENTS: [{ kind: "DEPOSIT", dueDays: 0 }, { kind: "INSTALMENT", percent: 30, dueDays: 7 }, { kind: "INSTALMENT", percent: 40, dueMonths: 3 }, { kind: "BALANCE", dueMonths: 6 }],
  MORTGAGE: [{ kind: "DEPOSIT", dueDays: 0 }, { kind: "DOWN_PAYMENT", dueDays: 7 }, { kind: "LOAN", percent: 70, dueDays: 60 }],
};
const KINDS = Object.keys(BEGINNINGS) as Kind[];
const LINE_KINDS = ["DEPOSIT", "DOWN_PAYMENT", "INSTALMENT", "LOAN", "BALANCE"];
const MOST_LINES = 60;
const PATH = "/v1/paymentPlans";

const lineOf = ({ kind, percent, dueDays, dueMonths }: Line) => ({ kind, ppm: String(Math.round((percent ?? 0) * 10_000)), dueDays: dueDays ?? 0, dueMonths: dueMonths ?? 0 });

function Lines() {
  const t = useT();
  const word = useWord();
  const typed = Form.useWatch<Line[] | undefined>("lines", Form.useFormInstance());
  const kinds = LINE_KINDS.map((value) => ({ value, label: word("deals.kind", value) }));
  return (
    <Form.List name="lines">
      {(rows, { add, remove }) => (
        <Form.Item label={t("admin.planLines")} extra={t("admin.planLinesNote")}>
          {rows.map((row, i) => (
            <div className="plan-line" key={row.key}>
              <Form.Item name={[row.name, "kind"]}><Select options={kinds} aria-label={`${i + 1} ${t("admin.planLine")}`} /></Form.Item>
              <Form.Item name={[row.name, "percent"]}><InputNumber min={0} max={100} controls={false} suffix="%" placeholder={t(typed?.[row.name]?.kind === "DEPOSIT" ? "admin.planByDeal" : "admin.planRest")} aria-label={`${i + 1} ${t("admin.planShare")}`} /></Form.Item>
              <Form.Item name={[row.name, "dueMonths"]}><InputNumber min={0} max={360} precision={0} controls={false} suffix={t("admin.planMonths")} aria-label={`${i + 1} ${t("admin.planMonths")}`} /></Form.Item>
              <Form.Item name={[row.name, "dueDays"]}><InputNumber min={0} max={3650} precision={0} controls={false} suffix={t("admin.planDays")} aria-label={`${i + 1} ${t("admin.planDays")}`} /></Form.Item>
              <button type="button" className="icon-button" disabled={rows.length === 1} onClick={() => remove(row.name)} aria-label={t("admin.removeLine", { number: i + 1 })}><Icon name="close" /></button>
            </div>
          ))}
          <Button size="small" disabled={rows.length >= MOST_LINES} onClick={() => add({ kind: "INSTALMENT" })}>{t("admin.addLine")}</Button>
        </Form.Item>
      )}
    </Form.List>
  );
}

// Another kind begins with its own lines.
function KindField() {
  const t = useT();
  const word = useWord();
  const form = Form.useFormInstance<Values>();
  return (
    <Form.Item name="kind" label={t("admin.planKind")}>
      <Select options={KINDS.map((value) => ({ value, label: word("admin.planKind", value) }))} onChange={(kind: Kind) => form.setFieldsValue({ lines: BEGINNINGS[kind] })} />
    </Form.Item>
  );
}

function NewPlan({ onClose }: { onClose: () => void }) {
  const t = useT();
  const save = ({ displayName, kind, lines }: Values, key: string) => post<PaymentPlan>(PATH, { displayName, kind, lines: lines.map(lineOf) }, key);
  return (
    <FormDialog<Values>
      title={t("admin.newPlan")} isNew width={600} initial={{ kind: "ONE_OFF", lines: BEGINNINGS.ONE_OFF }} save={save} touches={[PATH]}
      reasons={{ ALREADY_PRESENT: "displayName" }} onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="displayName" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}><Input maxLength={60} /></Form.Item>
        <KindField />
      </div>
      <Lines />
    </FormDialog>
  );
}

export function PaymentPlans() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const list = useList<PaymentPlan>(PATH, "paymentPlans", { pageSize: 200 });
  const due = (line: PlanLine) => [line.dueMonths ? t("admin.planInMonths", { count: line.dueMonths }) : "", line.dueDays ? t("admin.planInDays", { count: line.dueDays }) : ""].filter(Boolean).join(" ");
  const said = (line: PlanLine) => [word("deals.kind", line.kind), Number(line.ppm) > 0 ? format.share(Number(line.ppm), 1_000_000) : "", due(line)].filter(Boolean).join(" ");
  return (
    <>
      <div className="toolbar"><h3>{t("admin.plans")}</h3><span className="space" /><Button onClick={() => setAdding(true)}>{t("admin.newPlan")}</Button></div>
      <ListTable
        source={list} rowKey="name" empty={t("admin.none")}
        columns={[
          { title: t("common.name"), render: (plan: PaymentPlan) => <b>{plan.displayName}</b> }, { title: t("admin.planKind"), render: (plan: PaymentPlan) => word("admin.planKind", plan.kind) },
          { title: t("admin.planLines"), render: (plan: PaymentPlan) => plan.lines.map(said).join(" · ") },
        ]}
      />
      {adding && <NewPlan onClose={() => setAdding(false)} />}
    </>
  );
}
