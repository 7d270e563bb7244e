// Who is signed in and what they may do. When the session ends the page stays as it is and a sign-in box stands over it.
import { useQueryClient } from "@tanstack/react-query";
import { createContext, startTransition, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { call, mayBeSignedIn, onExpired, post, refresh, remove } from "../api/client";
import { isApiError } from "../api/error";
import { isA } from "../api/events";
import { leadership } from "../api/leader";
import { live } from "../api/live";
import type { Me, Session } from "../api/types";
import { setDraftOwner } from "../drafts/use";

const REFRESH_MS = 4 * 60_000;
// A change of rights is everywhere within five seconds; the first answer may still be the old one.
const SPREAD_MS = 6000;

interface SessionState {
  me: Me | undefined;
  status: "starting" | "out" | "in" | "over" | "away";
  can: (right: string) => boolean;
  has: (feature: string) => boolean;  // Whether the tenant has it switched on.
  signIn: (operator: string, password: string) => Promise<void>;
  signOut: () => Promise<void>;
  reload: () => Promise<void>;
}

const Context = createContext<SessionState>(undefined as never);

// Tells the other tabs of this browser who sits here now, "" when nobody does.
const sitting = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("lintel-session");

const readMe = () => call<Me>("GET", "/v1/operators/me", { anonymous: true });

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [me, setMe] = useState<Me>();
  const [status, setStatus] = useState<SessionState["status"]>("starting");
  const waiting = useRef<(() => void)[]>([]);
  const present = useRef<Me | undefined>(undefined);
  present.current = me;

  const enter = useCallback((next: Me) => {
    setDraftOwner(next.name);
    // The whole page follows from this: it is made in slices.
    startTransition(() => {
      setMe(next);
      setStatus("in");
    });
    live.start();
    sitting?.postMessage(next.name);
    for (const go of waiting.current.splice(0)) go();
  }, []);

  const start = useCallback(async () => {
    if (!mayBeSignedIn()) return setStatus("out");
    try {
      enter(await readMe());
    } catch (error) {
      if (isApiError(error) && error.http === 401) {
        if (await refresh()) enter(await readMe());
        else setStatus("out");
      } else setStatus("away");
    }
    return undefined;
  }, [enter]);

  useEffect(() => {
    void start().catch(() => setStatus("out"));
    onExpired(() => {
      // What was asked for somebody who left is not asked again for who comes next.
      if (!present.current) return Promise.reject(new Error("signed out"));
      setStatus((now) => (now === "in" ? "over" : now));
      return new Promise<void>((go) => waiting.current.push(go));
    });
    live.signedOut = () => setStatus((now) => (now === "in" ? "over" : now));
    const timer = setInterval(() => present.current && leadership.leads && void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [start]);

  // Somebody else sits here now: what this tab shows is not theirs to see. What was typed stays as a draft of who typed it.
  useEffect(() => {
    const heard = ({ data }: MessageEvent<string>) => present.current && present.current.name !== data && window.location.reload();
    sitting?.addEventListener("message", heard);
    return () => sitting?.removeEventListener("message", heard);
  }, []);

  // Somebody's groups or features changed, perhaps mine: pages and buttons follow without a new sign-in.
  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined;
    const again = () => void readMe().then((next) => present.current?.name === next.name && setMe(next)).catch(() => undefined);
    const stop = live.on((event) => {
      if (!isA(event, "RightsChanged") || !present.current) return;
      again();
      clearTimeout(later);
      later = setTimeout(again, SPREAD_MS);
    });
    return () => {
      stop();
      clearTimeout(later);
    };
  }, []);

  const signIn = useCallback(
    async (operator: string, password: string) => {
      await call<Session>("POST", "/v1/sessions", { body: { operator, password }, anonymous: true });
      const next = await readMe();
      // Somebody else sat down: nothing of the page before is theirs to see.
      if (present.current && present.current.name !== next.name) window.location.reload();
      else enter(next);
    },
    [enter],
  );

  const signOut = useCallback(async () => {
    await remove("/v1/sessions/current").catch(() => undefined);
    live.stop();
    waiting.current = [];
    present.current = undefined;
    queries.clear();
    setMe(undefined);
    setStatus("out");
    sitting?.postMessage("");
  }, [queries]);

  const value = useMemo<SessionState>(() => {
    const rights = new Set(me?.rights?.map((granted) => granted.right));
    return { me, status, can: (right) => rights.has(right), has: (feature) => me?.features?.includes(feature) ?? false, signIn, signOut, reload: async () => enter(await readMe()) };
  }, [me, status, signIn, signOut, enter]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useSession = () => useContext(Context);

// Inside the frame somebody is always signed in.
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error("nobody is signed in");
  return me;
}

export const changePassword = (oldPassword: string, newPassword: string) =>
  post("/v1/operators/me:changePassword", { oldPassword, newPassword });
