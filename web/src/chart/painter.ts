// Paints a scene onto a canvas: only what the viewport shows, fills and marks from sprites drawn once per colour and size.
import { MARKS } from "../parts/icons";
import { colours, fonts, ROOM_STATES, type RoomState, type StatePaint, type ThemeName } from "../theme/tokens";
import type { StatePaints } from "../theme/fills";
import { kindOf, SOLD, stateOf, type ChartModel } from "./model";
import type { Scene } from "./scene";

export interface PaintInput {
  model: ChartModel;
  scene: Scene;
  theme: ThemeName;
  paints: StatePaints;
  scrollX: number;
  scrollY: number;
  width: number;
  height: number;
  selected: number;
  hovered: number;
  now: number;
  // Rooms the filter leaves; others fade. Undefined: no filter.
  shown: Uint8Array | undefined;
  measure: (room: number) => string;
  letters: { MANAGER: string; COMPANY: string };
  // Heads of the sums at the end of each floor.
  heads: [free: string, sold: string];
}

const SOON_MS = 2 * 3600_000;
const HALO_MS = 4000;
const sprites = new Map<string, OffscreenCanvas | HTMLCanvasElement>();

function surface(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function stripe(ctx: Context, width: number, height: number, colour: string, rising: boolean): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 4;
  for (let x = -height; x < width + height; x += 11) {
    ctx.beginPath();
    ctx.moveTo(rising ? x : x + height, height);
    ctx.lineTo(rising ? x + height : x, 0);
    ctx.stroke();
  }
  ctx.restore();
}

function sprite(paint: StatePaint, state: RoomState, scene: Scene, scale: number, letter: string): OffscreenCanvas | HTMLCanvasElement {
  const key = `${state} ${paint.fill} ${paint.edge} ${scene.cellW}x${scene.cellH}@${scale} ${scene.detail} ${letter}`;
  const kept = sprites.get(key);
  if (kept) return kept;
  const { cellW: w, cellH: h } = scene;
  const made = surface(Math.ceil(w * scale), Math.ceil(h * scale));
  const ctx = made.getContext("2d") as Context;
  ctx.scale(scale, scale);
  ctx.fillStyle = paint.fill;
  ctx.fillRect(0, 0, w, h);
  if (paint.pattern) stripe(ctx, w, h, paint.pattern, state === "LOCKED");
  ctx.strokeStyle = paint.edge;
  ctx.lineWidth = 1;
  ctx.strokeRect(0.5, 0.5, w - 1, h - 1);
  if (scene.detail !== "fill") {
    const left = scene.detail === "full" ? 5 : (w - 12) / 2;
    ctx.fillStyle = ctx.strokeStyle = paint.text;
    if (letter) {
      ctx.font = `600 12px ${fonts.body}`;
      ctx.textBaseline = "middle";
      ctx.textAlign = "center";
      ctx.fillText(letter, left + 6, h / 2 + 0.5);
    } else {
      ctx.translate(left, (h - 12) / 2);
      ctx.lineWidth = 1.3;
      const mark = MARKS[state];
      if (mark.stroke) ctx.stroke(new Path2D(mark.stroke));
      if (mark.fill) ctx.fill(new Path2D(mark.fill));
    }
  }
  if (sprites.size > 400) sprites.clear();
  sprites.set(key, made);
  return made;
}

// Whole minutes as 0:42, for the countdown pill.
function pill(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function visibleByState(input: PaintInput): Map<RoomState, number[]> {
  const { scene, model, scrollX, scrollY, width, height } = input;
  const groups = new Map<RoomState, number[]>(ROOM_STATES.map((state) => [state, []]));
  for (let cell = 0; cell < scene.room.length; cell++) {
    const [x, y] = [scene.x[cell]!, scene.y[cell]!];
    if (y + scene.cellH < scrollY || y > scrollY + height || x + scene.cellW < scrollX || x > scrollX + width) continue;
    groups.get(stateOf(model, scene.room[cell]!))!.push(cell);
  }
  return groups;
}

function paintText(ctx: CanvasRenderingContext2D, input: PaintInput, state: RoomState, cells: number[]): void {
  const { scene, model, theme, now } = input;
  const paint = input.paints[state];
  const c = colours[theme];
  ctx.font = `12px ${fonts.body}`;
  ctx.fillStyle = paint.text;
  ctx.textAlign = "left";
  const middle = scene.cellH / 2 + 0.5;
  for (const cell of cells) ctx.fillText(model.numbers[scene.room[cell]!]!, scene.x[cell]! + 20, scene.y[cell]! + middle);
  ctx.textAlign = "right";
  const quiet = state === "SIGNED" || state === "FILED" || state === "DELIVERED" || state === "LOCKED";
  ctx.font = `${quiet ? 400 : 600} 12px ${fonts.body}`;
  for (const cell of cells) {
    const room = scene.room[cell]!;
    const right = scene.x[cell]! + scene.cellW - 5;
    const rest = state === "HELD" ? (model.heldUntil.get(room) ?? Infinity) - now : Infinity;
    if (rest < SOON_MS) {
      const text = pill(rest);
      const size = ctx.measureText(text).width + 8;
      ctx.fillStyle = c.countdown;
      ctx.fillRect(right - size + 4, scene.y[cell]! + 2, size, scene.cellH - 4);
      ctx.fillStyle = c.countdownInk;
      ctx.fillText(text, right, scene.y[cell]! + middle);
      ctx.fillStyle = paint.text;
    } else ctx.fillText(input.measure(room), right, scene.y[cell]! + middle);
  }
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
  const c = colours[theme];
  const put = (text: string, at: 0 | 1, y: number) => {
    ctx.font = `${at === 0 ? 600 : 400} 12px ${fonts.body}`;
    ctx.fillStyle = at === 0 ? c.ink : c.ink3;
    ctx.fillText(text, scene.sums![at], y);
  };
  ctx.textAlign = "right";
  const above = (scene.rows[0]?.y ?? 0) - 11;
  put(input.heads[0], 0, above);
  put(input.heads[1], 1, above);
  for (const row of scene.rows) {
    if (row.y + scene.cellH < scrollY || row.y > scrollY + height) continue;
    const found = row.cells.map((cell) => stateOf(model, scene.room[cell]!));
    put(String(found.filter((state) => state === "AVAILABLE").length), 0, row.y + scene.cellH / 2 + 0.5);
    put(String(found.filter((state) => SOLD.includes(state)).length), 1, row.y + scene.cellH / 2 + 0.5);
  }
}

export function paint(canvas: HTMLCanvasElement, input: PaintInput): void {
  const ctx = canvas.getContext("2d", { alpha: false });
  if (!ctx) return;
  const scale = window.devicePixelRatio || 1;
  const { scene, model, theme } = input;
  const [pixelsW, pixelsH] = [Math.round(input.width * scale), Math.round(input.height * scale)];
  if (canvas.width !== pixelsW || canvas.height !== pixelsH) Object.assign(canvas, { width: pixelsW, height: pixelsH });
  const c = colours[theme];
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.fillStyle = c.bg;
  ctx.fillRect(0, 0, input.width, input.height);
  ctx.translate(-Math.round(input.scrollX), -Math.round(input.scrollY));
  ctx.textBaseline = "middle";
  for (const label of scene.labels) {
    ctx.font = `${label.strong ? 600 : 400} 12px ${fonts.body}`;
    ctx.fillStyle = label.strong ? c.ink : c.ink3;
    ctx.textAlign = label.align;
    ctx.fillText(label.text, label.x, label.y);
  }
  for (const [state, cells] of visibleByState(input)) {
    const lit = input.shown ? cells.filter((cell) => input.shown![scene.room[cell]!]) : cells;
    const faded = input.shown ? cells.filter((cell) => !input.shown![scene.room[cell]!]) : [];
    for (const [group, alpha] of [[lit, 1], [faded, 0.25]] as const) {
      if (group.length === 0) continue;
      ctx.globalAlpha = alpha;
      for (const cell of group) {
        const kind = state === "HELD" ? kindOf(model, scene.room[cell]!) : "CUSTOMER";
        const letter = kind === "MANAGER" || kind === "COMPANY" ? input.letters[kind] : "";
        ctx.drawImage(sprite(input.paints[state], state, scene, scale, letter), scene.x[cell]!, scene.y[cell]!, scene.cellW, scene.cellH);
      }
      if (scene.detail === "full") paintText(ctx, input, state, group);
    }
    ctx.globalAlpha = 1;
  }
  paintSums(ctx, input);
  paintRings(ctx, input);
}
