// Control charts for tests: `buildings` of `floors` times `units`, all available.
import type { ChartColumns } from "../api/types";

const base64 = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

export function columnsOf(buildings: number, floors: number, units: number): ChartColumns {
  const count = buildings * floors * units;
  const ids = new Uint8Array(count * 16);
  const view = new DataView(ids.buffer);
  const range = Array.from({ length: count }, (_, room) => room);
  for (const room of range) view.setUint32(room * 16 + 12, room);
  const floorOf = (room: number) => floors - (Math.floor(room / units) % floors);
  return {
    project: "projects/p1", position: "inventory:1-7", etag: "e", buildings: Array.from({ length: buildings }, (_, at) => `${at + 1}栋`),
    entrances: ["1单元"], layouts: ["", "C1"], roomIds: base64(ids), states: base64(new Uint8Array(count).fill(2)),
    buildingIndex: range.map((room) => Math.floor(room / (floors * units))), entranceIndex: range.map(() => 0),
    layoutIndex: range.map(() => 1), floors: range.map(floorOf),
    numbers: range.map((room) => `${floorOf(room)}${String((room % units) + 1).padStart(2, "0")}`),
    builtAreaHundredths: range.map(() => 9642), listPriceMinor: range.map(() => "291342672"), holds: [],
  };
}
