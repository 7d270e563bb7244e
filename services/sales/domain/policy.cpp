#include "services/sales/domain/policy.h"

#include <algorithm>

#include "platform/status/status.h"

namespace lintel::sales {
namespace {

constexpr std::chrono::seconds kShortest = std::chrono::minutes(1);
constexpr std::chrono::seconds kLongest = std::chrono::hours(366 * 24);
constexpr int64_t kWhole = 1'000'000;

absl::Status CheckPeriod(const char* field, std::chrono::seconds period) {
  if (period >= kShortest && period <= kLongest) return absl::OkStatus();
  return InvalidField(field, "must be from a minute to 366 days");
}

absl::Status CheckLimit(const char* field, int64_t ppm) {
  return ppm >= 0 && ppm <= kWhole ? absl::OkStatus() : InvalidField(field, "must be 0 to 1,000,000");
}

}  // namespace

absl::Status CheckPolicy(const Policy& policy) {
  RETURN_IF_ERROR(CheckPeriod("policy.hold_period", policy.hold_period));
  RETURN_IF_ERROR(CheckPeriod("policy.longest_hold", policy.longest_hold));
  RETURN_IF_ERROR(CheckPeriod("policy.subscription_period", policy.subscription_period));
  RETURN_IF_ERROR(CheckPeriod("policy.reminder_lead", policy.reminder_lead));
  if (policy.hold_period > policy.longest_hold) {
    return InvalidField("policy.longest_hold", "must not be shorter than hold_period");
  }
  if (policy.most_extensions < 0 || policy.most_extensions > 20) {
    return InvalidField("policy.most_extensions", "must be 0 to 20");
  }
  if (policy.hold_fee.minor_units < 0) return InvalidField("policy.hold_fee", "must not be negative");
  if (policy.deposit.minor_units < 0) return InvalidField("policy.deposit", "must not be negative");
  RETURN_IF_ERROR(CheckLimit("policy.consultant_discount_limit_ppm", policy.consultant_discount_limit_ppm));
  RETURN_IF_ERROR(CheckLimit("policy.manager_discount_limit_ppm", policy.manager_discount_limit_ppm));
  return absl::OkStatus();
}

absl::StatusOr<Instant> HoldExpiry(const Policy& policy, Instant now, std::optional<Instant> asked) {
  const Instant expiry = asked.value_or(now + policy.hold_period);
  if (expiry <= now) return InvalidField("hold.expire_time", "must be in the future");
  if (expiry > now + policy.longest_hold) {
    return InvalidField("hold.expire_time", "is beyond the longest hold of the project's policy");
  }
  return expiry;
}

Instant RemindTime(const Policy& policy, Instant now, Instant due) {
  return std::max<Instant>(now, due - policy.reminder_lead);
}

}  // namespace lintel::sales
