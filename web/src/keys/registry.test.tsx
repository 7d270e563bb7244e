import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { KEYS, type KeyDefinition } from "./registry";
import { useKey } from "./use";

const keys = KEYS as readonly KeyDefinition[];
// Chords that Chrome or Edge keep for themselves on Windows and Linux.
const BROWSER_CHORDS = new Set(
  ["KeyT", "KeyN", "KeyW", "KeyL", "KeyR", "KeyP", "KeyS", "KeyF", "KeyD", "KeyJ", "KeyH", "KeyU", "KeyO", "Tab",
    "Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6", "Digit7", "Digit8", "Digit9", "Digit0", "Equal", "Minus"]
    .map((code) => `ctrl+${code}`),
);
const written = (key: KeyDefinition) => `${key.ctrl ? "ctrl+" : ""}${key.shift ? "shift+" : ""}${key.codes.join(" ")}`;

afterEach(cleanup);

describe("UX-13: the key registry", () => {
  it("has each id once", () => expect(new Set(keys.map((key) => key.id)).size).toBe(keys.length));

  it("has no two meanings for one key where both can be meant", () => {
    for (const one of keys) {
      for (const two of keys) {
        if (one === two || written(one) !== written(two)) continue;
        const meet = one.scope === two.scope || one.scope === "everywhere" || two.scope === "everywhere";
        expect(meet, `${one.id} and ${two.id}`).toBe(false);
      }
    }
  });

  it("takes nothing from the browser", () => {
    for (const key of keys) expect(BROWSER_CHORDS.has(written(key)), key.id).toBe(false);
  });

  it("lets only chords work inside fields", () => {
    for (const key of keys) if (key.inFields) expect(key.ctrl, key.id).toBe(true);
  });
});

function Probe({ onSheet, onPalette, onGo }: Record<"onSheet" | "onPalette" | "onGo", () => void>) {
  useKey("sheet", onSheet);
  useKey("palette", onPalette);
  useKey("go.chart", onGo);
  return <input aria-label="field" />;
}

describe("UX-14: an input method is left alone", () => {
  function probe() {
    const actions = { onSheet: vi.fn(), onPalette: vi.fn(), onGo: vi.fn() };
    const { getByLabelText } = render(<Probe {...actions} />);
    return { ...actions, field: getByLabelText("field") };
  }

  it("a composing key and the key 229 fire nothing", () => {
    const { onPalette, field } = probe();
    fireEvent.keyDown(field, { code: "KeyK", ctrlKey: true, isComposing: true });
    fireEvent.keyDown(field, { code: "KeyK", ctrlKey: true, keyCode: 229 });
    expect(onPalette).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { code: "KeyK", ctrlKey: true });
    expect(onPalette).toHaveBeenCalledTimes(1);
  });

  it("single letters stay letters inside a field and act outside, whatever the layout types", () => {
    const { onSheet, field } = probe();
    fireEvent.keyDown(field, { code: "Slash", shiftKey: true, key: "?" });
    expect(onSheet).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { code: "Slash", shiftKey: true, key: "？" });
    expect(onSheet).toHaveBeenCalledTimes(1);
  });

  it("G then C goes to the chart; C alone does not", () => {
    const { onGo } = probe();
    fireEvent.keyDown(document.body, { code: "KeyC" });
    expect(onGo).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { code: "KeyG" });
    fireEvent.keyDown(document.body, { code: "KeyC" });
    expect(onGo).toHaveBeenCalledTimes(1);
  });
});
