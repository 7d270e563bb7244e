// Paints a scene onto a canvas: patches of what stands still, and over them what moves: sums, rings of changes, of the pointer
// and of the chosen room.
import { colours, fonts } from "../theme/tokens";
import type { Look } from "./cells";
import { SOLD, stateOf } from "./model";
import { Patches } from "./patches";
import type { Scene, SceneRow } from "./scene";

export interface PaintInput extends Look {
  scrollX: number;
  scrollY: number;
  width: number;
  height: number;
  selected: number;
  hovered: number;
  now: number;
  // How long new patches may take; the rest waits for the next call.
  budgetMs: number;
  // Heads of the sums at the end of each floor.
  heads: [free: string, sold: string];
}

const HALO_MS = 4000;
const kept = new WeakMap<HTMLCanvasElement, Patches>();

function patchesOf(canvas: HTMLCanvasElement): Patches {
  const patches = kept.get(canvas) ?? new Patches();
  kept.set(canvas, patches);
  return patches;
}

function ring(ctx: CanvasRenderingContext2D, scene: Scene, cell: number, colour: string, width: number, out = 1): void {
  if (cell < 0) return;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.strokeRect(scene.x[cell]! - out, scene.y[cell]! - out, scene.cellW + 2 * out, scene.cellH + 2 * out);
}

function paintRings(ctx: CanvasRenderingContext2D, input: PaintInput): void {
  const { scene, model, theme, now } = input;
  const c = colours[theme];
  for (const [room, at] of model.changedAt) {
    const cell = scene.cellOf[room] ?? -1;
    if (cell < 0) continue;
    if (now - at < HALO_MS) {
      ctx.globalAlpha = 0.28;
      ring(ctx, scene, cell, c.live, 6, 3);
      ctx.globalAlpha = 1;
    }
    ring(ctx, scene, cell, c.live, 2);
  }
  if (input.hovered >= 0) ring(ctx, scene, scene.cellOf[input.hovered] ?? -1, c.primary, 2);
  if (input.selected >= 0) ring(ctx, scene, scene.cellOf[input.selected] ?? -1, c.ink, 3);
}

// At the end of each floor: how many rooms are free to sell, and how many are sold.
function paintSums(ctx: CanvasRenderingContext2D, input: PaintInput): void {
  const { scene, model, theme, scrollY, height } = input;
  if (!scene.sums) return;
  const seen = scene.rows.filter((row) => row.y + scene.cellH >= scrollY && row.y <= scrollY + height);
  const middle = scene.cellH / 2 + 0.5;
  const count = (row: SceneRow, fits: (room: number) => boolean) => row.cells.reduce((sum, cell) => sum + (fits(scene.room[cell]!) ? 1 : 0), 0);
  const write = (at: 0 | 1, weight: number, colour: string, fits: (room: number) => boolean) => {
    ctx.font = `${weight} 12px ${fonts.body}`;
    ctx.fillStyle = colour;
    ctx.fillText(input.heads[at], scene.sums![at], (scene.rows[0]?.y ?? 0) - 11);
    for (const row of seen) ctx.fillText(String(count(row, fits)), scene.sums![at], row.y + middle);
  };
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  write(0, 600, colours[theme].ink, (room) => stateOf(model, room) === "AVAILABLE");
  write(1, 400, colours[theme].ink3, (room) => SOLD.includes(stateOf(model, room)));
}

// False: not everything was painted in time, call again in the next frame.
export function paint(canvas: HTMLCanvasElement, input: PaintInput): boolean {
  const ctx = canvas.getContext("2d", { alpha: false });
  if (!ctx) return true;
  const scale = window.devicePixelRatio || 1;
  const { model, scene, theme, paints, shown, measure, letters } = input;
  const [width, height] = [Math.round(input.width * scale), Math.round(input.height * scale)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const [x, y] = [Math.round(input.scrollX * scale), Math.round(input.scrollY * scale)];
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = colours[theme].bg;
  ctx.fillRect(0, 0, width, height);
  const look = { model, scene, theme, paints, shown, measure, letters };
  const done = patchesOf(canvas).draw(ctx, look, { x, y, width, height, scale, now: input.now, budgetMs: input.budgetMs });
  ctx.setTransform(scale, 0, 0, scale, -x, -y);
  if (done) paintSums(ctx, input);
  paintRings(ctx, input);
  return done;
}
