// The money of one deal: what is due, what came in.
import { Link } from "react-router";
import type { Receipt, Receivable } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { minor, sumOf, yuan } from "../format/number";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { ListTable } from "../parts/ListTable";
import { Figure, Panel } from "../parts/parts";
import { ReceivableState } from "./parts";

// contracts/…, subscriptions/… and holds/… are fields of their own in receipts, the first two in receivables.
export const dealField = (deal: string): string => deal.split("/")[0]!.replace(/s$/, "");
export const dealFilter = (deal: string): string => `${dealField(deal)} = "${deal}"`;

export function DealMoney({ deal }: { deal: string }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const filter = dealFilter(deal);
  const due = useList<Receivable>("/v1/receivables", "receivables", { filter, pageSize: 200 });
  const receipts = useList<Receipt>("/v1/receipts", "receipts", { filter, pageSize: 100 });
  useLiveRefresh(["ReceiptBooked", "ReceivablesChanged"], ["/v1/receivables", "/v1/receipts"]);
  const items = due.rows.filter((item) => item.state !== "CANCELLED");
  const overdue = items.filter((item) => item.overdueDays > 0).map((item) => item.outstanding);
  return (
    <div className="stack">
      <div className="figures">
        <Figure label={t("finance.due")} value={format.money(sumOf(items.map((item) => item.amount)))} />
        <Figure label={t("finance.paid")} value={format.money(sumOf(items.map((item) => item.paid)))} />
        <Figure label={t("finance.overdue")} tone={minor(sumOf(overdue)) > 0n ? "bad" : "plain"} value={format.money(overdue.length ? sumOf(overdue) : yuan(0))} />
      </div>
      <Panel title={t("finance.receivables")} flush>
        <ListTable
          source={due} rowKey="name" empty={t("finance.noReceivables")}
          columns={[
            { title: t("finance.item"), render: (item: Receivable) => <b>{word("deals.kind", item.kind)}</b> },
            { title: t("finance.dueDate"), render: (item: Receivable) => format.day(item.dueDate) },
            { title: t("finance.due"), align: "right", render: (item: Receivable) => format.amount(item.amount) },
            { title: t("finance.outstanding"), align: "right", render: (item: Receivable) => format.amount(item.outstanding) },
            { title: t("common.state"), render: (item: Receivable) => <ReceivableState item={item} /> },
          ]}
        />
      </Panel>
      <Panel title={t("finance.receipts")} flush><ReceiptTable source={receipts} /></Panel>
    </div>
  );
}

export function ReceiptTable({ source }: { source: ReturnType<typeof useList<Receipt>> }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  return (
    <ListTable
      source={source} rowKey="name" empty={t("finance.noReceipts")} rowClassName={(one) => (one.reversedBy ? "row-gone" : one.reversalOf ? "row-bad" : "")}
      columns={[
        { title: t("finance.number"), fixed: "left", render: (one: Receipt) => <Link to={`/${one.name}`}><b>{one.number}</b></Link> },
        { title: t("common.time"), render: (one: Receipt) => format.dateTime(one.createTime) },
        { title: t("finance.method"), render: (one: Receipt) => word("finance.method", one.method) },
        { title: t("finance.amount"), align: "right", render: (one: Receipt) => format.amount(one.amount) },
        { title: t("common.note"), render: (one: Receipt) => (one.reversalOf ? `${t("finance.reversal")} ${one.reason}` : one.reversedBy ? t("finance.reversed") : one.reference) },
      ]}
    />
  );
}
