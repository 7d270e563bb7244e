// The rows of the accessible grid that are near the viewport. Invisible, in the same places as the painted cells.
import { memo, useEffect, useState } from "react";
import { nameOf, stateOf, type ChartModel } from "./model";
import type { Scene, SceneRow } from "./scene";

interface RowProps {
  model: ChartModel;
  scene: Scene;
  row: SceneRow;
  index: number;
  // The chosen room if it is in this row, else -1.
  selected: number;
  describe: (room: number) => string;
  // Changes with the state of any room of the row.
  stamp: string;
}

const GridRow = memo(function GridRow({ model, scene, row, index, selected, describe }: RowProps) {
  return (
    <div role="row" className="chart-row" aria-rowindex={index + 1} style={{ top: row.y, height: scene.cellH }}>
      {row.cells.map((cell) => {
        const room = scene.room[cell]!;
        return (
          <div
            key={room} role="gridcell" id={`room-${room}`} aria-colindex={scene.column[cell]! + 1} aria-selected={room === selected}
            aria-label={describe(room)} className="chart-cell" data-room={nameOf(model, room)} data-state={stateOf(model, room)}
            style={{ left: scene.x[cell]!, width: scene.cellW }}
          />
        );
      })}
    </div>
  );
});

const stampOf = (model: ChartModel, scene: Scene, row: SceneRow): string =>
  row.cells.map((cell) => String.fromCharCode(model.states[scene.room[cell]!]! + 1)).join("");

// As many new cells as the rest of a frame can take, and how long they may wait for one that has a rest.
const CELLS_A_FRAME = 50;
const LATEST_MS = 50;

// Rows join a few at a time when the page has nothing better to do, so that a building opens without a halt.
function useGrowing(target: number, step: number, subject: unknown): number {
  const [grown, setGrown] = useState({ subject, count: 0 });
  const count = grown.subject === subject ? grown.count : 0;
  useEffect(() => {
    if (count >= target) return undefined;
    const grow = () => setGrown({ subject, count: count + step });
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(grow);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(grow, { timeout: LATEST_MS });
    return () => cancelIdleCallback(idle);
  }, [count, target, step, subject]);
  return Math.min(count, target);
}

interface Props {
  model: ChartModel;
  scene: Scene;
  from: number;
  count: number;
  selected: number;
  describe: (room: number) => string;
}

export function GridRows({ model, scene, from, count, selected, describe }: Props) {
  const grown = useGrowing(count, Math.max(1, Math.floor(CELLS_A_FRAME / Math.max(1, scene.columns))), scene);
  const chosen = scene.cellOf[selected] ?? -1;
  return scene.rows.slice(from, from + grown).map((row, at) => (
    <GridRow
      key={row.floor} model={model} scene={scene} row={row} index={from + at} describe={describe} stamp={stampOf(model, scene, row)}
      selected={chosen >= 0 && scene.y[chosen] === row.y ? selected : -1}
    />
  ));
}
