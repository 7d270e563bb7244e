// Binds keys of the registry to actions. One listener for the page, ahead of every component's own (a list box would eat
// Ctrl+Enter); the newest binding of a key wins.
import { useEffect, useRef } from "react";
import { composing, inField, KEYS, matches, type KeyDefinition, type KeyId } from "./registry";

type Action = () => void;

const bound = new Map<string, Action[]>();
let before = "";
let beforeAt = 0;
const SEQUENCE_MS = 1200;

function handle(event: KeyboardEvent): void {
  if (composing(event) || event.repeat || event.defaultPrevented) return;
  const press = { code: event.code, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
  const last = event.timeStamp - beforeAt < SEQUENCE_MS ? before : "";
  const typing = inField(event.target);
  before = typing || press.ctrl ? "" : event.code;
  beforeAt = event.timeStamp;
  for (const definition of KEYS as readonly KeyDefinition[]) {
    if ((typing && !definition.inFields) || !matches(definition, press, last)) continue;
    const action = bound.get(definition.id)?.at(-1);
    if (!action) continue;
    event.preventDefault();
    event.stopPropagation();
    before = "";
    action();
    return;
  }
}

if (typeof window !== "undefined") window.addEventListener("keydown", handle, { capture: true });

// While the component stands and `active`, `id` does `action`.
export function useKey(id: KeyId, action: Action, active = true): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    if (!active) return undefined;
    const run = () => latest.current();
    bound.set(id, [...(bound.get(id) ?? []), run]);
    return () => void bound.set(id, (bound.get(id) ?? []).filter((one) => one !== run));
  }, [id, active]);
}

export function keyShown(id: KeyId): string {
  return KEYS.find((definition) => definition.id === id)?.shown ?? "";
}

export const Kbd = ({ id }: { id: KeyId }) => <kbd className="kbd">{keyShown(id)}</kbd>;
