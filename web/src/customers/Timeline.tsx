// One story of the customer: registration, contacts, calls, deals, money. Newest first.
import { Button } from "antd";
import { Link } from "react-router";
import type { EventName } from "../api/events";
import type { TimelineEntry } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { yuan } from "../format/number";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { Icon, type IconName } from "../parts/icons";
import { Empty, ErrorBox, Loading, StateTag } from "../parts/parts";
import { ROOM_STATES, type RoomState } from "../theme/tokens";

const ICONS: [start: string, icon: IconName][] = [
  ["call", "phone"], ["sales", "deal"], ["finance", "money"], ["visit", "person"], ["customer", "person"], ["consent", "check"],
];

// What adds a line to somebody's story.
const STORY: EventName[] = [
  "CustomerRegistered", "CustomerChanged", "ConsentChanged", "VisitRecorded", "CallRecorded",
  "HoldPlaced", "HoldChanged", "SubscriptionActivated", "ContractSigned", "ReceiptBooked",
];
const PAGES = /^(calls|holds|subscriptions|contracts|receipts)\//;

function Detail({ entry }: { entry: TimelineEntry }) {
  const t = useT();
  const format = useFormat();
  const { amountMinor, amount, price, seconds, duration, talkSeconds, roomLabel, number, state, queue } = entry.values;
  const money = amountMinor ?? amount ?? price;
  const talked = talkSeconds ?? seconds ?? duration;
  return (
    <div className="meta">
      {[roomLabel, number, queue].filter(Boolean).join(" · ")}
      {money && /^-?\d+$/.test(money) && ` ${format.money(yuan(money))}`}
      {talked && /^\d+$/.test(talked) && ` ${format.duration(Number(talked))}`}
      {ROOM_STATES.includes(state as RoomState) && <StateTag state={state as RoomState} />}
      {PAGES.test(entry.resource) && <> <Link to={`/${entry.resource}`}>{t("common.open")}</Link></>}
    </div>
  );
}

export function Timeline({ customer }: { customer: string }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const path = `/v1/${customer}/timeline`;
  const list = useList<TimelineEntry>(path, "entries", { pageSize: 50 });
  useLiveRefresh(STORY, [path], true);
  if (list.error) return <ErrorBox error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isLoading) return <Loading />;
  if (list.rows.length === 0) return <Empty why={t("customers.timelineEmpty")} />;
  return (
    <>
      <ol className="timeline">
        {list.rows.map((entry, at) => (
          <li key={`${entry.occurredTime} ${entry.kind} ${at}`} data-kind={entry.kind}>
            <span className="timeline-icon"><Icon name={ICONS.find(([start]) => entry.kind.startsWith(start))?.[1] ?? "info"} /></span>
            <time dateTime={entry.occurredTime}>{format.dateTime(entry.occurredTime)}</time>
            <div>
              <b>{word("timeline", entry.kind)}</b> {entry.note}
              <Detail entry={entry} />
            </div>
          </li>
        ))}
      </ol>
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>{t("common.loadMore")}</Button>}
    </>
  );
}
