// The colours room states are drawn in: Lintel's own, over them the project's, over them what this operator chose.
import { createContext, useCallback, useContext, useLayoutEffect, useMemo, type ReactNode } from "react";
import type { ChartColours } from "../api/types";
import { useLiveRefresh, useResource } from "../api/use";
import { useProject } from "../frame/project";
import { useSession } from "../session/context";
import { usePreference } from "../session/preferences";
import { dress, parseFills, readFills, type Fills, type StatePaints } from "../theme/fills";
import { setStatePaints, useTheme } from "../theme/provider";

interface RoomColours {
  paints: StatePaints;
  project: Fills;
  own: Fills;
  setOwn: (fills: Fills) => void;
  // Why the last own choice was not kept.
  error: unknown;
}

const NONE: Fills = {};
const Context = createContext<RoomColours>({ paints: dress("light", NONE), project: NONE, own: NONE, setOwn: () => undefined, error: null });

export const colourPath = (project: string) => `/v1/${project}/chartColours`;

export const fillsOf = (colours: ChartColours | undefined): Fills =>
  colours ? readFills(Object.fromEntries(colours.colours.map((one) => [one.state, one.fill]))) : NONE;

const PREFERENCE = "chart.colours";

export function RoomColoursProvider({ children }: { children: ReactNode }) {
  const { name: theme } = useTheme();
  const { can } = useSession();
  const { project } = useProject();
  const preference = usePreference(PREFERENCE);
  const own = useMemo(() => parseFills(preference.value), [preference.value]);
  const path = project && can("room.read") ? colourPath(project.name) : undefined;
  const chosen = useResource<ChartColours>(path);
  useLiveRefresh(["ChartColoursChanged"], path ? [path] : []);
  const ofProject = useMemo(() => fillsOf(chosen.data), [chosen.data]);
  const paints = useMemo(() => dress(theme, { ...ofProject, ...own }), [theme, ofProject, own]);
  useLayoutEffect(() => setStatePaints(paints), [paints]);
  const { set, error } = preference;
  const setOwn = useCallback((fills: Fills) => set(Object.keys(fills).length === 0 ? "" : JSON.stringify(fills)), [set]);
  const value = useMemo(() => ({ paints, project: ofProject, own, setOwn, error }), [paints, ofProject, own, setOwn, error]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useRoomColours = () => useContext(Context);
