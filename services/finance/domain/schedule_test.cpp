#include "services/finance/domain/schedule.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel::finance {
namespace {

const Date kStart = *ParseDate("2026-11-23");

PaymentPlan Instalments() {
  return {.kind = PlanKind::kInstalments,
          .lines = {{LineKind::kDeposit, 0, 0, 0},
                    {LineKind::kInstalment, 333'333, 0, 7},
                    {LineKind::kInstalment, 333'333, 1, 0},
                    {LineKind::kBalance, 0, 2, 0}}};
}
PaymentPlan Mortgage() {
  return {
      .kind = PlanKind::kMortgage,
      .lines = {{LineKind::kDeposit, 0, 0, 0}, {LineKind::kDownPayment, 0, 0, 30}, {LineKind::kLoan, 700'000, 3, 0}}};
}

int64_t Sum(const std::vector<ScheduleItem>& items) {
  int64_t sum = 0;
  for (const auto& item : items) sum += item.amount.minor_units;
  return sum;
}

TEST(Schedule, AddsUpToThePriceToTheFenForEveryPrice) {  // BX-04, FIN-19
  for (int64_t price = 10'000'001; price < 10'000'601; ++price) {
    EXPECT_EQ(Sum(*MakeSchedule(Instalments(), Fen(price), Yuan(20000), kStart)), price);
    EXPECT_EQ(Sum(*MakeSchedule(Mortgage(), Fen(price), Fen(0), kStart)), price);
  }
}

TEST(Schedule, RoundsALoanDownAndTheDownPaymentTakesTheRest) {
  const auto items = *MakeSchedule(Mortgage(), Fen(291342672), Yuan(50000), kStart);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[2].amount, Yuan(2030000));  // 70 % is 2,039,398.70
  EXPECT_EQ(items[1].amount, Fen(291342672 - 203000000 - 5000000));
  EXPECT_EQ(ToIsoDate(items[1].due_date), "2026-12-23");
  EXPECT_EQ(ToIsoDate(items[2].due_date), "2027-02-23");
}

TEST(Schedule, RefusesADepositThatLeavesNothing) {
  EXPECT_EQ(ReasonOf(MakeSchedule(Mortgage(), Yuan(100000), Yuan(30000), kStart).status()), "PLAN_UNFIT");
  EXPECT_TRUE(MakeSchedule(Mortgage(), Yuan(100000), Fen(2999999), kStart).ok());
}

TEST(Plan, NeedsExactlyOneRemainderAndALoanOnlyInAMortgage) {
  PaymentPlan two = Instalments();
  two.lines[1].ppm = 0;
  EXPECT_EQ(ReasonOf(CheckPlan(two)), "PLAN_UNFIT");
  PaymentPlan none = Instalments();
  none.lines[3].ppm = 1;
  EXPECT_EQ(ReasonOf(CheckPlan(none)), "PLAN_UNFIT");
  PaymentPlan loan = Mortgage();
  loan.kind = PlanKind::kOneOff;
  EXPECT_EQ(ReasonOf(CheckPlan(loan)), "PLAN_UNFIT");
  EXPECT_EQ(ReasonOf(CheckPlan(PaymentPlan{})), "PLAN_UNFIT");
}

TEST(Deposit, AnEarnestIsAtMostAFifthAndNotAFenMore) {  // CFG-02, Civil Code 586
  EXPECT_TRUE(CheckDeposit(Fen(1001), Fen(200), true).ok());
  EXPECT_EQ(ReasonOf(CheckDeposit(Fen(1001), Fen(201), true)), "DEPOSIT_BEYOND_LIMIT");
  EXPECT_TRUE(CheckDeposit(Fen(1001), Fen(900), false).ok());
}

}  // namespace
}  // namespace lintel::finance
