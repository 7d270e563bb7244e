// Whether a consultant is still there: from the day of leaving on nothing new can be done in that name.
import type { Consultant } from "../api/types";
import { isoDay } from "../format/time";
import { dayText } from "../format/use";

export type Standing = "here" | "leaving" | "left";

export function standingOf(one: Consultant, now: number = Date.now()): Standing {
  const leaves = dayText(one.leaveDate);
  if (leaves === "") return "here";
  return leaves <= isoDay(now) ? "left" : "leaving";
}
