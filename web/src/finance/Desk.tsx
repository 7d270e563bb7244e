// The finance desk: overdue first, then what is open, the receipts, the day's journal.
import { Button, DatePicker, Segmented, Tabs } from "antd";
import dayjs from "dayjs";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { Journal, JournalLine, Receipt, Receivable } from "../api/types";
import { useList, useLiveRefresh, useResource } from "../api/use";
import { minor, sumOf } from "../format/number";
import { isoDay } from "../format/time";
import { useFormat } from "../format/use";
import { useProject, zoneOf } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import { CustomerName } from "../parts/fields";
import { ListTable } from "../parts/ListTable";
import { ErrorBox, Figure, Loading, PageHead, Panel } from "../parts/parts";
import { useSession } from "../session/context";
import { RoomLabel } from "../rooms/Label";
import { ReceiptTable } from "./DealMoney";
import { ReceivableState } from "./parts";

const right = "right" as const;

function Receivables() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const go = useNavigate();
  const { can } = useSession();
  const { project } = useProject();
  const [search, setSearch] = useSearchParams();
  const shown = search.get("show") ?? "open";
  const today = isoDay(Date.now(), zoneOf(project));
  const open = "(state = OPEN OR state = PARTLY_PAID)";
  const filter = [project && `project = "${project.name}"`, shown !== "all" && open, shown === "overdue" && `due_date < "${today}"`].filter(Boolean).join(" AND ");
  const list = useList<Receivable>("/v1/receivables", "receivables", { filter, orderBy: "due_date", pageSize: 100 });
  useLiveRefresh(["ReceiptBooked", "ReceivablesChanged"], ["/v1/receivables"]);
  const late = list.rows.filter((item) => item.overdueDays > 0);
  return (
    <>
      <div className="toolbar">
        <Segmented
          value={shown} onChange={(show) => setSearch({ show: String(show) }, { replace: true })}
          options={[{ value: "open", label: t("finance.onlyOpen") }, { value: "overdue", label: t("finance.onlyOverdue") }, { value: "all", label: t("common.all") }]}
        />
      </div>
      <div className="figures">
        <Figure label={t("finance.overdue")} tone={late.length ? "bad" : "plain"} value={format.money(sumOf(late.map((item) => item.outstanding)))} />
        <Figure label={t("finance.outstanding")} value={format.money(sumOf(list.rows.map((item) => item.outstanding)))} />
        <Figure label={t("finance.paid")} value={format.money(sumOf(list.rows.map((item) => item.paid)))} note={t("finance.seen", { count: list.rows.length })} />
      </div>
      <ListTable
        source={list} rowKey="name" empty={t("finance.noReceivables")}
        onOpen={(item) => void go(can("receipt.book") ? `/finance/receipts/new?deal=${item.contract || item.subscription}` : `/${item.contract || item.subscription}`)}
        columns={[
          { title: t("finance.room"), fixed: "left", render: (item: Receivable) => <b><RoomLabel name={item.room} /></b> },
          { title: t("finance.customer"), render: (item: Receivable) => <CustomerName name={item.customer} /> },
          { title: t("finance.item"), render: (item: Receivable) => word("deals.kind", item.kind) },
          { title: t("finance.dueDate"), render: (item: Receivable) => format.day(item.dueDate) },
          { title: t("finance.due"), align: right, render: (item: Receivable) => format.amount(item.amount) },
          { title: t("finance.outstanding"), align: right, render: (item: Receivable) => <b>{format.amount(item.outstanding)}</b> },
          { title: t("common.state"), render: (item: Receivable) => <ReceivableState item={item} /> },
        ]}
      />
    </>
  );
}

function Receipts() {
  const { project } = useProject();
  const list = useList<Receipt>("/v1/receipts", "receipts", { filter: project && `project = "${project.name}"` });
  useLiveRefresh(["ReceiptBooked"], ["/v1/receipts"]);
  return <ReceiptTable source={list} />;
}

export function JournalView() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const { project } = useProject();
  const [search, setSearch] = useSearchParams();
  const day = search.get("day") ?? isoDay(Date.now(), zoneOf(project));
  const path = `/v1/journals/${day}`;
  const journal = useResource<Journal>(path, { project: project?.name });
  useLiveRefresh(["ReceiptBooked"], [path]);
  const one = journal.data;
  const source = { rows: one?.lines ?? [], error: journal.error, isLoading: journal.isLoading, hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined, refetch: journal.refetch };
  return (
    <>
      <div className="toolbar">
        <DatePicker value={dayjs(day)} allowClear={false} aria-label={t("finance.journal")} onChange={(next) => setSearch({ tab: "journal", day: next!.format("YYYY-MM-DD") })} />
      </div>
      {journal.isLoading && <Loading />}
      {journal.error && <ErrorBox error={journal.error} />}
      {one && (
        <div className="figures">
          <Figure label={t("finance.received")} value={format.money(one.received)} note={t("finance.count", { count: one.lines.length })} />
          <Figure label={t("finance.reversedSum")} tone={minor(one.reversed) < 0n ? "bad" : "plain"} value={format.money(one.reversed)} />
          <Figure label={t("finance.total")} value={format.money(one.total)} tone="main" />
          {one.byMethod.map((method) => <Figure key={method.method} label={word("finance.method", method.method)} value={format.money(method.amount)} note={t("finance.count", { count: method.count })} />)}
        </div>
      )}
      {one && (
        <ListTable<JournalLine>
          source={source} rowKey="receipt" empty={t("finance.journalEmpty")} rowClassName={(line) => (line.reversalOf ? "row-bad" : "")}
          columns={[
            { title: t("finance.number"), fixed: "left", render: (line: JournalLine) => <Link to={`/${line.receipt}`}><b>{line.number}</b></Link> },
            { title: t("common.time"), render: (line: JournalLine) => format.clock(line.time) },
            { title: t("finance.room"), render: (line: JournalLine) => <RoomLabel name={line.room} /> },
            { title: t("finance.customer"), render: (line: JournalLine) => <CustomerName name={line.customer} /> },
            { title: t("finance.method"), render: (line: JournalLine) => word("finance.method", line.method) },
            { title: t("finance.amount"), align: right, render: (line: JournalLine) => format.amount(line.amount) },
            { title: t("common.note"), render: (line: JournalLine) => (line.reversalOf ? t("finance.reversal") : "") },
          ]}
        />
      )}
    </>
  );
}

export function FinancePage() {
  const t = useT();
  const { can } = useSession();
  const [search, setSearch] = useSearchParams();
  return (
    <div className="page">
      <PageHead title={t("finance.title")}>
        {can("receipt.book") && <Link to="/finance/receipts/new"><Button type="primary">{t("finance.takeMoney")}</Button></Link>}
      </PageHead>
      <Panel className="panel-tabs">
        <Tabs
          activeKey={search.get("tab") ?? "receivables"} onChange={(tab) => setSearch({ tab })} destroyOnHidden
          items={[
            { key: "receivables", label: t("finance.receivables"), children: <Receivables /> },
            { key: "receipts", label: t("finance.receipts"), children: <Receipts /> },
            { key: "journal", label: t("finance.journal"), children: <JournalView /> },
          ]}
        />
      </Panel>
    </div>
  );
}
