// The painted chart in patches of a fixed size in device pixels. A patch is painted when it first comes into view and again
// when one of its cells would look different; scrolling only copies patches. What a frame has no time to paint shows its
// bare fills until the next.
import { colours } from "../theme/tokens";
import { paintCells, paintFills, paintLabels, stampOf, type Look } from "./cells";
import type { Label, Scene } from "./scene";
import { surface, type Context, type Surface } from "./sprite";

const WIDTH = 512;
const HEIGHT = 128;
const KEPT = 128;  // At least; twice what is in view on a large screen.

interface Content {
  cells: number[];
  labels: Label[];
}

interface Patch {
  surface: Surface;
  stamp: number;
}

export interface View {
  // Device pixels.
  x: number;
  y: number;
  width: number;
  height: number;
  scale: number;
  now: number;
  // How long new patches may be painted. A change on one that is shown waits for nothing.
  budgetMs: number;
}

const keyOf = (column: number, row: number) => row * 4096 + column;
// A label reaches at most this far from its point.
const REACH = 120;

const indexes = new WeakMap<Scene, { scale: number; found: Map<number, Content> }>();

// Which cells and labels touch which patch. Found once for a scene; who asks early has it ready when the first frame is drawn.
export function index(scene: Scene, scale: number): Map<number, Content> {
  const kept = indexes.get(scene);
  if (kept?.scale === scale) return kept.found;
  const found = new Map<number, Content>();
  indexes.set(scene, { scale, found });
  const at = (column: number, row: number): Content => {
    const key = keyOf(column, row);
    let content = found.get(key);
    if (!content) found.set(key, (content = { cells: [], labels: [] }));
    return content;
  };
  const each = (left: number, top: number, right: number, bottom: number, put: (content: Content) => void) => {
    const [first, last] = [Math.max(0, Math.floor((left * scale) / WIDTH)), Math.floor((right * scale) / WIDTH)];
    for (let row = Math.max(0, Math.floor((top * scale) / HEIGHT)); row <= Math.floor((bottom * scale) / HEIGHT); row++) {
      for (let column = first; column <= last; column++) put(at(column, row));
    }
  };
  const { cellW, cellH } = scene;
  // Neighbours mostly lie in the same one patch.
  let [column, row, content]: [number, number, Content | undefined] = [-1, -1, undefined];
  for (let cell = 0; cell < scene.room.length; cell++) {
    const [x, y] = [scene.x[cell]!, scene.y[cell]!];
    const [left, top] = [Math.floor((x * scale) / WIDTH), Math.floor((y * scale) / HEIGHT)];
    if (Math.floor(((x + cellW) * scale) / WIDTH) > left || Math.floor(((y + cellH) * scale) / HEIGHT) > top) {
      each(x, y, x + cellW, y + cellH, ({ cells }) => cells.push(cell));
      continue;
    }
    if (!content || left !== column || top !== row) [column, row, content] = [left, top, at(left, top)];
    content.cells.push(cell);
  }
  for (const label of scene.labels) each(label.x - REACH, label.y - 10, label.x + REACH, label.y + 10, ({ labels }) => labels.push(label));
  return found;
}

export class Patches {
  private look: Look | undefined;
  private scale = 0;
  private contents = new Map<number, Content>();
  private patches = new Map<number, Patch>();
  private spare: Surface[] = [];

  // Shows `view` on `ctx`. False: something still waits for a later frame.
  draw(ctx: CanvasRenderingContext2D, look: Look, view: View): boolean {
    this.suit(look, view.scale);
    const end = performance.now() + view.budgetMs;
    const [left, top] = [Math.floor(view.x / WIDTH), Math.floor(view.y / HEIGHT)];
    let [seen, waiting] = [0, 0];
    for (let row = top; row * HEIGHT < view.y + view.height; row++) {
      for (let column = left; column * WIDTH < view.x + view.width; column++) {
        const key = keyOf(column, row);
        const content = this.contents.get(key);
        if (!content) continue;
        seen++;
        const stamp = stampOf(look, content.cells, view.now);
        let patch = this.patches.get(key);
        if (patch?.stamp !== stamp) {
          if (patch || performance.now() < end) patch = this.paint(patch?.surface, column, row, content, look, view, stamp);
          else waiting++;
        }
        const [x, y] = [column * WIDTH - view.x, row * HEIGHT - view.y];
        if (patch) {
          this.patches.delete(key);  // And in again as the youngest.
          this.patches.set(key, patch);
          ctx.drawImage(patch.surface, x, y);
        } else {
          ctx.setTransform(view.scale, 0, 0, view.scale, -view.x, -view.y);
          paintFills(ctx, look, content.cells);
          ctx.setTransform(1, 0, 0, 1, 0, 0);
        }
      }
    }
    this.forget(Math.max(KEPT, 2 * seen));
    return waiting === 0;
  }

  private suit(look: Look, scale: number): void {
    const old = this.look;
    this.contents = index(look.scene, scale);
    const same = old && this.scale === scale && (Object.keys(look) as (keyof Look)[]).every((key) => old[key] === look[key]);
    if (!same) this.forget(0);
    this.look = look;
    this.scale = scale;
  }

  private paint(old: Surface | undefined, column: number, row: number, { cells, labels }: Content, look: Look, view: View, stamp: number): Patch {
    const canvas = old ?? this.spare.pop() ?? surface(WIDTH, HEIGHT);
    const ctx = canvas.getContext("2d", { alpha: false }) as Context;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = colours[look.theme].bg;
    ctx.fillRect(0, 0, WIDTH, HEIGHT);
    ctx.setTransform(view.scale, 0, 0, view.scale, -column * WIDTH, -row * HEIGHT);
    ctx.textBaseline = "middle";
    paintLabels(ctx, look, labels);
    paintCells(ctx, look, cells, view.scale, view.now);
    return { surface: canvas, stamp };
  }

  // All but the `most` last seen; their surfaces are used again.
  private forget(most: number): void {
    for (const [key, patch] of this.patches) {
      if (this.patches.size <= most) return;
      this.patches.delete(key);
      if (this.spare.length < KEPT) this.spare.push(patch.surface);
    }
  }
}
