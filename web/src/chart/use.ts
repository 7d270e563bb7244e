// Reads the chart once and keeps it true by live events alone: no request between a change and its colour.
import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import { get } from "../api/client";
import { live } from "../api/live";
import type { ChartColumns } from "../api/types";
import { apply, decoding, type Change, type ChartModel } from "./model";
import { plan } from "./scene";

const KEPT_CHANGES = 12;
const REREAD_MS = 400;
// How long one task may work on a snapshot before the page gets a turn: a frame has other things to do, too.
const SLICE_MS = 4;

const turn = () => new Promise<void>((go) => setTimeout(go));

// Decodes a snapshot and places its rooms, in slices: thousands of rooms arrive without a halt.
async function open(columns: ChartColumns): Promise<ChartModel> {
  let began = performance.now();
  const pause = async () => {
    if (performance.now() - began < SLICE_MS) return;
    await turn();
    began = performance.now();
  };
  const steps = decoding(columns);
  let step = steps.next();
  for (; !step.done; step = steps.next()) await pause();
  const model = step.value;
  for (let building = 0; building < model.buildings.length; building++) {
    await pause();
    plan(model, building);
  }
  return model;
}

export function useChart(project: string | undefined) {
  const [model, setModel] = useState<ChartModel>();
  const [error, setError] = useState<unknown>();
  const [version, setVersion] = useState(0);
  const [changes, setChanges] = useState<Change[]>([]);
  const reading = useRef(0);

  const read = useCallback(async () => {
    if (!project) return;
    const mine = ++reading.current;
    try {
      const read = await open(await get<ChartColumns>(`/v1/${project}/controlChart`));
      if (mine !== reading.current) return;
      startTransition(() => {
        setModel(read);
        setError(undefined);
      });
    } catch (cause) {
      if (mine === reading.current) setError(cause);
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
