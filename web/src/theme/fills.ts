// Room states in colours that a person chose (INV-03). Only the fill is chosen: text, edge and stripe follow from it, so that
// a state stays readable and its mark visible whatever somebody picks.
import { contrast, distanceWithoutGreen, mix } from "./colour";
import { colours, extremes, ROOM_STATES, states, type RoomState, type StatePaint, type ThemeName } from "./tokens";

export type Fills = Partial<Record<RoomState, string>>;
export type StatePaints = Record<RoomState, StatePaint>;

const READABLE = 4.5;
const VISIBLE = 3;
const APART = 10;
const STRIPES = [0.14, 0.2, 0.28, 0.36];
const SEEN = 1.08;

export const isFill = (text: unknown): text is string => typeof text === "string" && /^#[0-9a-f]{6}$/i.test(text);

// What may come from elsewhere, a server or this browser's store, reduced to states and fills we know.
export function readFills(raw: unknown): Fills {
  const record = (raw ?? {}) as Record<string, unknown>;
  return Object.fromEntries(ROOM_STATES.filter((state) => isFill(record[state])).map((state) => [state, (record[state] as string).toUpperCase()]));
}

// An operator's own choice as its preference keeps it; whatever is no such text chooses nothing.
export function parseFills(text: string): Fills {
  try {
    return readFills(JSON.parse(text || "{}"));
  } catch {
    return {};
  }
}

// The ink that can be read on `fill`: the design's own if it can, else black or white, one of which always can.
export function inkOn(fill: string): string {
  const { white, ink, black } = extremes;
  if (contrast(white, fill) >= READABLE) return white;
  return contrast(ink, fill) >= READABLE ? ink : black;
}

// The fill, moved away from the panel until its edge shows.
function edgeOn(fill: string, surface: string, ink: string): string {
  for (let share = 0.25; share < 1; share += 0.15) {
    const edge = mix(fill, ink, share);
    if (contrast(edge, surface) >= VISIBLE) return edge;
  }
  return ink;
}

export function dressOne(theme: ThemeName, state: RoomState, fill: string): StatePaint {
  const text = inkOn(fill);
  const away = text === extremes.white ? extremes.black : extremes.white;
  const { surface, ink } = colours[theme];
  // A stripe away from the text's tone can only help reading; a fill that is there already has contrast to spare.
  const stripe = STRIPES.map((share) => mix(fill, away, share)).find((tone) => contrast(tone, fill) >= SEEN) ?? mix(fill, text, STRIPES[0]!);
  return { fill, text, edge: edgeOn(fill, surface, ink), pattern: states[theme][state].pattern ? stripe : undefined };
}

export function dress(theme: ThemeName, fills: Fills): StatePaints {
  return Object.fromEntries(ROOM_STATES.map((state) => [state, fills[state] ? dressOne(theme, state, fills[state]) : states[theme][state]])) as StatePaints;
}

// The state whose fill a reader without green cones could take for this one's.
export function twinOf(paints: StatePaints, state: RoomState): RoomState | undefined {
  return ROOM_STATES.find((other) => other !== state && distanceWithoutGreen(paints[other].fill, paints[state].fill) < APART);
}
