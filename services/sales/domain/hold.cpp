#include "services/sales/domain/hold.h"

#include <fmt/format.h>

#include "platform/status/status.h"

namespace lintel::sales {

absl::Status CheckActive(const Hold& hold) {
  if (hold.state != "ACTIVE") {
    return Refused("HOLD_NOT_ACTIVE", "the hold is " + hold.state, {{"state", hold.state}});
  }
  if (!hold.busy.empty()) {
    return WithReason(absl::StatusCode::kAborted, "DOCUMENT_BUSY", "the hold is being changed");
  }
  return absl::OkStatus();
}

absl::StatusOr<Instant> ExtendedExpiry(const Hold& hold, const Policy& policy, Instant now,
                                       std::optional<Instant> asked) {
  RETURN_IF_ERROR(CheckActive(hold));
  if (hold.extensions >= policy.most_extensions) {
    return Refused("EXTENSIONS_USED", "the hold was extended as often as the policy allows",
                   {{"most", std::to_string(policy.most_extensions)}});
  }
  const Instant longest = hold.create_time + policy.longest_hold;
  if (!asked && hold.expire_time < longest) {
    asked = std::min<Instant>(std::max(now, hold.expire_time) + policy.hold_period, longest);
  }
  const Instant until = asked.value_or(longest);
  if (until <= now || until <= hold.expire_time) {
    return InvalidField("expire_time", "must be later than the hold's end and than now");
  }
  if (until > longest) return InvalidField("expire_time", "is beyond the longest hold of the project's policy");
  return until;
}

Expiry JudgeExpiry(const Hold& hold, const Policy& policy, Instant now) {
  if (hold.expire_time > now) return Expiry::kNotYet;
  // A fee may have been paid at the desk: a person looks before the room is given away.
  return policy.hold_expiry_releases && hold.fee.minor_units == 0 ? Expiry::kRelease : Expiry::kTask;
}

std::string FormatNumber(const std::string& prefix, int64_t sequence, int digits) {
  return fmt::format("{}{:0{}}", prefix, sequence, digits);
}

}  // namespace lintel::sales
