import { describe, expect, it } from "vitest";
import { ApiError } from "../api/error";
import { marksOf } from "./marks";

const refused = (reason: string, fields: { field: string; description: string }[] = []) =>
  new ApiError(400, { error: { message: "refused", details: [{ reason }, { fieldViolations: fields }] } }, "r1");

describe("UX-33: a refusal stands under its field", () => {
  it("finds the field inside the path the server names", () => {
    const error = refused("INVALID_FIELD", [{ field: "layout.displayName", description: "too long" }, { field: "parent", description: "unknown" }]);
    expect(marksOf(error, ["code", "displayName"])).toEqual([{ name: "displayName", errors: ["too long"] }]);
  });

  it("finds a field of a row, and the list itself when the row has no fields", () => {
    const error = refused("INVALID_FIELD", [{ field: "units[1].builtAreaHundredths", description: "too small" }, { field: "skipFloors[2]", description: "no number" }]);
    expect(marksOf(error, ["units", "skipFloors"])).toEqual([{ name: ["units", 1, "builtAreaHundredths"], errors: ["too small"] }, { name: "skipFloors", errors: ["no number"] }]);
  });

  it("takes no field for another that ends alike", () => {
    expect(marksOf(refused("INVALID_FIELD", [{ field: "consultant.teamDisplayName", description: "too long" }]), ["displayName"])).toEqual([]);
  });

  it("puts a refusal without fields under the one its reason is about, once", () => {
    const about = { CONSULTANT_LEFT: "successor" };
    expect(marksOf(refused("CONSULTANT_LEFT"), ["successor"], about)).toEqual([{ name: "successor", errors: ["refused"] }]);
    expect(marksOf(refused("CONSULTANT_LEFT", [{ field: "successor", description: "has left" }]), ["successor"], about)).toEqual([{ name: "successor", errors: ["has left"] }]);
    expect(marksOf(refused("DOCUMENT_BUSY"), ["successor"], about)).toEqual([]);
  });

  it("marks nothing when the line is down", () => {
    expect(marksOf(new Error("offline"), ["successor"])).toEqual([]);
    expect(marksOf(undefined, ["successor"])).toEqual([]);
  });
});
