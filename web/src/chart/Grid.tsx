// The rows of the accessible grid that are near the viewport. Invisible, in the same places as the painted cells.
import { memo } from "react";
import { nameOf, stateOf, type ChartModel } from "./model";
import type { Scene, SceneRow } from "./scene";

interface CellProps {
  room: number;
  name: string;
  state: string;
  column: number;
  text: string;
  selected: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

const GridCell = memo(function GridCell({ room, name, state, column, text, selected, x, y, width, height }: CellProps) {
  return (
    <div
      role="gridcell" id={`room-${room}`} aria-colindex={column + 1} aria-selected={selected} aria-label={text} className="chart-cell"
      data-room={name} data-state={state} style={{ left: x, top: y, width, height }}
    />
  );
});

interface Props {
  model: ChartModel;
  scene: Scene;
  rows: SceneRow[];
  selected: number;
  describe: (room: number) => string;
  version: number;
}

export function GridRows({ model, scene, rows, selected, describe }: Props) {
  return rows.map((row) => (
    <div role="row" key={row.floor} aria-rowindex={scene.rows.indexOf(row) + 1}>
      {row.cells.map((cell) => {
        const room = scene.room[cell]!;
        return (
          <GridCell
            key={room} room={room} name={nameOf(model, room)} state={stateOf(model, room)} column={scene.column[cell]!}
            text={describe(room)} selected={room === selected} x={scene.x[cell]!} y={scene.y[cell]!} width={scene.cellW}
            height={scene.cellH}
          />
        );
      })}
    </div>
  ));
}
