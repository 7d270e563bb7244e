import { describe, expect, it } from "vitest";
import { columnsOf } from "../testing/rooms";
import { dress } from "../theme/fills";
import { stampOf, type Look } from "./cells";
import { apply, decode, nameOf } from "./model";
import { sceneOf } from "./scene";

const NOW = Date.parse("2026-11-23T06:32:40Z");

function look(building: number): Look {
  const model = decode(columnsOf(2, 10, 8));
  const scene = sceneOf(model, building, 900, false);
  return { model, scene, theme: "light", paints: dress("light", {}), shown: undefined, measure: () => "", letters: { MANAGER: "M", COMPANY: "C" } };
}

function hold(one: Look, room: number, until: string): void {
  apply(one.model, {
    type: "lintel.inventory.v1.RoomStateChanged", service: "inventory", epoch: 1, position: 9, durable: true, aggregate: "", time: "",
    payload: { project: one.model.project, room: nameOf(one.model, room), to: "HELD", holdKind: "CUSTOMER", heldUntil: until },
  }, NOW);
}

describe("INV-03: what is painted again", () => {
  it("is the patch of a room whose state changed, and no other", () => {
    const one = look(0);
    const [here, there] = [[0, 1, 2], [40, 41, 42]];
    const before = [stampOf(one, here, NOW), stampOf(one, there, NOW)];
    hold(one, one.scene.room[1]!, "2026-11-24T06:32:40Z");
    expect(stampOf(one, here, NOW)).not.toBe(before[0]);
    expect(stampOf(one, there, NOW)).toBe(before[1]);
  });

  it("is a hold about to end, once a minute, where its countdown is written", () => {
    const one = look(0);
    hold(one, one.scene.room[1]!, "2026-11-23T07:00:00Z");
    const at = stampOf(one, [0, 1], NOW);
    expect(stampOf(one, [0, 1], NOW + 10_000)).toBe(at);
    expect(stampOf(one, [0, 1], NOW + 60_000)).not.toBe(at);
    const small = look(-1);
    hold(small, small.scene.room[1]!, "2026-11-23T07:00:00Z");
    expect(stampOf(small, [0, 1], NOW + 60_000)).toBe(stampOf(small, [0, 1], NOW));
  });

  it("SAL-13b: is nothing while a hold has hours left", () => {
    const one = look(0);
    hold(one, one.scene.room[1]!, "2026-11-24T06:32:40Z");
    expect(stampOf(one, [0, 1], NOW + 3600_000)).toBe(stampOf(one, [0, 1], NOW));
  });
});

describe("INV-03: going back and forth", () => {
  it("computes no place twice, and other places for another width", () => {
    const { model } = look(0);
    expect(sceneOf(model, 1, 900, false)).toBe(sceneOf(model, 1, 900, false));
    expect(sceneOf(model, 1, 700, false)).not.toBe(sceneOf(model, 1, 900, false));
    expect(sceneOf(model, -1, 900, false).room).toHaveLength(model.count);
  });
});
