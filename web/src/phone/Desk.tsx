// The agent desk: the call, the customer and their story, the note, colleagues and queues.
import { Link } from "react-router";
import type { AgentView, PhoneQueue } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { Timeline } from "../customers/Timeline";
import { VisitForm } from "../customers/Detail";
import { CustomerDeals } from "../deals/CustomerDeals";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { Chip, Empty, Panel, useNow } from "../parts/parts";
import { useSession } from "../session/context";
import { CallControls, Caller } from "./CallCard";
import { usePhone } from "./context";
import { StateControls } from "./Segment";

const SHAPES: Record<string, string> = { READY: "●", TALKING: "■", RINGING: "▲", WRAP_UP: "◆", NOT_READY: "○", OFFLINE: "–" };

function Queues() {
  const t = useT();
  const list = useList<PhoneQueue>("/v1/queues", "queues");
  useLiveRefresh(["QueueSignal"], ["/v1/queues"]);
  if (list.rows.length === 0) return null;
  return (
    <ul className="queues" aria-label={t("phone.queues")}>
      {list.rows.map((queue) => (
        <li key={queue.name}>
          <b>{queue.displayName}</b>
          <span className={queue.waiting ? "queue-count queue-busy" : "queue-count"}>{queue.waiting ?? "—"}</span>
          <span className="meta">{t("phone.waiting")}</span>
          <span className="space" />
          {queue.readyAgents !== undefined && <span className="meta">{t("phone.readyCount", { count: queue.readyAgents })}</span>}
        </li>
      ))}
    </ul>
  );
}

function Colleagues() {
  const t = useT();
  const word = useWord();
  const list = useList<AgentView>("/v1/agents", "agents", { pageSize: 100 });
  useLiveRefresh(["AgentStateSignal"], ["/v1/agents"]);
  return (
    <Panel title={t("phone.others")} flush>
      <ul className="deal-list">
        {list.rows.map((agent) => <li key={agent.name}><span className={`shape shape-${agent.state}`} aria-hidden>{SHAPES[agent.state] ?? "○"}</span> {agent.displayName} <span className="space" /> <span className="meta">{word("phone", agent.state)}</span></li>)}
      </ul>
    </Panel>
  );
}

export function AgentDesk() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const now = useNow();
  const { can } = useSession();
  const { snapshot } = usePhone();
  const { call, pop } = snapshot;
  const customer = pop?.customer;
  const name = call ? { ringing: "RINGING", talking: "TALKING", held: "held", ended: "ended" }[call.state] : "RINGING";
  return (
    <div className="page">
      <Queues />
      <div className="desk">
        <div className="stack">
          <Panel className="desk-call">
            {call || pop ? (  // The pop may be there before the INVITE: who it is comes first.
              <>
                <Chip tone="main">{word("phone", name)}</Chip>
                <div className="desk-timer">{format.duration(call ? (now - call.since) / 1000 : 0)}</div>
                <Caller pop={pop} />
                {call && <CallControls call={call} />}
              </>
            ) : <Empty why={snapshot.registration === "on" ? t("phone.idle") : t("phone.idleWhy")} />}
          </Panel>
          <Panel title={t("phone.state")}><StateControls /></Panel>
        </div>
        <Panel title={t("phone.history")}>{customer ? <Timeline customer={customer} /> : <Empty why={t("phone.historyWhy")} action={pop?.known ? <Link to="/customers/new">{t("phone.register")}</Link> : undefined} />}</Panel>
        <div className="stack">
          {customer && can("deal.read") && <Panel title={t("phone.deals")} flush><CustomerDeals customer={customer} /></Panel>}
          {customer && can("customer.write") && <Panel title={t("phone.note")}><VisitForm customer={customer} /></Panel>}
          <Colleagues />
        </div>
      </div>
    </div>
  );
}
