// The phone in the beam: state and timer always, the menu for signing on and getting ready.
import { Button, Popover } from "antd";
import { useState } from "react";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { Icon } from "../parts/icons";
import { useNarrow, useNow } from "../parts/parts";
import { useSession } from "../session/context";
import { usePhone } from "./context";
import { MicCheck } from "./MicCheck";
import { useReasons } from "./reasons";
import { onCall, type PhoneSnapshot } from "./state";

// ● ready, ■ talk, ⏸ hold, ▲ ringing, ◆ wrap-up, ○ break: never colour alone.
function shapeOf(snapshot: PhoneSnapshot): [shape: string, tone: string, word: string] {
  const call = onCall(snapshot) ? snapshot.call : undefined;
  if (call?.state === "ringing") return ["▲", "ring", "RINGING"];
  if (call?.state === "held") return ["‖", "talk", "held"];
  if (call?.state === "talking") return ["■", "talk", "TALKING"];
  if (snapshot.registration === "off") return ["○", "off", "off"];
  if (snapshot.registration === "failed") return ["!", "bad", "failed"];
  if (snapshot.registration === "connecting") return ["○", "off", "connecting"];
  if (snapshot.agent === "READY") return ["●", "ready", "READY"];
  if (snapshot.agent === "WRAP_UP") return ["◆", "off", "WRAP_UP"];
  return ["○", "off", "NOT_READY"];
}

export function StateControls() {
  const t = useT();
  const reasons = useReasons();
  const { snapshot, act } = usePhone();
  if (snapshot.registration === "off" || snapshot.registration === "failed") {
    return (
      <Button type="primary" block onClick={() => act({ kind: "signOn" })}>
        {t("phone.signOn")}
      </Button>
    );
  }
  const ready = snapshot.agent === "READY";
  return (
    <div className="phone-states">
      <Button type={ready ? "default" : "primary"} disabled={ready} onClick={() => act({ kind: "ready" })}>
        {t("phone.ready")}
      </Button>
      {reasons.choices.map(({ code, label }) => (
        <Button key={code} disabled={snapshot.agent === "NOT_READY" && snapshot.reason === code} onClick={() => act({ kind: "notReady", reason: code })}>
          {label}
        </Button>
      ))}
    </div>
  );
}

function Menu() {
  const t = useT();
  const { snapshot, act } = usePhone();
  return (
    <div className="phone-menu">
      <StateControls />
      {snapshot.error && <div className="error-box" role="alert">{snapshot.error === "MICROPHONE" ? t("phone.microphone") : snapshot.error}</div>}
      <MicCheck />
      {snapshot.registration !== "off" && (
        <Button block disabled={onCall(snapshot)} onClick={() => act({ kind: "signOff" })}>
          {t("phone.signOff")}
        </Button>
      )}
    </div>
  );
}

export function PhoneSegment() {
  const { can } = useSession();
  return can("agent.sign_on") ? <Segment /> : null;
}

function Segment() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const now = useNow();
  const narrow = useNarrow();
  const { snapshot } = usePhone();
  const reasons = useReasons();
  const [open, setOpen] = useState(false);
  const [shape, tone, state] = shapeOf(snapshot);
  const text = (state === "NOT_READY" && reasons.labelOf(snapshot.reason)) || word("phone", state);
  const since = onCall(snapshot) ? snapshot.call!.since : snapshot.agentSince;
  const timed = since > 0 && snapshot.registration === "on";
  return (
    <Popover content={<Menu />} trigger="click" open={open} onOpenChange={setOpen} placement="bottomRight">
      <button type="button" className={`phone-segment phone-${tone}`} aria-label={`${t("phone.desk")} ${text}`} data-phone={state}>
        <span className="phone-state">
          <Icon name="phone" size={14} />
          {!narrow && <span aria-hidden>{shape}</span>}
          {!narrow && text}
        </span>
        {timed && <span className="phone-timer">{format.duration((now - since) / 1000)}</span>}
      </button>
    </Popover>
  );
}
