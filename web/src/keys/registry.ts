// Every key of the console in one list: what it does, where it works, how it is written. registry.test.tsx refuses clashes
// with each other and with the browser. Keys match the place on the keyboard (`code`), never the letter typed, and stay
// silent while an input method composes.
import type { MessageKey } from "../i18n/messages";

export type KeyScope = "everywhere" | "list" | "chart" | "room" | "call" | "form";

export interface KeyDefinition {
  id: string;
  codes: readonly string[];
  ctrl?: boolean;
  shift?: boolean;
  scope: KeyScope;
  shown: string;
  text: MessageKey;
  // Works while a field has the focus, too.
  inFields?: boolean;
}

const key = (
  id: string, codes: string, scope: KeyScope, shown: string, text: MessageKey, more: Partial<KeyDefinition> = {},
): KeyDefinition => ({ id, codes: codes.split(" "), scope, shown, text, ...more });

export const KEYS = [
  key("palette", "KeyK", "everywhere", "Ctrl K", "keys.palette", { ctrl: true, inFields: true }),
  key("sheet", "Slash", "everywhere", "?", "keys.sheet", { shift: true }),
  key("go.chart", "KeyG KeyC", "everywhere", "G C", "keys.goChart"),
  key("go.customers", "KeyG KeyU", "everywhere", "G U", "keys.goCustomers"),
  key("go.deals", "KeyG KeyD", "everywhere", "G D", "keys.goDeals"),
  key("go.finance", "KeyG KeyF", "everywhere", "G F", "keys.goFinance"),
  key("go.reports", "KeyG KeyR", "everywhere", "G R", "keys.goReports"),
  key("go.agent", "KeyG KeyA", "everywhere", "G A", "keys.goAgent"),
  key("filter", "Slash", "list", "/", "keys.filter"),
  key("submit", "Enter", "form", "Ctrl ⏎", "keys.submit", { ctrl: true, inFields: true }),
  key("room.subscribe", "KeyS", "room", "S", "keys.subscribe"),
  key("room.extend", "KeyE", "room", "E", "keys.extend"),
  key("room.release", "KeyR", "room", "R", "keys.release"),
  key("room.hold", "KeyB", "room", "B", "keys.hold"),
  key("call.answer", "KeyY", "call", "Y", "keys.answer"),
  key("call.mute", "KeyM", "call", "M", "keys.mute"),
  key("call.hold", "KeyH", "call", "H", "keys.holdCall"),
  key("call.keypad", "KeyD", "call", "D", "keys.keypad"),
  key("call.hangUp", "KeyX", "call", "Shift X", "keys.hangUp", { shift: true }),
] as const satisfies readonly KeyDefinition[];

export type KeyId = (typeof KEYS)[number]["id"] | (string & {});

export interface Press {
  code: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
}

// A keydown that belongs to an input method: `isComposing`, or 229 for the first and the confirming key.
export function composing(event: { isComposing?: boolean; keyCode?: number }): boolean {
  return event.isComposing === true || event.keyCode === 229;
}

export function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.getAttribute("role") === "combobox";
}

// Does `press` (after `before`, the last letter of a sequence) mean this key?
export function matches(definition: KeyDefinition, press: Press, before: string): boolean {
  if (press.alt || press.ctrl !== Boolean(definition.ctrl) || press.shift !== Boolean(definition.shift)) return false;
  const last = definition.codes.at(-1);
  if (press.code !== last && !(last === "Enter" && press.code === "NumpadEnter")) return false;
  return definition.codes.length === 1 ? before !== "KeyG" : definition.codes[0] === before;
}
