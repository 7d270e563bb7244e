// The phone for React: its snapshot and its commands.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { useSession } from "../session/context";
import { phone, type PhoneCommand } from "./phone";
import type { PhoneSnapshot } from "./state";

interface PhoneContext {
  snapshot: PhoneSnapshot;
  act: (command: PhoneCommand) => void;
}

const Context = createContext<PhoneContext>({ snapshot: phone.snapshot, act: () => undefined });

export function PhoneProvider({ children }: { children: ReactNode }) {
  const { me, can } = useSession();
  const [snapshot, setSnapshot] = useState(phone.snapshot);
  useEffect(() => phone.watch(setSnapshot), []);
  const agent = me && can("agent.sign_on") ? me.name : "";
  useEffect(() => {
    phone.attend(agent);
    return () => phone.attend("");
  }, [agent]);
  const value = useMemo(() => ({ snapshot, act: (command: PhoneCommand) => void phone.do(command) }), [snapshot]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const usePhone = () => useContext(Context);
