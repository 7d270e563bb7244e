// The control chart's rooms in columns, one byte of state each, as the server sends them; changed in place by live events.
import { isA } from "../api/events";
import { readVector, type LiveEvent, type Position } from "../api/live";
import type { ChartColumns, HoldKind } from "../api/types";
import { ROOM_STATES, type RoomState } from "../theme/tokens";

// RoomState by its number in the proto; the low four bits of a state byte.
export const STATE_OF: (RoomState | undefined)[] = [undefined, ...ROOM_STATES];
const KINDS: HoldKind[] = ["HOLD_KIND_UNSPECIFIED", "CUSTOMER", "MANAGER", "COMPANY"];

export interface ChartModel {
  project: string;
  position: Position;
  count: number;
  buildings: string[];
  entrances: string[];
  layouts: string[];
  ids: Uint8Array;
  states: Uint8Array;
  building: Uint16Array;
  entrance: Uint16Array;
  layout: Uint16Array;
  floors: Int16Array;
  numbers: string[];
  area: Float64Array;
  price: Float64Array;
  heldUntil: Map<number, number>;
  changedAt: Map<number, number>;
  index: Map<string, number> | undefined;
}

function bytes(base64: string): Uint8Array {
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) out[at] = text.charCodeAt(at);
  return out;
}

// Column by column, so that whoever decodes thousands of rooms may pause between two.
export function* decoding(columns: ChartColumns): Generator<undefined, ChartModel> {
  const states = bytes(columns.states);
  const ids = bytes(columns.roomIds);
  yield;
  const [building, entrance] = [Uint16Array.from(columns.buildingIndex), Uint16Array.from(columns.entranceIndex)];
  const [layout, floors] = [Uint16Array.from(columns.layoutIndex), Int16Array.from(columns.floors)];
  yield;
  const area = Float64Array.from(columns.builtAreaHundredths);
  yield;
  const price = Float64Array.from(columns.listPriceMinor, Number);
  yield;
  return {
    project: columns.project,
    position: readVector(columns.position).get("inventory") ?? { epoch: 0, position: 0 },
    count: states.length,
    buildings: columns.buildings, entrances: columns.entrances, layouts: columns.layouts,
    ids, states, building, entrance, layout, floors, numbers: columns.numbers, area, price,
    heldUntil: new Map(columns.holds.map((hold) => [hold.index, Number(hold.untilUnixS) * 1000])),
    changedAt: new Map(),
    index: undefined,
  };
}

export function decode(columns: ChartColumns): ChartModel {
  const steps = decoding(columns);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function idOf(model: ChartModel, room: number): string {
  let text = "";
  for (let at = 0; at < 16; at++) {
    if (at === 4 || at === 6 || at === 8 || at === 10) text += "-";
    text += HEX[model.ids[room * 16 + at]!];
  }
  return text;
}

export const nameOf = (model: ChartModel, room: number): string => `${model.project}/rooms/${idOf(model, room)}`;

// The room's place in the columns, -1 when it is none of this chart. The dictionary is made when first needed.
export function find(model: ChartModel, name: string): number {
  if (!model.index) {
    model.index = new Map();
    for (let room = 0; room < model.count; room++) model.index.set(idOf(model, room), room);
  }
  return model.index.get(name.slice(name.lastIndexOf("/") + 1)) ?? -1;
}

export const stateOf = (model: ChartModel, room: number): RoomState => STATE_OF[model.states[room]! & 15] ?? "LOCKED";
export const kindOf = (model: ChartModel, room: number): HoldKind => KINDS[model.states[room]! >> 4] ?? "CUSTOMER";

function put(model: ChartModel, room: number, state: string, kind: string | undefined, until: string | null | undefined): void {
  const code = ROOM_STATES.indexOf(state as RoomState) + 1;
  if (code === 0) return;
  const letter = state === "HELD" ? Math.max(0, KINDS.indexOf(kind as HoldKind)) : 0;
  model.states[room] = code | (letter << 4);
  if (state === "HELD" && until) model.heldUntil.set(room, new Date(until).getTime());
  else model.heldUntil.delete(room);
}

export interface Change {
  room: number;
  state: RoomState;
  actor: string;
  time: string;
}

// Applies one live event. Answers the change to show, "same" when the event does not concern this chart, "reread" when only
// a new snapshot tells.
export function apply(model: ChartModel, event: LiveEvent, now: number): Change | "same" | "reread" {
  const payload = event.payload as Record<string, unknown>;
  if (payload.project !== model.project) return "same";
  if (isA(event, "RoomStateChanged")) {
    const room = find(model, String(payload.room));
    if (room < 0) return "reread";
    put(model, room, String(payload.to), payload.holdKind as string, payload.heldUntil as string | null);
    model.changedAt.set(room, now);
    return { room, state: stateOf(model, room), actor: String(payload.team ?? ""), time: String(payload.time || event.time) };
  }
  if (isA(event, "RoomsChanged") || isA(event, "PriceTablePublished")) return "reread";
  return "same";
}

export interface Tally {
  count: number;
  value: number;
}

export type Tallies = Record<RoomState, Tally> & { all: Tally };

// Rooms and their list value per state: of each building, and behind them of all.
export function talliesOf(model: ChartModel): Tallies[] {
  const empty = () => ({ count: 0, value: 0 });
  const out = Array.from({ length: model.buildings.length + 1 }, () =>
    ({ ...Object.fromEntries(ROOM_STATES.map((state) => [state, empty()])), all: empty() }) as Tallies);
  const every = out.at(-1)!;
  for (let room = 0; room < model.count; room++) {
    const [state, value] = [stateOf(model, room), model.price[room]!];
    for (const tallies of [out[model.building[room]!]!, every]) {
      tallies[state].count++;
      tallies[state].value += value;
      tallies.all.count++;
      tallies.all.value += value;
    }
  }
  return out;
}

// 去化: what is subscribed or further, of everything that was released.
export const SOLD: RoomState[] = ["SUBSCRIBED", "SIGNED", "FILED", "DELIVERED", "CHANGING"];
export function soldOf(tallies: Tallies): { sold: Tally; released: Tally } {
  const sum = (states: RoomState[]) =>
    states.reduce((all, state) => ({ count: all.count + tallies[state].count, value: all.value + tallies[state].value }), { count: 0, value: 0 });
  return { sold: sum(SOLD), released: sum([...SOLD, "AVAILABLE", "HELD"]) };
}
