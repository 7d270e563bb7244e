// Live events. One tab of the browser leads: it holds the event stream and shares what arrives with the others. Positions
// are kept per service, so that a snapshot at position P can ask for everything after P without a gap.
import { refresh } from "./client";
import { TOPICS } from "./events";
import { leadership } from "./leader";

export interface LiveEvent {
  type: string;
  service: string;
  epoch: number;
  position: number;
  durable: boolean;
  aggregate: string;
  time: string;
  payload: Record<string, unknown>;
}

export interface LiveState {
  open: boolean;
  // When something, be it only a heartbeat, last arrived; milliseconds since 1970.
  heard: number;
}

type Listener = (event: LiveEvent) => void;
type Message =
  | { kind: "event"; event: LiveEvent }
  // `seen`: how far the leading tab has come, so that whoever leads next goes on from there.
  | { kind: "state"; state: LiveState; seen: string }
  | { kind: "resync" }
  | { kind: "want"; service: string; epoch: number; position: number };

const KEPT = 4000;

export type Position = { epoch: number; position: number };

export const isAfter = (one: Position, two: Position): boolean =>
  one.epoch !== two.epoch ? one.epoch > two.epoch : one.position > two.position;

// "inventory:1-204,sales:1-17" as the stream's ids spell it.
export function readVector(text: string): Map<string, Position> {
  const vector = new Map<string, Position>();
  for (const part of text.split(",")) {
    const match = /^([\w.-]+):(\d+)-(\d+)$/.exec(part.trim());
    if (match) vector.set(match[1]!, { epoch: Number(match[2]), position: Number(match[3]) });
  }
  return vector;
}

export const writeVector = (vector: Map<string, Position>): string =>
  [...vector].map(([service, at]) => `${service}:${at.epoch}-${at.position}`).join(",");

// Reads one message of the stream; undefined when it is not an event of ours.
export function readEvent(data: string): LiveEvent | undefined {
  let raw: Record<string, unknown>;
  try {
    raw = JSON.parse(data) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const type = String(raw.type ?? "");
  if (type === "") return undefined;
  return {
    type,
    service: String(raw.service ?? type.split(".")[1] ?? ""),
    epoch: Number(raw.epoch ?? 0),
    position: Number(raw.position ?? 0),
    durable: Number(raw.position ?? 0) > 0,
    aggregate: String(raw.aggregate ?? ""),
    time: String(raw.occurredTime ?? raw.time ?? ""),
    payload: (raw.payload ?? {}) as Record<string, unknown>,
  };
}

class Live {
  private listeners = new Set<Listener>();
  private resyncs = new Set<() => void>();
  private watchers = new Set<(state: LiveState) => void>();
  private channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("lintel-live");
  private source: EventSource | undefined;
  private seen = new Map<string, Position>();
  private covered = new Map<string, Position>();
  private recent: LiveEvent[] = [];
  private running = false;
  private retry = 1000;
  state: LiveState = { open: false, heard: 0 };
  // Called when the server ended this session.
  signedOut: () => void = () => undefined;

  constructor() {
    this.channel?.addEventListener("message", (message: MessageEvent<Message>) => this.receive(message.data));
    leadership.watch((leads) => (leads && this.running ? this.connect() : this.disconnect()));
  }

  // From sign-in to sign-out.
  start(): void {
    this.running = true;
    if (leadership.leads) this.connect();
  }

  stop(): void {
    this.running = false;
    this.disconnect();
    this.seen.clear();
    this.covered.clear();
    this.recent = [];
  }

  // Everything of `service` after `from`, first what has already passed by, then as it happens.
  follow(service: string, from: Position, listener: Listener): () => void {
    const mine: Listener = (event) => {
      if (event.service === service && (!event.durable || isAfter(event, from))) listener(event);
    };
    for (const event of this.recent) mine(event);
    this.listeners.add(mine);
    this.want(service, from);
    return () => this.listeners.delete(mine);
  }

  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // The stream can no longer promise that nothing was missed: snapshots must be read again.
  onResync(listener: () => void): () => void {
    this.resyncs.add(listener);
    return () => this.resyncs.delete(listener);
  }

  watch(listener: (state: LiveState) => void): () => void {
    this.watchers.add(listener);
    listener(this.state);
    return () => this.watchers.delete(listener);
  }

  private want(service: string, from: Position): void {
    if (!leadership.leads) {
      this.channel?.postMessage({ kind: "want", service, ...from } satisfies Message);
      return;
    }
    const covered = this.covered.get(service);
    if (covered && !isAfter(covered, from)) return;
    this.covered.set(service, from);
    const seen = this.seen.get(service);
    if (!seen || isAfter(seen, from)) this.seen.set(service, from);
    if (this.running) this.connect();
  }

  private connect(): void {
    this.disconnect();
    const after = writeVector(this.seen);
    const query = new URLSearchParams({ topics: TOPICS.join(",") });
    if (after !== "") query.set("after", after);
    const source = new EventSource(`/v1/live?${query}`);
    this.source = source;
    source.onopen = () => {
      this.retry = 1000;
      this.setState({ open: true, heard: Date.now() });
    };
    source.onerror = () => {
      if (this.source !== source) return;
      this.setState({ ...this.state, open: false });
      this.disconnect();
      const wait = this.retry;
      this.retry = Math.min(wait * 2, 15_000);
      // The access cookie may have run out while the line was down; the stream cannot say so.
      const again = () => void refresh().then(() => this.running && leadership.leads && !this.source && this.connect());
      setTimeout(() => this.running && again(), wait);
    };
    const take = (message: MessageEvent<string>) => this.take(message);
    source.onmessage = take;
    source.addEventListener("event", take);
    source.addEventListener("heartbeat", () => this.setState({ open: true, heard: Date.now() }));
    source.addEventListener("signed-out", () => {
      this.disconnect();
      this.setState({ ...this.state, open: false });
      this.signedOut();
    });
    source.addEventListener("resync", () => {
      this.seen.clear();
      this.covered.clear();
      this.recent = [];
      this.share({ kind: "resync" });
    });
  }

  private disconnect(): void {
    this.source?.close();
    this.source = undefined;
  }

  private take(message: MessageEvent<string>): void {
    for (const [service, at] of readVector(message.lastEventId)) this.seen.set(service, at);
    this.setState({ open: true, heard: Date.now() });
    const event = readEvent(message.data);
    if (event) this.share({ kind: "event", event });
  }

  private share(message: Message): void {
    this.channel?.postMessage(message);
    this.receive(message);
  }

  private receive(message: Message): void {
    if (message.kind === "event") {
      if (message.event.durable) {
        this.recent.push(message.event);
        if (this.recent.length > KEPT) this.forgetOldest();
      }
      for (const listener of this.listeners) listener(message.event);
    } else if (message.kind === "state") {
      this.state = message.state;
      for (const [service, at] of readVector(message.seen)) this.seen.set(service, at);
      for (const watcher of this.watchers) watcher(this.state);
    } else if (message.kind === "resync") {
      for (const listener of this.resyncs) listener();
    } else if (leadership.leads) {
      this.want(message.service, { epoch: message.epoch, position: message.position });
    }
  }

  private forgetOldest(): void {
    for (const gone of this.recent.splice(0, KEPT / 2)) {
      this.covered.set(gone.service, { epoch: gone.epoch, position: gone.position });
    }
  }

  private setState(state: LiveState): void {
    this.state = state;
    this.share({ kind: "state", state, seen: writeVector(this.seen) });
  }
}

export const live = new Live();
