// The softphone's memory as a pure function: what is known, and what each happening makes of it. The engine acts, the tabs
// show; both agree through this.

export type Registration = "off" | "connecting" | "on" | "failed";
export type AgentState = "OFFLINE" | "NOT_READY" | "READY" | "RINGING" | "TALKING" | "WRAP_UP";
export type CallState = "ringing" | "talking" | "held" | "ended";

// Who is calling, as the brain knows it. Comes by itself, before or after the INVITE.
export interface Pop {
  call: string;
  customer: string;
  displayName: string;
  number: string;
  queue: string;
  level: string;
  tags: string[];
  // The customer look-up has answered.
  known: boolean;
  queuedAt: number;
}

export interface PhoneCall {
  // The opaque reference in X-Lintel-Call; matches the pop.
  id: string;
  state: CallState;
  // When it began to ring, then when it was answered; milliseconds since 1970.
  since: number;
  answered: boolean;
  muted: boolean;
  outgoing: boolean;
  cause: string;
}

export interface PhoneSnapshot {
  registration: Registration;
  account: string;
  agent: AgentState;
  reason: string;
  agentSince: number;
  call?: PhoneCall;
  pop?: Pop;
  error: string;
}

export type Happening =
  | { kind: "signingOn" }
  | { kind: "signedOn"; account: string }
  | { kind: "registered" }
  | { kind: "unregistered" }
  | { kind: "registrationFailed"; cause: string }
  | { kind: "signedOff" }
  | { kind: "agent"; state: AgentState; reason: string; at: number }
  | { kind: "pop"; pop: Pop }
  | { kind: "ringing"; id: string; outgoing: boolean; at: number }
  | { kind: "answered"; at: number }
  | { kind: "held"; on: boolean }
  | { kind: "muted"; on: boolean }
  | { kind: "ended"; cause: string; at: number }
  | { kind: "cleared" }
  | { kind: "error"; text: string };

export const START: PhoneSnapshot = { registration: "off", account: "", agent: "OFFLINE", reason: "", agentSince: 0, error: "" };

const popFits = (pop: Pop | undefined, id: string) => pop !== undefined && (pop.call === id || id === "" || pop.call === "");

export function next(state: PhoneSnapshot, happening: Happening): PhoneSnapshot {
  switch (happening.kind) {
    case "signingOn":
      return { ...state, registration: "connecting", error: "" };
    case "signedOn":
      return { ...state, account: happening.account };
    case "registered":
      return { ...state, registration: "on", error: "" };
    case "unregistered":
      return state.registration === "off" ? state : { ...state, registration: "connecting" };
    case "registrationFailed":
      return { ...state, registration: "failed", error: happening.cause };
    case "signedOff":
      return { ...START };
    case "agent":
      return { ...state, agent: happening.state, reason: happening.reason, agentSince: happening.at };
    case "pop":
      // A pop of another call than the one that rings waits for its own INVITE only when nothing is on.
      if (state.call && state.call.state !== "ended" && !popFits(happening.pop, state.call.id)) return state;
      return { ...state, pop: happening.pop };
    case "ringing":
      return {
        ...state,
        pop: popFits(state.pop, happening.id) ? state.pop : undefined,
        call: {
          id: happening.id, state: "ringing", since: happening.at, answered: false, muted: false, outgoing: happening.outgoing,
          cause: "",
        },
      };
    case "answered":
      return change(state, { state: "talking", answered: true, since: happening.at });
    case "held":
      return change(state, { state: happening.on ? "held" : "talking" });
    case "muted":
      return change(state, { muted: happening.on });
    case "ended":
      return change(state, { state: "ended", cause: happening.cause, muted: false });
    case "cleared":
      return { ...state, call: undefined, pop: undefined };
    case "error":
      return { ...state, error: happening.text };
  }
}

// Nothing changes a call that is over, or none.
function change(state: PhoneSnapshot, part: Partial<PhoneCall>): PhoneSnapshot {
  if (!state.call || state.call.state === "ended") return state;
  return { ...state, call: { ...state.call, ...part } };
}

export const onCall = (state: PhoneSnapshot): boolean => state.call !== undefined && state.call.state !== "ended";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

// The signal's payload. The reference is what the INVITE carries in X-Lintel-Call.
export function readPop(payload: Record<string, unknown>): Pop {
  return {
    call: text(payload.callReference),
    customer: text(payload.customer),
    displayName: text(payload.displayName),
    number: text(payload.maskedNumber),
    queue: text(payload.queue),
    level: text(payload.level),
    tags: Array.isArray(payload.tags) ? payload.tags.map(String) : [],
    known: payload.known === true,
    queuedAt: Date.parse(text(payload.queuedTime)) || 0,
  };
}
