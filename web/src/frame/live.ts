// How fresh the live line is. A line that was silent for 40 s (two heartbeats missed) is stale.
import { useEffect, useState } from "react";
import { live, type LiveState } from "../api/live";
import { useNow } from "../parts/parts";

const STALE_MS = 40_000;

export function useLiveState(): LiveState & { stale: boolean; age: number } {
  const [state, setState] = useState<LiveState>(live.state);
  const now = useNow(1000);
  useEffect(() => live.watch(setState), []);
  const age = state.heard === 0 ? 0 : Math.max(0, now - state.heard);
  return { ...state, age, stale: state.heard !== 0 && age > STALE_MS };
}
