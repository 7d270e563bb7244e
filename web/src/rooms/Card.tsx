// One room: its facts, how far its deal is, and the steps its state and the operator's rights allow.
import { Button } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import type { Hold, Room, RoomTransition } from "../api/types";
import { useResource } from "../api/use";
import { HoldActions } from "../deals/HoldActions";
import { useCodeLabel } from "../parts/fields";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { Kbd, useKey } from "../keys/use";
import { Icon, Mark } from "../parts/icons";
import { Chip, ErrorBox, Facts, Loading, StateTag, useNow } from "../parts/parts";
import { useSession } from "../session/context";
import type { RoomState } from "../theme/tokens";
import { SaleActions } from "./SaleActions";

const LADDER: RoomState[] = ["AVAILABLE", "HELD", "SUBSCRIBED", "SIGNED", "FILED", "DELIVERED"];

function Ladder({ state }: { state: RoomState }) {
  const word = useWord();
  const at = LADDER.indexOf(state);
  return (
    <ol className="ladder">
      {LADDER.map((step, i) => (
        <li key={step} className={i === at ? "ladder-now" : i > at ? "ladder-next" : ""} aria-current={i === at ? "step" : undefined}>
          <span className={i <= at ? `swatch state-${step}` : "swatch"}><Mark state={step} /></span>
          {word("state", step)}
        </li>
      ))}
    </ol>
  );
}

function Countdown({ until }: { until: string }) {
  const t = useT();
  const format = useFormat();
  const now = useNow(15_000);
  return (
    <div className="countdown">
      <Icon name="clock" size={18} />
      <div>
        <b>{format.left(until, now)}</b>
        <div className="meta">{t("rooms.untilTime", { time: format.dateTime(until) })}</div>
      </div>
    </div>
  );
}

// The deal's document holds/…, subscriptions/…, contracts/…, whichever the room's claim stands in.
function Actions({ room, onDone }: { room: Room; onDone: () => void }) {
  const t = useT();
  const go = useNavigate();
  const { can } = useSession();
  const hold = room.state === "HELD" && room.deal.startsWith("holds/") ? room.deal : "";
  const holdDoc = useResource<Hold>(hold && can("deal.read") ? `/v1/${hold}` : undefined);
  const free = room.state === "AVAILABLE";
  const subscribe = can("subscription.create") && room.permitValid && (free || Boolean(hold));
  const toSubscription = () => void go(`/deals/subscriptions/new?room=${room.name}${hold ? `&hold=${hold}` : ""}`);
  const toHold = () => void go(`/deals/holds/new?room=${room.name}`);
  useKey("room.subscribe", toSubscription, subscribe);
  useKey("room.hold", toHold, free && can("room.hold"));
  const subscription = room.deal.startsWith("subscriptions/") ? room.deal : "";
  const contract = room.deal.startsWith("contracts/") ? room.deal : "";
  return (
    <div className="card-actions">
      {subscribe && <Button type="primary" size="large" onClick={toSubscription}>{t(free ? "rooms.actSubscribe" : "rooms.actConvert")} <Kbd id="room.subscribe" /></Button>}
      {free && can("room.hold") && <Button type={subscribe ? "default" : "primary"} size="large" onClick={toHold}>{t("rooms.actHold")} <Kbd id="room.hold" /></Button>}
      {hold && can("room.hold") && holdDoc.data && <HoldActions hold={holdDoc.data} onDone={onDone} />}
      {subscription && can("contract.sign") && <Button type="primary" size="large" onClick={() => void go(`/deals/contracts/new?subscription=${subscription}`)}>{t("rooms.actSign")}</Button>}
      {(subscription || contract) && can("receipt.book") && <Button type={subscription && can("contract.sign") ? "default" : "primary"} size="large" onClick={() => void go(`/finance/receipts/new?deal=${room.deal}`)}>{t("rooms.actReceive")}</Button>}
      {can("room.release") && <SaleActions room={room} onDone={onDone} />}
    </div>
  );
}

function History({ name }: { name: string }) {
  const t = useT();
  const format = useFormat();
  const history = useResource<{ transitions: RoomTransition[] }>(`/v1/${name}/history`);
  const rows = history.data?.transitions ?? [];
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{t("rooms.history")}</h3>
      <ul className="history">
        {rows.slice(0, 8).map((row) => (
          <li key={row.time + row.to}>
            <time>{format.dateTime(row.time)}</time> <StateTag state={row.to} /> <span className="meta">{row.reason}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function RoomCard({ name, version = 0, onClose }: { name: string; version?: number; onClose?: () => void }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const room = useResource<Room>(`/v1/${name}`);
  const faces = useCodeLabel("orientation");
  const [seen, setSeen] = useState(version);
  useEffect(() => {
    if (version !== seen) {
      setSeen(version);
      void room.refetch();
    }
  }, [version, seen, room]);
  if (room.isLoading) return <Loading rows={10} />;
  if (!room.data) return <div className="card"><ErrorBox error={room.error} onRetry={() => void room.refetch()} /></div>;
  const one = room.data;
  const [built, inner] = [Number(one.builtAreaHundredths), Number(one.innerAreaHundredths)];
  const kind = one.state === "HELD" && one.holdKind ? word("rooms.kind", one.holdKind) : undefined;
  return (
    <article className="card" aria-label={`${one.building} ${one.number}`}>
      <header className="card-head">
        <h1>{one.building} {one.number}</h1>
        <StateTag state={one.state} extra={kind} />
        <span className="space" />
        {onClose && <button type="button" className="icon-button" onClick={onClose} aria-label={t("common.close")}><Icon name="close" /></button>}
      </header>
      <div className="card-body">
        <p className="meta">
          {[one.entrance, t("rooms.onFloor", { floor: one.floor }), one.layout, faces(one.orientation)].filter(Boolean).join(" · ")}
        </p>
        <Ladder state={one.state} />
        {one.state === "HELD" && one.heldUntil && <Countdown until={one.heldUntil} />}
        <div className="price">
          <div>
            <div className="meta">{t("rooms.listPrice")}</div>
            <div className="price-figure">{format.money(one.listPrice)}</div>
          </div>
          <div className="right">
            <div className="meta">{t("rooms.unitPrice")}</div>
            <div>{format.unitPrice(one.unitPrice)}</div>
          </div>
        </div>
        <Facts
          rows={[
            [t("rooms.built"), format.area(one.builtAreaHundredths)],
            [t("rooms.inner"), <>{format.area(one.innerAreaHundredths)} {inner > 0 && <span className="meta">{t("rooms.efficiency", { share: format.share(inner, built) })}</span>}</>],
            [t("rooms.priceTable"), one.priceVersion ? t("rooms.version", { version: one.priceVersion }) : "—"],
            [t("rooms.permit"), one.permitValid ? <Chip tone="ok">{t("rooms.permitYes")}</Chip> : <Chip tone="warn">{t("rooms.permitNo")}</Chip>],
            ...(one.holderTeam ? ([[t("rooms.team"), one.holderTeam]] as [string, string][]) : []),
            ...(one.deal ? ([[t("rooms.deal"), <Link key="deal" to={`/${one.deal}`}>{word("rooms.document", one.deal.split("/")[0]!)}</Link>]] as [string, ReactNode][]) : []),
            ...(one.lockReason ? ([[t("rooms.lockReason"), one.lockReason]] as [string, string][]) : []),
          ]}
        />
        <History name={one.name} />
      </div>
      <Actions room={one} onDone={() => void room.refetch()} />
    </article>
  );
}
