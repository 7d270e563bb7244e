import { describe, expect, it } from "vitest";
import type { LiveEvent } from "../api/live";
import { columnsOf } from "../testing/rooms";
import { apply, decode, find, kindOf, nameOf, soldOf, stateOf, talliesOf } from "./model";
import { buildingScene, cellAt, columnKey, projectScene } from "./scene";

const event = (payload: Record<string, unknown>, type = "lintel.inventory.v1.RoomStateChanged"): LiveEvent => ({
  type, service: "inventory", epoch: 1, position: 9, durable: true, aggregate: "", time: "2026-11-23T06:32:40Z", payload,
});

describe("INV-03: the control chart's columns", () => {
  it("decodes ids, states and kinds of hold", () => {
    const model = decode(columnsOf(2, 3, 4));
    expect(model.count).toBe(24);
    expect(model.position).toEqual({ epoch: 1, position: 7 });
    expect(find(model, nameOf(model, 17))).toBe(17);
    expect(find(model, "projects/x/rooms/unknown")).toBe(-1);
  });

  it("a live event changes the byte, the hold and the tally", () => {
    const model = decode(columnsOf(1, 3, 4));
    const change = apply(model, event({
      project: model.project, room: nameOf(model, 5), to: "HELD", holdKind: "MANAGER", heldUntil: "2026-11-23T10:00:00Z",
    }), 1000);
    expect(change).toMatchObject({ room: 5, state: "HELD" });
    expect([stateOf(model, 5), kindOf(model, 5)]).toEqual(["HELD", "MANAGER"]);
    expect(model.heldUntil.get(5)).toBe(Date.parse("2026-11-23T10:00:00Z"));
    expect(talliesOf(model)[0]!.HELD.count).toBe(1);
    apply(model, event({ project: model.project, room: nameOf(model, 5), to: "SUBSCRIBED" }), 2000);
    expect(model.heldUntil.has(5)).toBe(false);
    expect(soldOf(talliesOf(model).at(-1)!)).toMatchObject({ sold: { count: 1 }, released: { count: 12 } });
  });

  it("leaves events of other projects alone and asks for a snapshot when a room is new", () => {
    const model = decode(columnsOf(1, 1, 1));
    expect(apply(model, event({ project: "projects/other", room: nameOf(model, 0), to: "HELD" }), 1)).toBe("same");
    expect(apply(model, event({ project: model.project, room: `${model.project}/rooms/new`, to: "HELD" }), 1)).toBe("reread");
    expect(apply(model, event({ project: model.project }, "lintel.inventory.v1.RoomsChanged"), 1)).toBe("reread");
    expect(stateOf(model, 0)).toBe("AVAILABLE");
  });
});

describe("INV-03: where rooms stand", () => {
  it("puts 1806 and 306 into one column, and odd numbers into their own", () => {
    expect(columnKey("1806", 18)).toBe(columnKey("306", 3));
    expect(columnKey("01", 7)).toBe("01");
    expect(columnKey("18", 18)).toBe("18");
  });

  it("finds the cell under a point again", () => {
    const model = decode(columnsOf(2, 10, 8));
    const scene = buildingScene(model, 1, 900, false);
    const cell = scene.cellOf[95]!;
    expect(cellAt(scene, scene.x[cell]! + 3, scene.y[cell]! + 3)).toBe(cell);
    expect(cellAt(scene, 1, 1)).toBe(-1);
    expect(scene.rows).toHaveLength(10);
    expect(scene.width).toBeLessThanOrEqual(900);
  });

  it("says what a column's rooms share, and leaves room for the sums of a floor", () => {
    const columns = columnsOf(1, 3, 4);
    const texts = (scene: ReturnType<typeof buildingScene>) => scene.labels.map((label) => label.text);
    const scene = buildingScene(decode(columns), 0, 900, false);
    expect(texts(scene)).toEqual(expect.arrayContaining(["01 C1", "04 C1", "96.42 ㎡"]));
    expect(scene.sums![1]).toBeLessThan(scene.width);
    expect(scene.sums![0]).toBeGreaterThan(Math.max(...scene.x) + scene.cellW);
    columns.builtAreaHundredths = columns.builtAreaHundredths.map((area, room) => area + (room % 4 === 0 ? room : 0));
    expect(texts(buildingScene(decode(columns), 0, 900, false)).filter((text) => text === "96.42 ㎡")).toHaveLength(3);
    const phone = buildingScene(decode(columns), 0, 390, true);
    expect(phone.sums).toBeUndefined();
    expect(texts(phone)).toContain("01");
  });

  it("lays out 10,000 rooms within a frame", () => {
    const model = decode(columnsOf(20, 50, 10));
    const began = performance.now();
    const scene = projectScene(model, 1200);
    expect(performance.now() - began).toBeLessThan(250);
    expect(scene.room).toHaveLength(10_000);
    expect(scene.cellOf.every((cell) => cell >= 0)).toBe(true);
  });
});
