// The card of the call that rings or runs, over every page: who it is, what can be done.
import { Button } from "antd";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import type { Named } from "../api/types";
import { useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { Kbd, useKey } from "../keys/use";
import { Icon } from "../parts/icons";
import { Chip, useNow } from "../parts/parts";
import { usePhone } from "./context";
import type { PhoneCall, Pop } from "./state";

const TONES = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

export function Keypad() {
  const t = useT();
  const { act } = usePhone();
  const [typed, setTyped] = useState("");
  const press = (tone: string) => {
    setTyped((text) => (text + tone).slice(-24));
    act({ kind: "digit", tone });
  };
  return (
    <div className="keypad" role="group" aria-label={t("phone.keypad")}>
      <output>{typed || "—"}</output>
      {TONES.map((tone) => (
        <Button key={tone} onClick={() => press(tone)}>
          {tone}
        </Button>
      ))}
    </div>
  );
}

export function QueueName({ name }: { name: string }) {
  const queue = useResource<Named>(name ? `/v1/${name}` : undefined);
  return <>{queue.data?.displayName ?? ""}</>;
}

export function Caller({ pop }: { pop: Pop | undefined }) {
  const t = useT();
  if (!pop || (!pop.known && !pop.customer)) return <div className="caller"><b>{t("phone.lookingUp")}</b> {pop?.number}</div>;
  return (
    <div className="caller">
      {pop.customer ? <Link to={`/${pop.customer}`}><b>{pop.displayName}</b></Link> : <b>{t("phone.unknown")}</b>}
      <span>{pop.number}</span>
      {pop.level && <Chip tone="main">{pop.level}</Chip>}
      {pop.tags.map((tag) => <Chip key={tag}>{tag}</Chip>)}
    </div>
  );
}

export function CallControls({ call }: { call: PhoneCall }) {
  const t = useT();
  const { act } = usePhone();
  const [pad, setPad] = useState(false);
  const live = call.state === "talking" || call.state === "held";
  const ringing = call.state === "ringing" && !call.outgoing;
  useKey("call.answer", () => act({ kind: "answer" }), ringing);
  useKey("call.mute", () => act({ kind: "mute", on: !call.muted }), live);
  useKey("call.hold", () => act({ kind: "hold", on: call.state !== "held" }), live);
  useKey("call.keypad", () => setPad((open) => !open), live);
  useKey("call.hangUp", () => act({ kind: "hangUp" }), live || call.state === "ringing");
  if (ringing) {
    return (
      <div className="call-buttons">
        <Button type="primary" size="large" className="answer" onClick={() => act({ kind: "answer" })}>
          <Icon name="phone" /> {t("phone.answer")} <Kbd id="call.answer" />
        </Button>
        <Button danger size="large" onClick={() => act({ kind: "hangUp" })}>{t("phone.decline")}</Button>
      </div>
    );
  }
  if (!live && call.state !== "ringing") return null;
  return (
    <>
      <div className="call-buttons">
        <Button disabled={!live} aria-pressed={call.muted} onClick={() => act({ kind: "mute", on: !call.muted })}>
          <Icon name="mic" /> {t(call.muted ? "phone.unmute" : "phone.mute")} <Kbd id="call.mute" />
        </Button>
        <Button disabled={!live} aria-pressed={call.state === "held"} onClick={() => act({ kind: "hold", on: call.state !== "held" })}>
          <Icon name="pause" /> {t(call.state === "held" ? "phone.unhold" : "phone.hold")} <Kbd id="call.hold" />
        </Button>
        <Button disabled={!live} aria-expanded={pad} onClick={() => setPad(!pad)}>
          <Icon name="keypad" /> {t("phone.keypad")} <Kbd id="call.keypad" />
        </Button>
      </div>
      {pad && <Keypad />}
      <Button className="hang-up" block size="large" onClick={() => act({ kind: "hangUp" })}>
        <Icon name="phone" /> {t("phone.hangUp")} <Kbd id="call.hangUp" />
      </Button>
    </>
  );
}

export function CallCard() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const now = useNow();
  const { snapshot, act } = usePhone();
  const { call, pop } = snapshot;
  const { pathname } = useLocation();
  // The desk shows the call itself.
  if (pathname === "/agent") return null;
  // The pop may be there before the INVITE: the card comes first.
  if (!call && !pop) return null;
  const state = call?.state ?? "ringing";
  const name = state === "talking" ? "TALKING" : state === "ringing" ? "RINGING" : state;
  return (
    <aside className={`call-card call-${state}`} aria-label={t("phone.incoming")} data-call-card={pop?.customer || "unknown"}>
      <div className="row">
        <Chip tone="main">{word("phone", name)}</Chip>
        <span className="meta">{call?.outgoing ? t("phone.outgoing") : t("phone.incoming")}{pop?.queue && <> · <QueueName name={pop.queue} /></>}</span>
        <span className="space" />
        {call && <b className="call-timer">{format.duration((now - call.since) / 1000)}</b>}
        <button type="button" className="icon-button" aria-label={t("common.close")} onClick={() => act({ kind: "clear" })} hidden={Boolean(call && call.state !== "ended")}>
          <Icon name="close" />
        </button>
      </div>
      <Caller pop={pop} />
      {pop && pop.queuedAt > 0 && call && <span className="meta">{t("phone.waited", { time: format.duration((call.since - pop.queuedAt) / 1000) })}</span>}
      <div className="row">
        {pop?.customer && <Link to={`/${pop.customer}`}>{t("phone.openCustomer")}</Link>}
        {pop?.known && !pop.customer && <Link to="/customers/new">{t("phone.register")}</Link>}
      </div>
      {call && <CallControls call={call} />}
    </aside>
  );
}
