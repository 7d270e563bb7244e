// The colours room states are drawn in: Lintel's own, over them the project's, over them what this operator chose here.
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from "react";
import type { ChartColours } from "../api/types";
import { useLiveRefresh, useResource } from "../api/use";
import { useProject } from "../frame/project";
import { useMe, useSession } from "../session/context";
import { dress, readFills, type Fills, type StatePaints } from "../theme/fills";
import { setStatePaints, useTheme } from "../theme/provider";

interface RoomColours {
  paints: StatePaints;
  project: Fills;
  own: Fills;
  setOwn: (fills: Fills) => void;
}

const NONE: Fills = {};
const Context = createContext<RoomColours>({ paints: dress("light", NONE), project: NONE, own: NONE, setOwn: () => undefined });

export const colourPath = (project: string) => `/v1/${project}/chartColours`;

export const fillsOf = (colours: ChartColours | undefined): Fills =>
  colours ? readFills(Object.fromEntries(colours.colours.map((one) => [one.state, one.fill]))) : NONE;

// An operator's own choice stays in this browser: identity keeps no preferences of the console.
function useOwnFills(operator: string): [Fills, (fills: Fills) => void] {
  const place = `lintel.colours.${operator}`;
  const read = useCallback((): Fills => {
    try {
      return readFills(JSON.parse(localStorage.getItem(place) ?? "{}"));
    } catch {
      return NONE;
    }
  }, [place]);
  const [own, setOwn] = useState(read);
  useEffect(() => {
    const changed = (event: StorageEvent) => event.key === place && setOwn(read());
    window.addEventListener("storage", changed);
    return () => window.removeEventListener("storage", changed);
  }, [place, read]);
  const keep = useCallback(
    (fills: Fills) => {
      if (Object.keys(fills).length === 0) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(fills));
      setOwn(fills);
    },
    [place],
  );
  return [own, keep];
}

export function RoomColoursProvider({ children }: { children: ReactNode }) {
  const { name: theme } = useTheme();
  const { can } = useSession();
  const { project } = useProject();
  const [own, setOwn] = useOwnFills(useMe().name);
  const path = project && can("room.read") ? colourPath(project.name) : undefined;
  const chosen = useResource<ChartColours>(path);
  useLiveRefresh(["ChartColoursChanged"], path ? [path] : []);
  const ofProject = useMemo(() => fillsOf(chosen.data), [chosen.data]);
  const paints = useMemo(() => dress(theme, { ...ofProject, ...own }), [theme, ofProject, own]);
  useLayoutEffect(() => setStatePaints(paints), [paints]);
  const value = useMemo(() => ({ paints, project: ofProject, own, setOwn }), [paints, ofProject, own, setOwn]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useRoomColours = () => useContext(Context);
