#include "services/sales/domain/policy.h"

#include "platform/status/status.h"

namespace lintel::sales {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

absl::Status Between(const std::string& field, seconds value, seconds low, seconds high) {
  if (value >= low && value <= high) return absl::OkStatus();
  return InvalidField("policy." + field, fmt::format("must be from {} to {} seconds", low.count(), high.count()));
}

}  // namespace

absl::Status CheckPolicy(const Policy& policy) {
  constexpr hours kYear{24 * 365};
  RETURN_IF_ERROR(Between("hold_period", policy.hold_period, seconds(60), kYear));
  RETURN_IF_ERROR(Between("longest_hold", policy.longest_hold, policy.hold_period, kYear));
  RETURN_IF_ERROR(Between("subscription_period", policy.subscription_period, seconds(60), kYear));
  RETURN_IF_ERROR(Between("reminder_lead", policy.reminder_lead, seconds(0), kYear));
  if (policy.most_extensions < 0 || policy.most_extensions > 100) {
    return InvalidField("policy.most_extensions", "must be 0 to 100");
  }
  if (policy.hold_fee.minor_units < 0) return InvalidField("policy.hold_fee", "must not be negative");
  if (policy.deposit.minor_units < 0) return InvalidField("policy.deposit", "must not be negative");
  if (policy.consultant_discount_limit_ppm < 0 || policy.consultant_discount_limit_ppm > 1'000'000) {
    return InvalidField("policy.consultant_discount_limit_ppm", "must be 0 to 1000000");
  }
  if (policy.manager_discount_limit_ppm < policy.consultant_discount_limit_ppm ||
      policy.manager_discount_limit_ppm > 1'000'000) {
    return InvalidField("policy.manager_discount_limit_ppm", "must be from the consultants' limit to 1000000");
  }
  return absl::OkStatus();
}

absl::StatusOr<Instant> HoldExpiry(const Policy& policy, Instant now, std::optional<Instant> asked) {
  const Instant expiry = asked.value_or(now + policy.hold_period);
  if (expiry <= now) return InvalidField("hold.expire_time", "must be in the future");
  if (expiry > now + policy.longest_hold)
    return InvalidField("hold.expire_time", "is beyond the longest hold of the project");
  return expiry;
}

absl::StatusOr<Instant> ExtendedExpiry(const Policy& policy, Instant placed, Instant current, int extensions,
                                       Instant now, std::optional<Instant> asked) {
  if (extensions >= policy.most_extensions) {
    return Refused("HOLD_EXTENSIONS_USED", "the hold was extended as often as the policy allows",
                   {{"most", std::to_string(policy.most_extensions)}});
  }
  const Instant last = placed + policy.longest_hold;
  const Instant expiry = asked.value_or(std::min(current + policy.hold_period, last));
  if (expiry <= current || expiry <= now) return InvalidField("expire_time", "must be later than it is now");
  if (expiry > last) return InvalidField("expire_time", "is beyond the longest hold of the project");
  return expiry;
}

absl::Status CheckDiscountRight(const Policy& policy, int64_t discount_ppm, bool may_approve) {
  const int64_t limit = may_approve ? policy.manager_discount_limit_ppm : policy.consultant_discount_limit_ppm;
  if (discount_ppm <= limit) return absl::OkStatus();
  return Refused("DISCOUNT_BEYOND_RIGHT", "the discount is deeper than the operator may grant",
                 {{"limit", fmt::format("{}.{:02}", limit / 10'000, limit / 100 % 100)}});
}

}  // namespace lintel::sales
