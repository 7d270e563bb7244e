// Pieces of deals: the state of a document, its schedule, the price after discounts.
import { Table } from "antd";
import type { Discount, DocumentState, ScheduleLine } from "../api/types";
import { sumOf } from "../format/number";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { Chip, type Tone } from "../parts/parts";

const TONES: Record<DocumentState, Tone> = { PENDING: "warn", ACTIVE: "ok", FAILED: "bad", RELEASED: "plain", EXPIRED: "bad", CONVERTED: "main" };

export function DocState({ state }: { state: DocumentState }) {
  const word = useWord();
  return <Chip tone={TONES[state] ?? "plain"}>{word("deals.state", state)}</Chip>;
}

export function Schedule({ lines }: { lines: ScheduleLine[] }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  return (
    <DataTable<ScheduleLine>
      rowKey="sequence" dataSource={lines}
      columns={[
        { title: t("deals.line"), dataIndex: "sequence", width: 40 },
        { title: t("deals.item"), render: (line: ScheduleLine) => <b>{word("deals.kind", line.kind)}</b> },
        { title: t("deals.due"), render: (line: ScheduleLine) => format.day(line.dueDate) },
        { title: t("deals.amount"), align: "right", render: (line: ScheduleLine) => format.amount(line.amount) },
      ]}
      summary={() => (
        <Table.Summary.Row>
          <Table.Summary.Cell index={0} colSpan={3}>{t("common.total")}</Table.Summary.Cell>
          <Table.Summary.Cell index={3} align="right">{format.amount(sumOf(lines.map((line) => line.amount)))}</Table.Summary.Cell>
        </Table.Summary.Row>
      )}
    />
  );
}

export interface TypedDiscount {
  kind: Discount["kind"];
  value: number;
  reason?: string;
}

// What a person types (97 折, 2 points, yuan) as the API wants it.
export function toDiscount(typed: TypedDiscount): Partial<Discount> {
  const reason = typed.reason ?? "";
  const cents = { minorUnits: String(Math.round(typed.value * 100)), currencyCode: "CNY" };
  if (typed.kind === "FIXED" || typed.kind === "UNIT_PRICE_CUT") return { kind: typed.kind, amount: cents, reason };
  return { kind: typed.kind, ppm: String(Math.round(typed.value * 10_000)), reason };
}
