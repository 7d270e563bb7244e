// The phone as every tab sees it. The leading tab runs the engine; the others send it commands and show what it reports.
import { get, post } from "../api/client";
import { isA } from "../api/events";
import { leadership } from "../api/leader";
import { live, type LiveEvent } from "../api/live";
import type { AgentView, SignOn } from "../api/types";
import { Engine } from "./engine";
import { next, onCall, readPop, START, type AgentState, type Happening, type PhoneSnapshot } from "./state";

export type PhoneCommand =
  | { kind: "signOn" }
  | { kind: "signOff" }
  | { kind: "ready" }
  | { kind: "notReady"; reason: string }
  | { kind: "answer" }
  | { kind: "hangUp" }
  | { kind: "mute"; on: boolean }
  | { kind: "hold"; on: boolean }
  | { kind: "digit"; tone: string }
  | { kind: "clear" };

// Each names its operator: a tab of somebody else neither shows nor obeys it.
type Message =
  | { kind: "snapshot"; operator: string; snapshot: PhoneSnapshot }
  | { kind: "command"; operator: string; command: PhoneCommand }
  | { kind: "hello" };

const SIGNED_ON = "lintel.phone.signedOn";
const RENEW_EARLY_MS = 60_000;
const SHOW_ENDED_MS = 4000;

class Phone {
  snapshot: PhoneSnapshot = START;
  private watchers = new Set<(snapshot: PhoneSnapshot) => void>();
  private channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("lintel-phone");
  private live = false;
  private engine: Engine | undefined;
  private operator = "";
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.channel?.addEventListener("message", (message: MessageEvent<Message>) => this.receive(message.data));
    this.channel?.postMessage({ kind: "hello" } satisfies Message);
    live.on((event) => this.hear(event));
    live.watch((state) => this.catchUp(state.open));
    leadership.watch((leads) => leads && this.operator !== "" && this.resume());
  }

  // Called at sign-in with the operator, at sign-out with "". What the phone did and knew for another ends here.
  attend(operator: string): void {
    if (operator === this.operator) return;
    if (this.operator !== "") this.close();
    this.operator = operator;
    if (operator === "") return;
    if (leadership.leads) this.resume();
    else this.channel?.postMessage({ kind: "hello" } satisfies Message);
  }

  watch(watcher: (snapshot: PhoneSnapshot) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  async do(command: PhoneCommand): Promise<void> {
    if (leadership.leads) await this.act(command);
    else this.channel?.postMessage({ kind: "command", operator: this.operator, command } satisfies Message);
  }

  // A reload or another leader: the agent stays signed on with a fresh secret.
  private resume(): void {
    if (localStorage.getItem(SIGNED_ON) === this.operator && !this.engine) void this.do({ kind: "signOn" });
  }

  private async act(command: PhoneCommand): Promise<void> {
    try {
      await this.perform(command);
    } catch (error) {
      this.happen({ kind: command.kind === "signOn" ? "registrationFailed" : "error", ...fault(error) } as Happening);
    }
  }

  private async perform(command: PhoneCommand): Promise<void> {
    switch (command.kind) {
      case "signOn":
        return this.open();
      case "signOff":
        localStorage.removeItem(SIGNED_ON);
        await post("/v1/agents/me:signOff");
        return this.close();
      case "ready":
        await post("/v1/agents/me:setState", { state: "READY" });
        return this.happen({ kind: "agent", state: "READY", reason: "", at: Date.now() });
      case "notReady":
        await post("/v1/agents/me:setState", { state: "NOT_READY", reason: command.reason });
        return this.happen({ kind: "agent", state: "NOT_READY", reason: command.reason, at: Date.now() });
      case "answer":
        return this.engine?.answer();
      case "hangUp":
        return this.engine?.hangUp();
      case "mute":
        return this.engine?.mute(command.on);
      case "hold":
        return this.engine?.hold(command.on);
      case "digit":
        return this.engine?.digit(command.tone);
      case "clear":
        return this.happen({ kind: "cleared" });
    }
  }

  private async open(): Promise<void> {
    const mine = this.operator;
    this.happen({ kind: "signingOn" });
    const account = await post<SignOn>("/v1/agents/me:signOn");
    if (this.operator !== mine) return;
    localStorage.setItem(SIGNED_ON, mine);
    this.happen({ kind: "signedOn", account: account.account });
    this.engine ??= new Engine((happening) => this.happen(happening));
    await this.engine.start(account);
    const read = await this.readAgent();
    if (this.operator !== mine) return;
    if (!read) this.happen({ kind: "agent", state: "NOT_READY", reason: "", at: Date.now() });
    clearTimeout(this.renewal);
    const wait = new Date(account.expireTime).getTime() - Date.now() - RENEW_EARLY_MS;
    if (Number.isFinite(wait)) this.renewal = setTimeout(() => void this.renew(), Math.min(Math.max(wait, 30_000), 2 ** 31 - 1));
  }

  // Never in the middle of a call: the secret is only needed to register.
  private async renew(): Promise<void> {
    if (onCall(this.snapshot)) this.renewal = setTimeout(() => void this.renew(), 30_000);
    else await this.act({ kind: "signOn" });
  }

  // Whether the server could say.
  private async readAgent(): Promise<boolean> {
    const mine = this.operator;
    const agent = await get<AgentView>("/v1/agents/me").catch(() => undefined);
    if (agent && this.operator === mine) this.happen({ kind: "agent", state: stateOf(agent.state), reason: agent.reason, at: timeOf(agent.stateTime) });
    return agent !== undefined;
  }

  // What was signalled while the stream was away was missed.
  private catchUp(open: boolean): void {
    if (open && !this.live && leadership.leads && this.snapshot.registration === "on") void this.readAgent();
    this.live = open;
  }

  private close(): void {
    clearTimeout(this.renewal);
    this.engine?.stop();
    this.engine = undefined;
    if (leadership.leads) this.happen({ kind: "signedOff" });
    else this.show(START);
  }

  private hear(event: LiveEvent): void {
    if (!leadership.leads) return;
    if (isA(event, "PopSignal")) this.happen({ kind: "pop", pop: readPop(event.payload) });
    if (isA(event, "AgentStateSignal")) {
      if (event.payload.operator !== this.operator || this.snapshot.registration === "off") return;
      const state = stateOf(String(event.payload.state ?? ""));
      this.happen({ kind: "agent", state, reason: String(event.payload.reason ?? ""), at: timeOf(event.payload.since as string) });
    }
  }

  private happen(happening: Happening): void {
    this.show(next(this.snapshot, happening));
    this.tell();
    if (happening.kind === "ended") setTimeout(() => !onCall(this.snapshot) && this.happen({ kind: "cleared" }), SHOW_ENDED_MS);
  }

  private show(snapshot: PhoneSnapshot): void {
    this.snapshot = snapshot;
    for (const watcher of this.watchers) watcher(snapshot);
  }

  private tell(): void {
    this.channel?.postMessage({ kind: "snapshot", operator: this.operator, snapshot: this.snapshot } satisfies Message);
  }

  private receive(message: Message): void {
    if (message.kind === "hello") {
      if (leadership.leads) this.tell();
    } else if (message.operator !== this.operator) return;
    else if (message.kind === "snapshot" && !leadership.leads) this.show(message.snapshot);
    else if (message.kind === "command" && leadership.leads) void this.act(message.command);
  }
}

const timeOf = (text: string | undefined): number => (text ? new Date(text).getTime() : 0) || Date.now();
const stateOf = (text: string): AgentState => (text.replace(/^AGENT_/, "").toUpperCase() || "NOT_READY") as AgentState;

function fault(error: unknown): { cause: string; text: string } {
  const message = error instanceof Error ? error.message : String(error);
  return { cause: message, text: message };
}

export const phone = new Phone();
