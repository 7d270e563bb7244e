import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { describe, expect, it } from "vitest";
import { all, en, zh, type MessageKey } from "./messages";

const keys = Object.keys(all) as MessageKey[];

function holes(elements: MessageFormatElement[], found = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    found.add(element.value);
    if ("options" in element) for (const option of Object.values(element.options)) holes(option.value, found);
  }
  return found;
}

describe("UX-32: texts in both languages", () => {
  it("no side is empty, and the Chinese side is Chinese", () => {
    const same = /^(chart\.cell|error\.field)$/;
    for (const key of keys) {
      expect(zh[key].trim(), key).not.toBe("");
      expect(en[key].trim(), key).not.toBe("");
      if (!same.test(key)) expect(zh[key], key).toMatch(/[\u4e00-\u9fff{]/);
      expect(en[key], key).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it("both sides are ICU messages with the same holes", () => {
    for (const key of keys) expect([...holes(parse(zh[key]))].sort(), key).toEqual([...holes(parse(en[key]))].sort());
  });

  it("every noun's key stands once", () => {
    const files = import.meta.glob<string>(["../*/messages.ts", "./common.ts"], { query: "?raw", import: "default", eager: true });
    const found = Object.values(files).flatMap((text) => [...text.matchAll(/^ {2}"([\w.-]+)":/gm)].map((match) => match[1]));
    expect(found.filter((key, at) => found.indexOf(key) !== at)).toEqual([]);
    expect(found).toHaveLength(keys.length);
  });

  it("every text is of use", () => {
    const files = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
    const code = Object.entries(files).filter(([name]) => !/messages\.ts$|common\.ts$|\.test\./.test(name)).map(([, text]) => text).join("\n");
    const said = new Set([...code.matchAll(/["'`]([\w.-]+)["'`]/g)].map((match) => match[1]!));
    // What stands behind a prefix, word("finance.state", item.state) or t(`chart.${value}`), is a code of the server or said here.
    const prefixes = [...code.matchAll(/\bword\("([\w.-]+)"|`([\w-]+)\.\$\{/g)].map((match) => `${match[1] ?? match[2]!}.`);
    const ofServer = /^[A-Z_]+$|[.]|^(visit|consent|caller|days|hours|minutes)$/;
    const isCode = (text: string) => said.has(text) || ofServer.test(text);
    const used = (key: string) => said.has(key) || prefixes.some((prefix) => key.startsWith(prefix) && isCode(key.slice(prefix.length)));
    expect(keys.filter((key) => !used(key))).toEqual([]);
  });
});
