// The rules a project sells by (CFG-01, 02, 04, 05, 08, 09), and what follows from them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "platform/clock/clock.h"
#include "platform/money/money.h"

namespace lintel::sales {

enum class DepositKind { kEarnest = 1, kPrepayment = 2 };  // 定金, 订金: the law differs

// As it stands when nobody has set one.
struct Policy {
  std::chrono::seconds hold_period = std::chrono::hours(48);
  std::chrono::seconds longest_hold = std::chrono::hours(7 * 24);  // With extensions
  int most_extensions = 2;
  Money hold_fee;
  std::chrono::seconds subscription_period = std::chrono::hours(7 * 24);
  Money deposit;
  DepositKind deposit_kind = DepositKind::kEarnest;
  std::chrono::seconds reminder_lead = std::chrono::hours(2);
  bool alerts_off = false;
  bool hold_expiry_releases = true;
  int64_t consultant_discount_limit_ppm = 20'000;
  int64_t manager_discount_limit_ppm = 100'000;
  Instant valid_from{};
  int64_t version = 0;  // 0: nobody has set one.
};

// INVALID_ARGUMENT names the field: periods of a minute to a year, sums not negative, limits 0 to 1,000,000.
absl::Status CheckPolicy(const Policy& policy);

// When a hold placed now ends: as asked, else by the policy; refused beyond the longest period or in the past.
absl::StatusOr<Instant> HoldExpiry(const Policy& policy, Instant now, std::optional<Instant> asked);

// When a hold is to be reminded of: the lead before its end, at once when it is shorter than that.
Instant RemindTime(const Policy& policy, Instant now, Instant due);

}  // namespace lintel::sales
