// The canvas and, in the same places, a grid of real cells for keyboards and screen readers.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useT } from "../i18n/provider";
import { composing } from "../keys/registry";
import { useRoomColours } from "../rooms/colours";
import { useTheme } from "../theme/provider";
import { GridRows } from "./Grid";
import { nameOf, type ChartModel } from "./model";
import { paint } from "./painter";
import { cellAt, type Scene } from "./scene";

interface Props {
  model: ChartModel;
  scene: Scene;
  // Grows with every change of the model.
  version: number;
  selected: number;
  shown: Uint8Array | undefined;
  measure: (room: number) => string;
  label: string;
  describe: (room: number) => string;
  onSelect: (room: number, opened: boolean) => void;
}

const MARGIN_ROWS = 8;
// Of the 16 ms of a frame; the rest is the page's.
const BUDGET_MS = 2;

// Where the arrow keys lead from `cell`: to the nearest room in the next row, or the neighbour in the same one.
function step(scene: Scene, cell: number, key: string): number {
  const row = scene.rows.findIndex((one) => one.cells.includes(cell));
  if (row < 0) return scene.rows[0]?.cells[0] ?? -1;
  const cells = scene.rows[row]!.cells;
  const at = cells.indexOf(cell);
  if (key === "ArrowLeft") return cells[Math.max(0, at - 1)]!;
  if (key === "ArrowRight") return cells[Math.min(cells.length - 1, at + 1)]!;
  if (key === "Home") return cells[0]!;
  if (key === "End") return cells.at(-1)!;
  const next = scene.rows[row + (key === "ArrowUp" ? -1 : 1)]?.cells;
  if (!next || next.length === 0) return cell;
  const column = scene.column[cell]!;
  return next.reduce((best, one) => (Math.abs(scene.column[one]! - column) < Math.abs(scene.column[best]! - column) ? one : best));
}

const MOVES = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

export function ChartCanvas({ model, scene, version, selected, shown, measure, label, describe, onSelect }: Props) {
  const t = useT();
  const { name: theme } = useTheme();
  const { paints } = useRoomColours();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [hovered, setHovered] = useState(-1);
  const [firstRow, setFirstRow] = useState(0);
  const pending = useRef(0);
  const painted = useRef({ width: 0, height: 0 });
  const latest = useRef<(budgetMs: number) => void>(() => {});
  const heads = useMemo((): [string, string] => [t("chart.free"), t("chart.sold")], [t]);
  const letters = useMemo(() => ({ MANAGER: t("chart.letterManager"), COMPANY: t("chart.letterCompany") }), [t]);

  const draw = useCallback((budgetMs: number) => {
    cancelAnimationFrame(pending.current);
    pending.current = 0;
    if (!frame.current || !canvas.current) return;
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = frame.current;
    if (painted.current.width !== clientWidth || painted.current.height !== clientHeight) {
      painted.current = { width: clientWidth, height: clientHeight };
      Object.assign(canvas.current.style, { width: `${clientWidth}px`, height: `${clientHeight}px`, marginBottom: `${-clientHeight}px` });
    }
    const done = paint(canvas.current, {
      model, scene, theme, paints, scrollX: scrollLeft, scrollY: scrollTop, width: clientWidth, height: clientHeight, selected,
      hovered, now: Date.now(), budgetMs, shown, measure, letters, heads,
    });
    if (!done) pending.current = requestAnimationFrame(() => latest.current(BUDGET_MS));
  }, [model, scene, theme, paints, selected, hovered, shown, measure, letters, heads]);

  latest.current = draw;

  const ask = useCallback(() => {
    if (pending.current === 0) pending.current = requestAnimationFrame(() => latest.current(BUDGET_MS));
  }, []);

  // A change is painted in the same task that made it: nothing waits for a frame in a hidden tab. New patches do, since that
  // task has laid out a page already.
  useLayoutEffect(() => draw(0), [draw, version]);
  useEffect(() => {
    const timer = setInterval(ask, 4000);
    return () => {
      clearInterval(timer);
      cancelAnimationFrame(pending.current);
      pending.current = 0;
    };
  }, [ask]);
  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = frame.current!;
      if (painted.current.width !== width || painted.current.height !== height) latest.current(0);
      setSize({ width, height });
    });
    watcher.observe(frame.current!);
    return () => watcher.disconnect();
  }, []);

  const rowHeight = scene.cellH + 1;
  const scrolled = () => {
    ask();
    const row = Math.floor((frame.current?.scrollTop ?? 0) / rowHeight);
    if (Math.abs(row - firstRow) >= MARGIN_ROWS / 2) setFirstRow(row);
  };
  const rowsShown = Math.ceil(size.height / rowHeight) + 2 * MARGIN_ROWS;
  const from = Math.max(0, Math.min(firstRow - MARGIN_ROWS, scene.rows.length - rowsShown));

  const roomAt = (event: PointerEvent): number => {
    const box = frame.current!.getBoundingClientRect();
    const cell = cellAt(scene, event.clientX - box.left + frame.current!.scrollLeft, event.clientY - box.top + frame.current!.scrollTop);
    return cell < 0 ? -1 : scene.room[cell]!;
  };

  const pressed = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return;
    if (event.code === "Enter" && selected >= 0) onSelect(selected, true);
    if (!MOVES.has(event.code) || scene.rows.length === 0) return;
    event.preventDefault();
    const cell = step(scene, scene.cellOf[selected] ?? -1, event.code);
    if (cell < 0) return;
    onSelect(scene.room[cell]!, false);
    frame.current?.scrollTo({ top: Math.max(0, scene.y[cell]! - size.height / 2), behavior: "instant" as ScrollBehavior });
  };

  const grid = scene.rows.length > 0;
  return (
    <div
      ref={frame} className="chart-frame" tabIndex={0} onScroll={scrolled} onKeyDown={pressed}
      role={grid ? "grid" : "img"} aria-label={grid ? label : t("chart.overview")}
      aria-rowcount={grid ? scene.rows.length : undefined} aria-colcount={grid ? scene.columns : undefined}
      aria-activedescendant={grid && selected >= 0 ? `room-${selected}` : undefined}
      onPointerMove={(event) => setHovered(roomAt(event))} onPointerLeave={() => setHovered(-1)}
      onPointerUp={(event) => {
        const room = roomAt(event);
        if (room >= 0) onSelect(room, true);
      }}
      data-position={`${model.position.epoch}-${model.position.position}`}
      title={hovered >= 0 ? describe(hovered) : undefined}
      data-hovered={hovered >= 0 ? nameOf(model, hovered) : undefined}
    >
      <canvas ref={canvas} className="chart-canvas" aria-hidden />
      <div className="chart-size" style={{ width: scene.width, height: scene.height }}>
        {grid && <GridRows model={model} scene={scene} from={from} count={rowsShown} selected={selected} describe={describe} />}
      </div>
    </div>
  );
}
