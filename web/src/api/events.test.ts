import { describe, expect, it } from "vitest";
import { EVENTS, isA, TOPICS } from "./events";

const protos = import.meta.glob<string>("../../../proto/lintel/*/v1/*.proto", { query: "?raw", import: "default", eager: true });
const sources = import.meta.glob<string>(["../**/*.ts", "../**/*.tsx"], { query: "?raw", import: "default", eager: true });

// Message name -> topic, of every message that is declared as an event or a signal.
function declared(): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of Object.values(protos)) {
    for (const part of text.split(/^message /m).slice(1)) {
      const topic = /option \(lintel\.auth\.event\) = \{[^}]*topic: "([^"]+)"/.exec(part.split(/^}/m)[0]!)?.[1];
      if (topic) found.set(/^\w+/.exec(part)![0], topic);
    }
  }
  return found;
}

describe("MON-01: live pages", () => {
  it("listen only for events that a proto declares, on the topic that carries them", () => {
    const known = declared();
    expect(known.size).toBeGreaterThan(20);
    const wrong = Object.entries(EVENTS).filter(([name, topic]) => known.get(name) !== topic);
    expect(wrong).toEqual([]);
  });

  it("name events in one table and nowhere by hand", () => {
    const byHand = Object.entries(sources).filter(([path, text]) => !/(^|\/)events(\.test)?\.ts$/.test(path) && /\.type\.(endsWith|includes)\(|\.type === "lintel\./.test(text));
    expect(byHand.map(([path]) => path)).toEqual([]);
    const unused = Object.keys(EVENTS).filter((name) => !Object.entries(sources).some(([path, text]) => !/(^|\/)events(\.test)?\.ts$/.test(path) && text.includes(`"${name}"`)));
    expect(unused).toEqual([]);
  });

  it("know an event by its whole message name", () => {
    expect(isA({ type: "lintel.telephony.v1.CallRecorded" }, "CallRecorded")).toBe(true);
    expect(isA({ type: "lintel.telephony.v1.TestCallRecorded" }, "CallRecorded")).toBe(false);
    expect(TOPICS).toContain("calls");
    expect(new Set(TOPICS).size).toBe(TOPICS.length);
  });
});
