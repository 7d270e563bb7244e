// What a presale permit is worth on a day.
import type { Permit } from "../api/types";
import { dayText } from "../format/use";

export type PermitState = "REVOKED" | "ENDED" | "COMING" | "IN_FORCE";

// `today` as "2026-12-31", in the project's time zone. The last day still counts.
export function permitState(permit: Permit, today: string): PermitState {
  if (permit.revoked) return "REVOKED";
  const until = dayText(permit.validUntil);
  if (until !== "" && until < today) return "ENDED";
  return dayText(permit.validFrom) > today ? "COMING" : "IN_FORCE";
}
