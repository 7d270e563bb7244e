import { describe, expect, it } from "vitest";
import type { Consultant } from "../api/types";
import { standingOf } from "./standing";

const leaving = (year: number, month: number, day: number): Consultant => ({
  name: "consultants/k1", code: "A1", displayName: "甲", operatorName: "", team: "", teamDisplayName: "", leaveDate: { year, month, day },
});

describe("INV-04: when a consultant is gone", () => {
  it("is there without a leave date, also one sent as null", () => {
    expect(standingOf({ ...leaving(2026, 1, 1), leaveDate: undefined })).toBe("here");
    expect(standingOf({ ...leaving(2026, 1, 1), leaveDate: null })).toBe("here");
  });

  it("is gone from the first second of the leave date, as the firm's calendar counts it", () => {
    expect(standingOf(leaving(2026, 7, 1), Date.parse("2026-06-30T23:59:59+08:00"))).toBe("leaving");
    expect(standingOf(leaving(2026, 7, 1), Date.parse("2026-07-01T00:00:00+08:00"))).toBe("left");
  });
});
