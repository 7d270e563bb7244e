// Reads the chart once and keeps it true by live events alone: no request between a change and its colour.
import { useCallback, useEffect, useRef, useState } from "react";
import { get } from "../api/client";
import { live } from "../api/live";
import type { ChartColumns } from "../api/types";
import { apply, decode, type Change, type ChartModel } from "./model";

const KEPT_CHANGES = 12;
const REREAD_MS = 400;

export function useChart(project: string | undefined) {
  const [model, setModel] = useState<ChartModel>();
  const [error, setError] = useState<unknown>();
  const [version, setVersion] = useState(0);
  const [changes, setChanges] = useState<Change[]>([]);
  const reading = useRef(0);

  const read = useCallback(async () => {
    if (!project) return;
    const turn = ++reading.current;
    try {
      const columns = await get<ChartColumns>(`/v1/${project}/controlChart`);
      if (turn !== reading.current) return;
      setModel(decode(columns));
      setError(undefined);
    } catch (cause) {
      if (turn === reading.current) setError(cause);
    }
  }, [project]);

  useEffect(() => {
    setModel(undefined);
    setChanges([]);
    void read();
    return live.onResync(() => void read());
  }, [read]);

  useEffect(() => {
    if (!model) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.follow("inventory", model.position, (event) => {
      const change = apply(model, event, Date.now());
      if (change === "same") return;
      if (change === "reread") {
        clearTimeout(timer);
        timer = setTimeout(() => void read(), REREAD_MS);
        return;
      }
      setVersion((count) => count + 1);
      setChanges((list) => [change, ...list].slice(0, KEPT_CHANGES));
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [model, read]);

  return { model, error, version, changes, read };
}
