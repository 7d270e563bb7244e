// Payment plans and the schedules they give (BX-04): every fen of the price is due exactly once, the remainder line
// takes what rounding leaves.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/clock/calendar.h"
#include "platform/money/money.h"

namespace lintel::finance {

enum class PlanKind { kOneOff = 1, kInstalments = 2, kMortgage = 3 };
enum class LineKind { kDeposit = 1, kDownPayment = 2, kInstalment = 3, kLoan = 4, kBalance = 5 };

// "DEPOSIT", "DOWN_PAYMENT", ... and back; INVALID_ARGUMENT naming `field` for other words.
std::string ToWord(LineKind kind);
absl::StatusOr<LineKind> ToLineKind(const std::string& field, const std::string& word);

struct PlanLine {
  LineKind kind = LineKind::kBalance;
  int64_t ppm = 0;     // Of the price. 0 for the deposit line and for the remainder line.
  int due_months = 0;  // After the subscription's day: months first,
  int due_days = 0;    // then days.
};

struct PaymentPlan {
  PlanKind kind = PlanKind::kOneOff;
  std::vector<PlanLine> lines;
  int64_t loan_step_minor = 1'000'000;  // A loan is a multiple of this (10,000 yuan), rounded down.
};

struct ScheduleItem {
  int sequence = 0;
  LineKind kind = LineKind::kBalance;
  Date due_date;
  Money amount;
};

// PLAN_UNFIT unless the lines can add up to any price: 1 to 60 lines, the deposit first if at all, exactly one
// remainder line, shares below 100 %, a loan only in a mortgage.
absl::Status CheckPlan(const PaymentPlan& plan);

// The schedule of a price. The deposit counts toward it (Civil Code Art. 587). PLAN_UNFIT when a line would not be
// positive (a deposit or a step too large for the price).
absl::StatusOr<std::vector<ScheduleItem>> MakeSchedule(const PaymentPlan& plan, const Money& price,
                                                       const Money& deposit, Date start);

// DEPOSIT_BEYOND_LIMIT when a 定金 is more than 20 % of the price (Civil Code Art. 586).
absl::Status CheckDeposit(const Money& price, const Money& deposit, bool earnest);

}  // namespace lintel::finance
