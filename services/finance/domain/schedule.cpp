#include "services/finance/domain/schedule.h"

#include <map>

#include "platform/status/status.h"

namespace lintel::finance {
namespace {

constexpr size_t kMostLines = 60;
constexpr int64_t kWhole = 1'000'000;
constexpr int64_t kLargestEarnestPpm = 200'000;

const std::map<LineKind, std::string>& Words() {
  static const std::map<LineKind, std::string> words = {{LineKind::kDeposit, "DEPOSIT"},
                                                        {LineKind::kDownPayment, "DOWN_PAYMENT"},
                                                        {LineKind::kInstalment, "INSTALMENT"},
                                                        {LineKind::kLoan, "LOAN"},
                                                        {LineKind::kBalance, "BALANCE"}};
  return words;
}

absl::Status Unfit(const std::string& why) { return Refused("PLAN_UNFIT", why, {{"cause", why}}); }

bool IsRemainder(const PlanLine& line) { return line.kind != LineKind::kDeposit && line.ppm == 0; }

absl::StatusOr<Money> AmountOf(const PaymentPlan& plan, const PlanLine& line, const Money& price) {
  ASSIGN_OR_RETURN(Money amount, PartsPerMillion(price, line.ppm, Rounding::kHalfUpToFen));
  if (line.kind == LineKind::kLoan) amount.minor_units -= amount.minor_units % plan.loan_step_minor;
  return amount;
}

}  // namespace

std::string ToWord(LineKind kind) { return Words().at(kind); }

absl::StatusOr<LineKind> ToLineKind(const std::string& field, const std::string& word) {
  for (const auto& [kind, known] : Words()) {
    if (known == word) return kind;
  }
  return InvalidField(field, "must be DEPOSIT, DOWN_PAYMENT, INSTALMENT, LOAN or BALANCE");
}

absl::Status CheckPlan(const PaymentPlan& plan) {
  if (plan.lines.empty() || plan.lines.size() > kMostLines) return Unfit("a plan has 1 to 60 lines");
  if (plan.loan_step_minor < 1) return Unfit("the loan step must be positive");
  int remainders = 0;
  int64_t shares = 0;
  for (size_t i = 0; i < plan.lines.size(); ++i) {
    const PlanLine& line = plan.lines[i];
    if (line.kind == LineKind::kDeposit && (i > 0 || line.ppm != 0))
      return Unfit("the deposit is the first line, without a share");
    if (line.kind == LineKind::kLoan && (plan.kind != PlanKind::kMortgage || line.ppm == 0)) {
      return Unfit("only a mortgage has a loan, and it has a share");
    }
    if (line.ppm < 0 || line.ppm >= kWhole) return Unfit("a share is from 0 to below 100 %");
    if (line.due_days < 0 || line.due_days > 3650 || line.due_months < 0 || line.due_months > 360) {
      return Unfit("a line is due within 30 years");
    }
    remainders += IsRemainder(line);
    shares += line.ppm;
  }
  if (remainders != 1) return Unfit("exactly one line without a share takes the remainder");
  if (shares >= kWhole) return Unfit("the shares leave nothing for the remainder");
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ScheduleItem>> MakeSchedule(const PaymentPlan& plan, const Money& price,
                                                       const Money& deposit, Date start) {
  RETURN_IF_ERROR(CheckPlan(plan));
  if (price.minor_units <= 0) return Unfit("the price must be positive");
  std::vector<ScheduleItem> items;
  Money rest = price;
  size_t remainder = 0;
  for (const PlanLine& line : plan.lines) {
    if (line.kind == LineKind::kDeposit && deposit.minor_units == 0) continue;
    ScheduleItem item{.sequence = static_cast<int>(items.size()) + 1,
                      .kind = line.kind,
                      .due_date = AddDays(AddMonths(start, line.due_months), line.due_days)};
    if (line.kind == LineKind::kDeposit) {
      item.amount = deposit;
    } else if (IsRemainder(line)) {
      remainder = items.size();
    } else {
      ASSIGN_OR_RETURN(item.amount, AmountOf(plan, line, price));
    }
    ASSIGN_OR_RETURN(rest, Subtract(rest, item.amount));
    items.push_back(std::move(item));
  }
  items[remainder].amount = rest;
  // A plan without a deposit line collects the deposit within its first line: nothing to do, the lines cover the price.
  for (const ScheduleItem& item : items) {
    if (item.amount.minor_units <= 0) return Unfit("line " + std::to_string(item.sequence) + " would not be positive");
  }
  return items;
}

absl::Status CheckDeposit(const Money& price, const Money& deposit, bool earnest) {
  if (deposit.minor_units < 0) return InvalidField("deposit", "must not be negative");
  if (!earnest) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Money most, PartsPerMillion(price, kLargestEarnestPpm, Rounding::kTruncateToFen));
  if (deposit.minor_units <= most.minor_units) return absl::OkStatus();
  return Refused("DEPOSIT_BEYOND_LIMIT", "an earnest deposit is at most 20 % of the price",
                 {{"most", ToDecimal(most)}});
}

}  // namespace lintel::finance
