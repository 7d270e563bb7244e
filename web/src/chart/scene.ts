// Where each room stands on the canvas: one building as floors and columns, or all buildings as small blocks.
import { plainArea } from "../format/number";
import type { ChartModel } from "./model";

export interface Label {
  text: string;
  x: number;
  y: number;
  align: "left" | "right" | "center";
  strong: boolean;
}

export interface SceneRow {
  floor: number;
  y: number;
  cells: number[];
}

export interface Scene {
  width: number;
  height: number;
  cellW: number;
  cellH: number;
  // What fits into a cell: mark, number and measure; the mark; the fill alone.
  detail: "full" | "mark" | "fill";
  room: Int32Array;
  x: Float32Array;
  y: Float32Array;
  column: Int32Array;
  labels: Label[];
  rows: SceneRow[];
  columns: number;
  // Right edges of the two sums of a floor, free and sold; undefined where there is no room for them.
  sums?: [free: number, sold: number];
  // Cell of a room, -1 when it is not in the scene.
  cellOf: Int32Array;
}

// "1806" on floor 18 stands in column "06"; a number that does not begin with its floor is its own column.
export function columnKey(number: string, floor: number): string {
  const prefix = String(floor);
  return number.startsWith(prefix) && number.length > prefix.length ? number.slice(prefix.length) : number;
}

interface Plan {
  floors: number[];
  columns: { entrance: number; key: string }[];
  rooms: number[];
  // Row and column of each of `rooms`.
  row: Int32Array;
  column: Int32Array;
}

const byText = new Intl.Collator("en", { numeric: true }).compare;
const plans = new WeakMap<ChartModel, Map<number, Plan>>();

// Which floor and column each room of a building has. Places do not change while a model lives, so each is found once.
export function plan(model: ChartModel, building: number): Plan {
  const ofModel = plans.get(model) ?? new Map<number, Plan>();
  plans.set(model, ofModel);
  const kept = ofModel.get(building);
  if (kept) return kept;
  const rooms: number[] = [];
  for (let room = 0; room < model.count; room++) if (model.building[room] === building) rooms.push(room);
  const floors = [...new Set(rooms.map((room) => model.floors[room]!))].sort((one, two) => two - one);
  // Columns by entrance and key, numbered as they are met.
  const known = new Map<number, Map<string, number>>();
  const met: { entrance: number; key: string }[] = [];
  const columnOf = rooms.map((room) => {
    const [entrance, key] = [model.entrance[room]!, columnKey(model.numbers[room]!, model.floors[room]!)];
    let keys = known.get(entrance);
    if (!keys) known.set(entrance, (keys = new Map()));
    let column = keys.get(key);
    if (column === undefined) keys.set(key, (column = met.push({ entrance, key }) - 1));
    return column;
  });
  const order = [...met.keys()].sort((one, two) => met[one]!.entrance - met[two]!.entrance || byText(met[one]!.key, met[two]!.key));
  const columnAt = new Int32Array(met.length);
  order.forEach((column, at) => (columnAt[column] = at));
  const rowAt = new Map(floors.map((floor, at) => [floor, at]));
  const made: Plan = {
    floors, rooms, columns: order.map((column) => met[column]!),
    row: Int32Array.from(rooms, (room) => rowAt.get(model.floors[room]!)!),
    column: Int32Array.from(columnOf, (column) => columnAt[column]!),
  };
  ofModel.set(building, made);
  return made;
}

function blank(model: ChartModel, count: number): Pick<Scene, "room" | "x" | "y" | "column" | "cellOf"> {
  return {
    room: new Int32Array(count), x: new Float32Array(count), y: new Float32Array(count), column: new Int32Array(count),
    cellOf: new Int32Array(model.count).fill(-1),
  };
}

// Wide enough for a mark, a number of four digits and a measure beside each other.
const FULL = 96;
const GUTTER = 30;
const ENTRANCE_GAP = 10;
const HEAD = 38;
const SECOND_LINE = 17;
const SUMS = 92;

// What all rooms of a column share, "C1" and "96.42"; empty where they differ.
function shared(rooms: number[], valueOf: (room: number) => string): string {
  const first = rooms[0] === undefined ? "" : valueOf(rooms[0]);
  return rooms.every((room) => valueOf(room) === first) ? first : "";
}

function columnLabels(model: ChartModel, rooms: number[], key: string): [strong: string, quiet: string] {
  const layout = shared(rooms, (room) => model.layouts[model.layout[room]!] ?? "");
  const area = shared(rooms, (room) => plainArea(model.area[room]!));
  return [`${key} ${layout}`.trim(), area && `${area} ㎡`];
}

// One building. Cells take the width there is, down to `least`; below that the chart scrolls inside its own frame.
export function buildingScene(model: ChartModel, building: number, width: number, narrow: boolean): Scene {
  const { floors, columns, rooms, row, column: columnOf } = plan(model, building);
  const gaps = columns.reduce((sum, column, i) => sum + (i > 0 && columns[i - 1]!.entrance !== column.entrance ? 1 : 0), 0);
  const least = narrow ? 22 : FULL;
  const rest = width - GUTTER - 12 - gaps * ENTRANCE_GAP;
  const summed = !narrow && (rest - SUMS) / Math.max(1, columns.length) - 2 >= least;
  const forCells = summed ? rest - SUMS : rest;
  const cellW = Math.min(narrow ? 64 : 132, Math.max(least, Math.floor(forCells / Math.max(1, columns.length)) - 2));
  const cellH = narrow ? 26 : 20;
  const detail = cellW >= FULL ? "full" : "mark";
  const labels: Label[] = [];
  const columnX: number[] = [];
  const inColumn: number[][] = columns.map(() => []);
  rooms.forEach((which, at) => inColumn[columnOf[at]!]!.push(which));
  const head = detail === "full" ? HEAD + SECOND_LINE : HEAD;
  let x = GUTTER;
  columns.forEach((column, i) => {
    const first = i === 0 || columns[i - 1]!.entrance !== column.entrance;
    if (i > 0 && first) x += ENTRANCE_GAP;
    columnX.push(x);
    const entrance = model.entrances[column.entrance] ?? "";
    if (first && entrance) labels.push({ text: entrance, x: x + 2, y: 10, align: "left", strong: false });
    if (detail === "full") {
      const [strong, quiet] = columnLabels(model, inColumn[i]!, column.key);
      labels.push({ text: strong, x: x + 2, y: 27, align: "left", strong: true }, { text: quiet, x: x + 2, y: 27 + SECOND_LINE, align: "left", strong: false });
    } else labels.push({ text: column.key, x: x + cellW / 2, y: 27, align: "center", strong: true });
    x += cellW + 2;
  });
  const step = cellH + 1;
  const lines: SceneRow[] = floors.map((floor, i) => ({ floor, y: head + i * step, cells: [] }));
  for (const line of lines) labels.push({ text: String(line.floor), x: GUTTER - 6, y: line.y + cellH / 2, align: "right", strong: line.floor % 5 === 0 });
  const scene = blank(model, rooms.length);
  rooms.forEach((which, cell) => {
    const [line, column] = [lines[row[cell]!]!, columnOf[cell]!];
    scene.room[cell] = which;
    scene.x[cell] = columnX[column]!;
    scene.y[cell] = line.y;
    scene.column[cell] = column;
    scene.cellOf[which] = cell;
    line.cells.push(cell);
  });
  for (const line of lines) line.cells.sort((one, two) => scene.column[one]! - scene.column[two]!);
  const sums: Scene["sums"] = summed ? [x + 36, x + SUMS - 16] : undefined;
  return { ...scene, sums, width: x + (summed ? SUMS : 10), height: head + floors.length * step + 8, cellW, cellH, detail, labels, rows: lines, columns: columns.length };
}

// All buildings side by side, wrapped: the shape of the whole project.
export function projectScene(model: ChartModel, width: number): Scene {
  const [cellW, cellH, gap, head] = [15, 11, 24, 24];
  const scene = blank(model, model.count);
  const labels: Label[] = [];
  let [left, top, tallest, widest, cell] = [12, 8, 0, 0, 0];
  model.buildings.forEach((name, building) => {
    const { floors, columns, rooms, row, column } = plan(model, building);
    const blockW = Math.max(64, columns.length * (cellW + 1));
    if (left > 12 && left + blockW > width - 12) {
      left = 12;
      top += tallest + gap;
      tallest = 0;
    }
    labels.push({ text: name, x: left, y: top + 10, align: "left", strong: true });
    rooms.forEach((which, at) => {
      scene.room[cell] = which;
      scene.x[cell] = left + column[at]! * (cellW + 1);
      scene.y[cell] = top + head + row[at]! * (cellH + 1);
      scene.column[cell] = column[at]!;
      scene.cellOf[which] = cell++;
    });
    tallest = Math.max(tallest, head + floors.length * (cellH + 1));
    left += blockW + gap;
    widest = Math.max(widest, left);
  });
  return { ...scene, width: Math.max(widest, 100), height: top + tallest + 16, cellW, cellH, detail: "fill", labels, rows: [], columns: 0 };
}

const scenes = new WeakMap<ChartModel, Map<string, Scene>>();
const KEPT_SCENES = 24;

// One building, or with -1 all of them. Going back and forth between buildings computes nothing twice.
export function sceneOf(model: ChartModel, building: number, width: number, narrow: boolean): Scene {
  const known = scenes.get(model) ?? new Map<string, Scene>();
  scenes.set(model, known);
  const key = `${building} ${width} ${narrow}`;
  const scene = known.get(key) ?? (building < 0 ? projectScene(model, width) : buildingScene(model, building, width, narrow));
  if (known.size >= KEPT_SCENES) known.clear();
  known.set(key, scene);
  return scene;
}

// The cell under a point of the scene, -1 when there is none.
export function cellAt(scene: Scene, x: number, y: number): number {
  for (let cell = 0; cell < scene.room.length; cell++) {
    const [left, top] = [scene.x[cell]!, scene.y[cell]!];
    if (x >= left && x < left + scene.cellW + 1 && y >= top && y < top + scene.cellH + 1) return cell;
  }
  return -1;
}
