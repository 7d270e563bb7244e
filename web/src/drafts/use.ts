// What a person typed and has not sent yet. Kept in this browser per operator and form, so that a closed tab or an expired
// session loses nothing; dropped once it is sent.
import { useCallback, useEffect, useRef, useState } from "react";

const PREFIX = "lintel.draft.";

let owner = "";
export const setDraftOwner = (operator: string) => void (owner = operator);

const place = (form: string) => `${PREFIX}${owner}.${form}`;

export function readDraft<T>(form: string): T | undefined {
  try {
    const text = localStorage.getItem(place(form));
    return text ? (JSON.parse(text) as T) : undefined;
  } catch {
    return undefined;
  }
}

export function useDraft<T extends object>(form: string) {
  const [found] = useState(() => readDraft<T>(form));
  const [savedAt, setSavedAt] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<T>(undefined);

  const write = useCallback(() => {
    if (waiting.current === undefined) return;
    localStorage.setItem(place(form), JSON.stringify(waiting.current));
    waiting.current = undefined;
    setSavedAt(Date.now());
  }, [form]);

  const keep = useCallback(
    (value: T) => {
      waiting.current = value;
      clearTimeout(timer.current);
      timer.current = setTimeout(write, 300);
    },
    [write],
  );

  const drop = useCallback(() => {
    clearTimeout(timer.current);
    waiting.current = undefined;
    localStorage.removeItem(place(form));
    setSavedAt(undefined);
  }, [form]);

  // A tab that closes within the 300 ms still keeps its last letters.
  useEffect(() => {
    window.addEventListener("pagehide", write);
    return () => {
      window.removeEventListener("pagehide", write);
      write();
    };
  }, [write]);

  return { found, keep, drop, savedAt };
}
