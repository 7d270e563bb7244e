// What a person may change about a consultant, and what becomes of a change when somebody else was faster.
import type { Consultant } from "../api/types";
import { dayText } from "../format/use";

export interface Typed {
  displayName: string;
  operatorName: string;
  team: string;
  // "2026-12-31", empty for none.
  joinDate: string;
  leaveDate: string;
}
export type Field = keyof Typed;

const FIELDS: Field[] = ["displayName", "operatorName", "team", "joinDate", "leaveDate"];

export const typedOf = (one: Consultant): Typed => ({
  displayName: one.displayName, operatorName: one.operatorName, team: one.team, joinDate: dayText(one.joinDate), leaveDate: dayText(one.leaveDate),
});

export const differing = (one: Typed, two: Typed): Field[] => FIELDS.filter((field) => one[field] !== two[field]);

// `base` was read first and `latest` last. What was typed stays; everything else becomes what it is now. `theirs`: what somebody
// else changed between the two.
export function merge(base: Typed, latest: Typed, typed: Typed): { values: Typed; theirs: Field[] } {
  const mine = differing(base, typed);
  const values = Object.fromEntries(FIELDS.map((field) => [field, mine.includes(field) ? typed[field] : latest[field]])) as unknown as Typed;
  return { values, theirs: differing(base, latest) };
}
