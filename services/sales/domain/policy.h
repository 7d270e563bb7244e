// The rules a project sells by (CFG-01 to 09): how long a hold lasts, what it costs, how deep a discount may go.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "platform/clock/clock.h"
#include "platform/money/money.h"

namespace lintel::sales {

enum class HoldKind { kCustomer = 1, kManager = 2, kCompany = 3 };
enum class DepositKind { kEarnest = 1, kPrepayment = 2 };  // 定金, 订金

struct Policy {
  std::chrono::seconds hold_period = std::chrono::hours(48);
  std::chrono::seconds longest_hold = std::chrono::hours(24 * 7);  // From the placing, extensions included.
  int most_extensions = 2;
  Money hold_fee;
  std::chrono::seconds subscription_period = std::chrono::hours(24 * 7);
  Money deposit;
  DepositKind deposit_kind = DepositKind::kEarnest;
  std::chrono::seconds reminder_lead = std::chrono::hours(2);
  bool alerts_off = false;
  bool hold_expiry_releases = true;
  int64_t consultant_discount_limit_ppm = 20'000;
  int64_t manager_discount_limit_ppm = 100'000;
  Instant valid_from;
  int64_t version = 0;  // 0: the default, nothing was set.
};

// INVALID_ARGUMENT names the field.
absl::Status CheckPolicy(const Policy& policy);

// When a hold placed at `now` ends: as asked, or by the policy. INVALID_ARGUMENT expire_time when it is past or beyond
// the longest hold.
absl::StatusOr<Instant> HoldExpiry(const Policy& policy, Instant now, std::optional<Instant> asked);

// A later end for a hold placed at `placed` and extended `extensions` times. HOLD_EXTENSIONS_USED, or INVALID_ARGUMENT
// expire_time.
absl::StatusOr<Instant> ExtendedExpiry(const Policy& policy, Instant placed, Instant current, int extensions,
                                       Instant now, std::optional<Instant> asked);

// DISCOUNT_BEYOND_RIGHT (metadata limit, in percent) when `discount_ppm` is deeper than the operator may go.
absl::Status CheckDiscountRight(const Policy& policy, int64_t discount_ppm, bool may_approve);

}  // namespace lintel::sales
