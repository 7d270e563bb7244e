// One empty cell of a state, drawn once per colour, size and letter: fill, pattern, edge and mark.
import { MARKS } from "../parts/icons";
import { fonts, type RoomState, type StatePaint } from "../theme/tokens";
import type { Scene } from "./scene";

export type Surface = OffscreenCanvas | HTMLCanvasElement;
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const sprites = new Map<string, Surface>();

export function surface(width: number, height: number): Surface {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

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

export function sprite(paint: StatePaint, state: RoomState, scene: Scene, scale: number, letter: string): Surface {
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
