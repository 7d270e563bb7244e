// The workbench: what each role needs first, made of what its rights allow.
import { Button } from "antd";
import { Link } from "react-router";
import type { Hold, Journal, Notice, PhoneCall, Receivable, Reminder } from "../api/types";
import { useList, useLiveRefresh, useResource } from "../api/use";
import { SALE_ORDER } from "../theme/tokens";
import { sumOf } from "../format/number";
import { isoDay } from "../format/time";
import { useFormat } from "../format/use";
import { useProject, zoneOf } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import { CustomerName } from "../parts/fields";
import { Mark } from "../parts/icons";
import { Chip, Empty, ErrorBox, Figure, PageHead, Panel, useNow } from "../parts/parts";
import { StateControls } from "../phone/Segment";
import { RoomLabel } from "../rooms/Label";
import { useMe, useSession } from "../session/context";

function Stock() {
  const t = useT();
  const word = useWord();
  const { project } = useProject();
  if (!project) return null;
  const count = project.roomsByState ?? {};
  return (
    <Panel title={t("home.stock")} meta={project.displayName} actions={<Link to="/chart"><Button size="small">{t("home.openChart")}</Button></Link>}>
      <div className="stock">
        {SALE_ORDER.map((state) => (
          <Link key={state} to="/chart" className="stock-item">
            <span className={`swatch state-${state}`}><Mark state={state} /></span>
            {word("state", state)} <b>{count[state] ?? 0}</b>
          </Link>
        ))}
      </div>
    </Panel>
  );
}

function EndingHolds() {
  const t = useT();
  const format = useFormat();
  const now = useNow(30_000);
  const { project } = useProject();
  const list = useList<Hold>("/v1/holds", "holds", { filter: ["state = ACTIVE", project && `project = "${project.name}"`].filter(Boolean).join(" AND "), orderBy: "expire_time", pageSize: 8 });
  useLiveRefresh(["HoldPlaced", "HoldChanged"], ["/v1/holds"]);
  return (
    <Panel title={t("home.endingHolds")} flush>
      <ErrorBox error={list.error} />
      {list.rows.length === 0 && !list.isLoading && !list.error && <Empty why={t("deals.noHolds")} />}
      <ul className="deal-list">
        {list.rows.slice(0, 8).map((hold) => (
          <li key={hold.name}>
            <Link to={`/${hold.name}`}><b>{hold.roomLabel}</b></Link> <CustomerName name={hold.customer} />
            <span className="space" />
            <span className={new Date(hold.expireTime).getTime() - now < 2 * 3600_000 ? "bad" : "meta"}>{format.left(hold.expireTime, now)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Reminders() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const list = useList<Reminder>("/v1/reminders", "reminders", { pageSize: 8 });
  useLiveRefresh(["ReminderDue"], ["/v1/reminders"]);
  if (list.error || list.rows.length === 0) return null;
  return (
    <Panel title={t("home.reminders")} flush>
      <ul className="deal-list">
        {list.rows.slice(0, 8).map((one) => (
          <li key={one.document + one.kind}>
            <Link to={`/${one.document}`}><b>{one.roomLabel}</b></Link> {word("home", one.kind)} <span className="space" /> <span className="meta">{format.dateTime(one.dueTime)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Money() {
  const t = useT();
  const format = useFormat();
  const { project } = useProject();
  const today = isoDay(Date.now(), zoneOf(project));
  const filter = [project && `project = "${project.name}"`, "(state = OPEN OR state = PARTLY_PAID)", `due_date < "${today}"`].filter(Boolean).join(" AND ");
  const late = useList<Receivable>("/v1/receivables", "receivables", { filter, orderBy: "due_date", pageSize: 50 });
  const journal = useResource<Journal>(`/v1/journals/${today}`, { project: project?.name });
  useLiveRefresh(["ReceiptBooked", "ReceivablesChanged"], ["/v1/receivables", "/v1/journals"]);
  return (
    <Panel title={t("nav.finance")} actions={<Link to="/finance"><Button size="small">{t("common.open")}</Button></Link>}>
      <ErrorBox error={late.error ?? journal.error} />
      <div className="figures">
        <Figure label={t("home.overdue")} tone={late.rows.length ? "bad" : "plain"} value={format.money(sumOf(late.rows.map((item) => item.outstanding)))} note={t("finance.count", { count: late.rows.length })} />
        <Figure label={t("home.journal")} value={format.money(journal.data?.total)} note={t("finance.count", { count: journal.data?.lines.length ?? 0 })} />
      </div>
      <ul className="deal-list">
        {late.rows.slice(0, 5).map((item) => (
          <li key={item.name}>
            <Link to={`/${item.contract || item.subscription}`}><b><RoomLabel name={item.room} /></b></Link> <CustomerName name={item.customer} />
            <span className="space" /> <span className="bad">{format.amount(item.outstanding)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Calls() {
  const t = useT();
  const format = useFormat();
  const list = useList<PhoneCall>("/v1/calls", "calls", { pageSize: 8 });
  useLiveRefresh(["CallRecorded"], ["/v1/calls"]);
  return (
    <Panel title={t("home.recentCalls")} flush>
      <ErrorBox error={list.error} />
      {list.rows.length === 0 && !list.isLoading && !list.error && <Empty why={t("calls.none")} />}
      <ul className="deal-list">
        {list.rows.slice(0, 8).map((call) => (
          <li key={call.name}>
            <Link to={`/${call.name}`}>{format.dateTime(call.startTime)}</Link> {call.customer ? <CustomerName name={call.customer} /> : call.callerNumber}
            <span className="space" /> {call.answerTime ? format.duration(Number(call.talkMs) / 1000) : <Chip tone="warn">{t("calls.missed")}</Chip>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Tasks() {
  const t = useT();
  const list = useResource<{ notices: Notice[] }>("/v1/operators/me/notices", { filter: "task = true AND done = false", pageSize: 10 });
  const tasks = list.data?.notices ?? [];
  return (
    <Panel title={t("home.tasks")} flush>
      <ErrorBox error={list.error} />
      {tasks.length === 0 && !list.isLoading && !list.error && <Empty why={t("home.noTasks")} />}
      <ul className="deal-list">
        {tasks.map((notice) => <li key={notice.name}>{notice.subject ? <Link to={`/${notice.subject}`}><b>{notice.title}</b></Link> : <b>{notice.title}</b>} <span className="meta">{notice.body}</span></li>)}
      </ul>
    </Panel>
  );
}

export function HomePage() {
  const t = useT();
  const format = useFormat();
  const me = useMe();
  const { can } = useSession();
  return (
    <div className="page">
      <PageHead title={t("home.hello", { name: me.displayName })} meta={`${format.longDay(Date.now())} · ${me.tenantDisplayName}`} />
      <div className="board">
        {can("agent.sign_on") && !can("subscription.create") && <Panel title={t("home.phone")}><StateControls /></Panel>}
        {can("receipt.book") && <Money />}
        <Tasks />
        {can("room.hold") && <EndingHolds />}
        {can("deal.read") && <Reminders />}
        {can("room.read") && <Stock />}
        {can("receivable.read") && !can("receipt.book") && <Money />}
        {can("call.read") && <Calls />}
      </div>
    </div>
  );
}
