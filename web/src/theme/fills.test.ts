import { describe, expect, it } from "vitest";
import { contrast } from "./colour";
import { dress, dressOne, inkOn, parseFills, readFills, twinOf } from "./fills";
import { colours, ROOM_STATES, states, type ThemeName } from "./tokens";

const themes: ThemeName[] = ["light", "dark"];
const levels = ["00", "33", "66", "80", "99", "CC", "FF"];
const everyColour = levels.flatMap((r) => levels.flatMap((g) => levels.map((b) => `#${r}${g}${b}`)));

describe("INV-03: room states in chosen colours", () => {
  it("keep their text readable on every fill, and on its stripe", () => {
    for (const fill of everyColour) {
      expect(contrast(inkOn(fill), fill), fill).toBeGreaterThanOrEqual(4.5);
      const paint = dressOne("light", "LOCKED", fill);
      expect(paint.pattern).not.toBe(paint.fill);
      expect(contrast(paint.text, paint.pattern!), `${fill} stripe`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("keep an edge that shows on the panel of both themes", () => {
    for (const theme of themes) {
      for (const fill of everyColour) expect(contrast(dressOne(theme, "HELD", fill).edge, colours[theme].surface), fill).toBeGreaterThanOrEqual(3);
    }
  });

  it("leave states alone that nobody chose a colour for", () => {
    for (const theme of themes) {
      const paints = dress(theme, { HELD: "#00AAFF" });
      expect(paints.HELD.fill).toBe("#00AAFF");
      for (const state of ROOM_STATES) if (state !== "HELD") expect(paints[state]).toEqual(states[theme][state]);
    }
  });

  it("name the state a reader without green cones could take for another", () => {
    expect(twinOf(dress("light", {}), "HELD")).toBeUndefined();
    expect(twinOf(dress("light", { HELD: "#C43F2D" }), "HELD")).toBe("SIGNED");
  });

  it("take only known states and whole colours from elsewhere", () => {
    expect(readFills({ HELD: "#00aaff", SOLD: "#112233", FILED: "red", SIGNED: "#FFF", LOCKED: 7 })).toEqual({ HELD: "#00AAFF" });
    expect(readFills(null)).toEqual({});
    expect(parseFills('{"HELD":"#00aaff"}')).toEqual({ HELD: "#00AAFF" });
    for (const text of ["", "{", "null", "7", '"HELD"']) expect(parseFills(text), text).toEqual({});
  });
});
