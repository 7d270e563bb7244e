import { describe, expect, it } from "vitest";
import { conditionsIn, filterOf, LONGEST_WORDS, queryOf, wishIn } from "./wish";

describe("INV-07: looking for a room", () => {
  it("sends words with single spaces, whichever keyboard made them, and no more than the server takes", () => {
    expect(queryOf("  3栋　 1806 ")).toBe("3栋 1806");
    expect(queryOf(undefined)).toBe("");
    expect(queryOf("　")).toBe("");
    expect(queryOf("室".repeat(80))).toHaveLength(LONGEST_WORDS);
  });

  it("writes every condition into one filter, in the server's units, and the words into none", () => {
    expect(filterOf({ words: "3栋", state: "AVAILABLE", layout: "C1", orientation: "S", areaFrom: 89.5, priceTo: 300, floorFrom: 3, floorTo: 18 })).toBe(
      'state = AVAILABLE AND layout = "C1" AND orientation = "S" AND built_area_hundredths >= 8950 AND list_price <= 300000000 AND floor >= 3 AND floor <= 18',
    );
    expect(filterOf({ words: "3栋" })).toBe("");
  });

  it("lets no quotation mark out of a value", () => {
    expect(filterOf({ layout: 'C1" OR state = HELD \\' })).toBe('layout = "C1 OR state = HELD "');
  });

  it("counts a condition at zero, not an empty one, and not the words that stand in sight", () => {
    expect(conditionsIn({ words: "3栋", layout: "", orientation: undefined, areaFrom: 0, state: "HELD" })).toBe(2);
  });

  it("opens with what is on sale unless the address says otherwise", () => {
    expect(wishIn(null)).toEqual({ state: "AVAILABLE" });
    expect(wishIn("{\"words\":")).toEqual({ state: "AVAILABLE" });
    expect(wishIn("7")).toEqual({ state: "AVAILABLE" });
    expect(wishIn("{}")).toEqual({});
    expect(wishIn('{"words":"3栋"}')).toEqual({ words: "3栋" });
  });
});
