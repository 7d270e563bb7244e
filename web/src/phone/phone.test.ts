import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { live } from "../api/live";
import { answering, type Asked } from "../testing/answers";
import { phone } from "./phone";
import { START, type Happening } from "./state";

const [ANNA, BERT] = ["operators/anna", "operators/bert"];

// The telephone proper, which here only registers.
const engines = vi.hoisted(() => [] as { running: boolean; say: (happening: unknown) => void }[]);
vi.mock("./engine", () => ({
  Engine: class {
    running = false;
    constructor(readonly say: (happening: Happening) => void) {
      engines.push(this as never);
    }
    async start() {
      this.running = true;
      this.say({ kind: "registered" });
    }
    stop() {
      this.running = false;
    }
  },
}));

// The browser's event stream, cut and opened by the test.
class Stream extends EventTarget {
  static all: Stream[] = [];
  onopen = () => undefined;
  onerror = () => undefined;
  closed = false;
  constructor() {
    super();
    Stream.all.push(this);
  }
  close() {
    this.closed = true;
  }
}
const stream = () => Stream.all.at(-1)!;

let agent: { state: string; reason: string } | undefined;
let asked: Asked[] = [];
const reads = () => asked.filter((one) => one.method === "GET" && one.path === "/v1/agents/me").length;
const settled = () => vi.advanceTimersByTimeAsync(0);

async function reopen() {
  const before = Stream.all.length;
  stream().onerror();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(Stream.all.length, "the stream is asked for again").toBe(before + 1);
  stream().onopen();
  await settled();
}

async function signOn(operator: string) {
  phone.attend(operator);
  await phone.do({ kind: "signOn" });
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Stream);
  agent = { state: "READY", reason: "" };
  asked = answering((one) => {
    if (one.path === "/v1/agents/me:signOn") return { body: { account: "8016", domain: "d", secret: "s", webSocketPath: "/sip", expireTime: "2999-01-01T00:00:00Z" } };
    if (one.path === "/v1/sessions/current:refresh") return { body: {} };
    return one.path === "/v1/agents/me" && agent ? { body: agent } : undefined;
  });
  await settled();
  live.start();
  stream().onopen();
});
afterEach(() => {
  phone.attend("");
  live.stop();
  localStorage.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("AGT-01: the phone after the event stream was away", () => {
  it("shows what the agent became meanwhile", async () => {
    await signOn(ANNA);
    expect(phone.snapshot.agent).toBe("READY");
    agent = { state: "NOT_READY", reason: "break" };
    await reopen();
    expect(phone.snapshot).toMatchObject({ agent: "NOT_READY", reason: "break", registration: "on" });
  });

  it("asks once for each time the stream comes back, not for every heartbeat", async () => {
    await signOn(ANNA);
    const before = reads();
    await reopen();
    expect(reads()).toBe(before + 1);
    for (let beat = 0; beat < 3; beat++) stream().dispatchEvent(new Event("heartbeat"));
    await settled();
    expect(reads()).toBe(before + 1);
  });

  it("keeps what it knew when the server cannot say", async () => {
    await signOn(ANNA);
    agent = undefined;
    await reopen();
    expect(phone.snapshot.agent).toBe("READY");
  });

  it("asks nothing while nobody is signed on", async () => {
    phone.attend(ANNA);
    await reopen();
    expect(reads()).toBe(0);
  });
});

describe("SYS-24: two operators switch in one browser", () => {
  it("ends the first one's telephone, and shows the second nothing of it", async () => {
    await signOn(ANNA);
    const first = engines.at(-1)!;
    first.say({ kind: "ringing", id: "c1", outgoing: false, at: 1 });
    expect(first.running).toBe(true);
    phone.attend("");
    expect(first.running).toBe(false);
    expect(phone.snapshot).toEqual(START);
    phone.attend(BERT);
    await settled();
    expect(phone.snapshot).toEqual(START);
    expect(asked.filter((one) => one.path.endsWith(":signOn")), "only she had signed on").toHaveLength(1);
  });

  it("starts no telephone for who has left while it was being opened", async () => {
    const before = engines.length;
    phone.attend(ANNA);
    const opening = phone.do({ kind: "signOn" });
    phone.attend("");
    phone.attend(BERT);
    await opening;
    expect(engines.length).toBe(before);
    expect(phone.snapshot).toEqual(START);
    expect(localStorage.getItem("lintel.phone.signedOn")).toBeNull();
  });

  it("gives the first one's telephone back to her alone", async () => {
    await signOn(ANNA);
    phone.attend("");
    phone.attend(BERT);
    await settled();
    phone.attend("");
    phone.attend(ANNA);
    await settled();
    expect(phone.snapshot).toMatchObject({ registration: "on", agent: "READY" });
  });
});
