import { describe, expect, it } from "vitest";
import { next, onCall, readPop, START, type Happening, type PhoneSnapshot } from "./state";

const after = (...happenings: Happening[]): PhoneSnapshot => happenings.reduce(next, START);
const ringing: Happening = { kind: "ringing", id: "c1", outgoing: false, at: 1000 };
const pop = (call: string) => readPop({ callReference: call, known: true, displayName: "客户甲", maskedNumber: "138****2046" });

describe("AGT-01: the softphone", () => {
  it("shows who is calling before the agent answers, whichever comes first", () => {
    expect(after({ kind: "pop", pop: pop("c1") }, ringing).pop?.displayName).toBe("客户甲");
    expect(after(ringing, { kind: "pop", pop: pop("c1") }).pop?.displayName).toBe("客户甲");
  });

  it("never shows the card of another call", () => {
    expect(after({ kind: "pop", pop: pop("c0") }, ringing).pop).toBeUndefined();
    expect(after(ringing, { kind: "pop", pop: pop("c2") }).pop).toBeUndefined();
  });

  it("counts talk from the answer", () => {
    const state = after(ringing, { kind: "answered", at: 5000 });
    expect(state.call).toMatchObject({ state: "talking", answered: true, since: 5000 });
  });

  it("holds, takes back and mutes", () => {
    const held = after(ringing, { kind: "answered", at: 1 }, { kind: "held", on: true }, { kind: "muted", on: true });
    expect(held.call).toMatchObject({ state: "held", muted: true });
    expect(next(held, { kind: "held", on: false }).call?.state).toBe("talking");
  });

  it("a call that ended stays ended", () => {
    const ended = after(ringing, { kind: "ended", cause: "Canceled", at: 2 });
    expect(next(ended, { kind: "answered", at: 3 }).call?.state).toBe("ended");
    expect(onCall(ended)).toBe(false);
    expect(next(ended, { kind: "cleared" }).call).toBeUndefined();
  });

  it("forgets everything at sign-off", () => {
    expect(after({ kind: "signedOn", account: "a" }, { kind: "registered" }, { kind: "signedOff" })).toEqual(START);
  });

  it("a lost registration is being restored, not off", () => {
    expect(after({ kind: "registered" }, { kind: "unregistered" }).registration).toBe("connecting");
    expect(after({ kind: "unregistered" }).registration).toBe("off");
  });
});
