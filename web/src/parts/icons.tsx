// The console's own icons (16 px box, 1.4 stroke) and the marks of room states, which mean nothing else.
import type { RoomState } from "../theme/tokens";

const PATHS = {
  home: "M2.5 3.5h11v7h-11zM6 13.5h4M8 10.5v3",
  chart: "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z",
  person: "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM3 13.500a5 4 0 0 1 10 0",
  deal: "M4 2.500h5.500L12.500 5.500v8H4zM9 2.500v3.500h3.500M6 8.500h4.500M6 11h4.500",
  money: "M4 3l4 5 4-5M8 8v5.500M5 8.500h6M5 11h6",
  report: "M2.500 13.500h11M4.500 13V8M8 13V4M11.500 13V6.500",
  scale: "M8 2.500v11M5 13.500h6M3 4.500h10M4 4.500L2 9.500h4zM12 4.500L10 9.500h4z",
  phone: "M3.500 2.500h2.500l1 3-1.500 1.200a8 8 0 0 0 3.800 3.800L10.500 9l3 1v2.500a1 1 0 0 1-1 1A10 10 0 0 1 2.500 3.500a1 1 0 0 1 1-1z",
  gear: "M8 10.200A2.200 2.200 0 1 0 8 5.800a2.200 2.200 0 0 0 0 4.400zM8 2v2M8 12v2M2 8h2M12 8h2M3.800 3.800l1.400 1.400M10.800 10.800l1.400 1.400M3.800 12.200l1.400-1.400M10.800 5.200l1.400-1.400",
  search: "M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.400 10.400L14 14",
  bell: "M4 11V7a4 4 0 1 1 8 0v4l1 1.500H3zM6.500 14.500h3",
  down: "M4 6.500l4 4 4-4",
  up: "M4 10l4-4 4 4",
  left: "M10 3.500L5.500 8l4.500 4.500",
  right: "M6 3.500L10.500 8 6 12.500",
  close: "M4 4l8 8M12 4l-8 8",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.800V8l2.200 1.600",
  check: "M3 8.500l3.500 3.500L13 4.500",
  warn: "M8 2.500l6 11H2zM8 6.500v3.500M8 11.800v.2",
  print: "M4.500 6V2.500h7V6M4.500 11.500h-2V6h11v5.500h-2M4.500 9.500h7v4h-7z",
  table: "M2.500 3.500h11v9h-11zM2.500 6.500h11M6.500 3.500v9",
  plus: "M8 3v10M3 8h10",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  download: "M8 2.500v8M4.500 7.500L8 11l3.500-3.500M3 13.500h10",
  upload: "M8 11V3M4.500 6L8 2.500 11.500 6M3 13.500h10",
  mic: "M8 9.500a2 2 0 0 0 2-2v-3a2 2 0 1 0-4 0v3a2 2 0 0 0 2 2zM4 7.500a4 4 0 0 0 8 0M8 11.500v2.500",
  pause: "M5.500 3.500v9M10.500 3.500v9",
  play: "M5 3.500v9l7-4.500z",
  keypad: "M4 4h.01M8 4h.01M12 4h.01M4 8h.01M8 8h.01M12 8h.01M4 12h.01M8 12h.01M12 12h.01",
  menu: "M2.500 4.500h11M2.500 8h11M2.500 11.500h11",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.500V11M8 5v.2",
  palette: "M8 13.500a5.500 5.500 0 1 1 5.500-5.500c0 1.700-1.300 2.300-2.600 2.300H9.600c-1 0-1.300.9-.8 1.500.6.800.2 1.700-.8 1.700zM5 8.500h.01M6.200 5.500h.01M9.800 5.500h.01M11.300 8h.01",
  undo: "M5.500 3.500L3 6l2.500 2.500M3 6h6a3.500 3.500 0 1 1 0 7H6",
  building: "M4 13.500v-11h8v11M2.500 13.500h11M6.500 5.500h.01M9.500 5.500h.01M6.500 8h.01M9.500 8h.01M7 13.500v-3h2v3",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16, label }: { name: IconName; size?: number; label?: string }) {
  const thick = name === "more" || name === "keypad" ? 2.4 : 1.4;
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" role={label ? "img" : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth={thick} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

// The filling ball: the fuller, the further the deal. Paths in a 12 px box, used by the canvas as well.
export const MARKS: Record<RoomState, { stroke?: string; fill?: string }> = {
  AVAILABLE: { stroke: "M10.500 6A4.500 4.500 0 1 1 1.500 6a4.500 4.500 0 0 1 9 0z" },
  HELD: { stroke: "M10.500 6A4.500 4.500 0 1 1 1.500 6a4.500 4.500 0 0 1 9 0z", fill: "M6 6V1.500A4.500 4.500 0 0 1 10.500 6z" },
  SUBSCRIBED: { stroke: "M10.500 6A4.500 4.500 0 1 1 1.500 6a4.500 4.500 0 0 1 9 0z", fill: "M6 1.500a4.500 4.500 0 0 1 0 9z" },
  SIGNED: { stroke: "M10.500 6A4.500 4.500 0 1 1 1.500 6a4.500 4.500 0 0 1 9 0z", fill: "M6 6H1.500A4.500 4.500 0 1 0 6 1.500z" },
  FILED: { fill: "M10.700 6A4.700 4.700 0 1 1 1.300 6a4.700 4.700 0 0 1 9.400 0z" },
  DELIVERED: { fill: "M.8 6.200L6 1.200l5.200 5H9.700v4.600H2.300V6.200z" },
  CHANGING: { stroke: "M2 4h7.500M7.500 2l2 2-2 2M10 8H2.500M4.500 6l-2 2 2 2" },
  LOCKED: { stroke: "M3.800 5.500V4a2.200 2.200 0 1 1 4.400 0v1.500", fill: "M2.500 5.300h7v5h-7z" },
};

export function Mark({ state, size = 12 }: { state: RoomState; size?: number }) {
  const mark = MARKS[state];
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 12 12" aria-hidden>
      {mark.stroke && <path d={mark.stroke} fill="none" stroke="currentColor" strokeWidth="1.3" />}
      {mark.fill && <path d={mark.fill} fill="currentColor" />}
    </svg>
  );
}

export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden>
      <path d="M2 4h22v5H2z" className="logo-beam" />
      <path d="M5 11h4v12H5zM17 11h4v12h-4z" className="logo-post" />
      <path d="M11 13h4v10h-4z" className="logo-door" />
    </svg>
  );
}
