// What stands still on the chart: labels, and cells with their number and measure. Painted into patches (patches.ts).
import { colours, fonts, type RoomState, type ThemeName } from "../theme/tokens";
import type { StatePaints } from "../theme/fills";
import { kindOf, stateOf, type ChartModel } from "./model";
import type { Label, Scene } from "./scene";
import { sprite, type Context } from "./sprite";

// Whatever decides how a cell looks, besides the state of its room.
export interface Look {
  model: ChartModel;
  scene: Scene;
  theme: ThemeName;
  paints: StatePaints;
  // Rooms the filter leaves; others fade. Undefined: no filter.
  shown: Uint8Array | undefined;
  measure: (room: number) => string;
  letters: { MANAGER: string; COMPANY: string };
}

const SOON_MS = 2 * 3600_000;

// A hold about to end counts down in its cell. Infinity: it does not.
function countdown(model: ChartModel, room: number, state: RoomState, now: number): number {
  const rest = state === "HELD" ? (model.heldUntil.get(room) ?? Infinity) - now : Infinity;
  return rest < SOON_MS ? Math.max(0, Math.floor(rest / 60_000)) : Infinity;
}

// Changes when one of these cells would look different.
export function stampOf(look: Look, cells: number[], now: number): number {
  const { model, scene } = look;
  let stamp = cells.length;
  for (const cell of cells) {
    const room = scene.room[cell]!;
    stamp = (Math.imul(stamp, 31) + model.states[room]!) | 0;
    if (scene.detail !== "full") continue;
    const minutes = countdown(model, room, stateOf(model, room), now);
    if (minutes !== Infinity) stamp = (Math.imul(stamp, 31) + minutes + 1) | 0;
  }
  return stamp;
}

const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
const QUIET = new Set<RoomState>(["SIGNED", "FILED", "DELIVERED", "LOCKED"]);

function paintText(ctx: Context, look: Look, state: RoomState, cells: number[], now: number): void {
  const { scene, model, theme } = look;
  const paint = look.paints[state];
  const c = colours[theme];
  ctx.font = `12px ${fonts.body}`;
  ctx.fillStyle = paint.text;
  ctx.textAlign = "left";
  const middle = scene.cellH / 2 + 0.5;
  for (const cell of cells) ctx.fillText(model.numbers[scene.room[cell]!]!, scene.x[cell]! + 20, scene.y[cell]! + middle);
  ctx.textAlign = "right";
  ctx.font = `${QUIET.has(state) ? 400 : 600} 12px ${fonts.body}`;
  for (const cell of cells) {
    const room = scene.room[cell]!;
    const right = scene.x[cell]! + scene.cellW - 5;
    const minutes = countdown(model, room, state, now);
    if (minutes === Infinity) {
      ctx.fillText(look.measure(room), right, scene.y[cell]! + middle);
      continue;
    }
    const size = ctx.measureText(clock(minutes)).width + 8;
    ctx.fillStyle = c.countdown;
    ctx.fillRect(right - size + 4, scene.y[cell]! + 2, size, scene.cellH - 4);
    ctx.fillStyle = c.countdownInk;
    ctx.fillText(clock(minutes), right, scene.y[cell]! + middle);
    ctx.fillStyle = paint.text;
  }
}

export function paintLabels(ctx: Context, look: Look, labels: Label[]): void {
  const c = colours[look.theme];
  for (const label of labels) {
    ctx.font = `${label.strong ? 600 : 400} 12px ${fonts.body}`;
    ctx.fillStyle = label.strong ? c.ink : c.ink3;
    ctx.textAlign = label.align;
    ctx.fillText(label.text, label.x, label.y);
  }
}

// Fills alone: what a cell shows for a frame or two before it is painted.
export function paintFills(ctx: Context, look: Look, cells: number[]): void {
  const { scene, model } = look;
  let last: RoomState | undefined;
  for (const cell of cells) {
    const state = stateOf(model, scene.room[cell]!);
    if (state !== last) ctx.fillStyle = look.paints[state].fill;
    last = state;
    ctx.fillRect(scene.x[cell]!, scene.y[cell]!, scene.cellW, scene.cellH);
  }
}

// Cells of one state at a time: fonts and fills change seldom.
export function paintCells(ctx: Context, look: Look, cells: number[], scale: number, now: number): void {
  const { scene, model, shown } = look;
  const groups = new Map<string, { state: RoomState; lit: boolean; cells: number[] }>();
  for (const cell of cells) {
    const room = scene.room[cell]!;
    const state = stateOf(model, room);
    const lit = !shown || shown[room] === 1;
    const key = `${state} ${lit}`;
    const group = groups.get(key) ?? { state, lit, cells: [] };
    groups.set(key, group);
    group.cells.push(cell);
  }
  for (const { state, lit, cells: group } of groups.values()) {
    ctx.globalAlpha = lit ? 1 : 0.25;
    for (const cell of group) {
      const kind = state === "HELD" ? kindOf(model, scene.room[cell]!) : "CUSTOMER";
      const letter = kind === "MANAGER" || kind === "COMPANY" ? look.letters[kind] : "";
      ctx.drawImage(sprite(look.paints[state], state, scene, scale, letter), scene.x[cell]!, scene.y[cell]!, scene.cellW, scene.cellH);
    }
    if (scene.detail === "full") paintText(ctx, look, state, group, now);
  }
  ctx.globalAlpha = 1;
}
