#include <gtest/gtest.h>

#include "platform/status/status.h"
#include "services/sales/domain/hold.h"
#include "services/sales/domain/price.h"

namespace lintel::sales {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

constexpr Area kArea{9642};
const Instant kNoon = Instant(std::chrono::seconds(1'790'000'000));

std::string Price(const std::vector<Discount>& discounts, Rounding rounding = Rounding::kHalfUpToFen) {
  const auto price = ApplyDiscounts(Yuan(1'000'000), kArea, discounts, rounding);
  return price.ok() ? ToDecimal(*price) : FieldOf(price.status());
}

TEST(ApplyDiscounts, MultipliesInTurnAndTakesPointsOffTheListPrice) {  // DOMAIN §3
  EXPECT_EQ(Price({}), "1000000.00");
  EXPECT_EQ(Price({Multiply{980'000}, Multiply{990'000}}), "970200.00");
  EXPECT_EQ(Price({Points{20'000}, Points{10'000}}), "970000.00");
}

TEST(ApplyDiscounts, MindsTheOrderOfItsLines) {
  EXPECT_EQ(Price({Fixed{Yuan(10'000)}, Multiply{980'000}}), "970200.00");
  EXPECT_EQ(Price({Multiply{980'000}, Fixed{Yuan(10'000)}}), "970000.00");
}

TEST(ApplyDiscounts, CutsTheUnitPriceOverTheBuiltArea) { EXPECT_EQ(Price({UnitPriceCut{Yuan(100)}}), "990358.00"); }

TEST(ApplyDiscounts, RoundsOnceAtTheEndAsThePriceTableDeclares) {
  EXPECT_EQ(Price({Multiply{987'654}, Multiply{987'654}}), "975460.42");
  EXPECT_EQ(Price({Multiply{987'654}, Multiply{987'654}}, Rounding::kTruncateToYuan), "975460.00");
}

TEST(ApplyDiscounts, NamesTheLineThatIsWrong) {
  EXPECT_EQ(Price({Multiply{0}}), "subscription.discounts[0].ppm");
  EXPECT_EQ(Price({Multiply{1'000'001}}), "subscription.discounts[0].ppm");
  EXPECT_EQ(Price({Multiply{1}, Fixed{Yuan(-1)}}), "subscription.discounts[1].amount");
  EXPECT_EQ(Price({Fixed{Yuan(1'000'000)}}), "subscription.discounts[0].kind");
  EXPECT_EQ(Price(std::vector<Discount>(11, Multiply{999'999})), "subscription.discounts");
}

TEST(CheckDiscountRight, AllowsTheLimitAndNotAFenMore) {
  EXPECT_TRUE(CheckDiscountRight(Yuan(1'000'000), Yuan(980'000), 20'000).ok());
  const absl::Status beyond = CheckDiscountRight(Yuan(1'000'000), Fen(97'999'999), 20'000);
  EXPECT_EQ(ReasonOf(beyond), "DISCOUNT_BEYOND_RIGHT");
  EXPECT_EQ(MetadataOf(beyond)["limit"], "2.00");
}

TEST(HoldExpiry, FollowsThePolicyAndRefusesThePastAndTheTooLong) {  // CFG-08
  const Policy policy;
  EXPECT_EQ(*HoldExpiry(policy, kNoon, std::nullopt), kNoon + hours(48));
  EXPECT_TRUE(HoldExpiry(policy, kNoon, kNoon + hours(168)).ok());
  EXPECT_EQ(FieldOf(HoldExpiry(policy, kNoon, kNoon + hours(168) + microseconds(1)).status()), "hold.expire_time");
  EXPECT_EQ(FieldOf(HoldExpiry(policy, kNoon, kNoon).status()), "hold.expire_time");
}

TEST(ExtendedExpiry, CountsExtensionsAndTheWholePeriod) {  // INV-02
  Hold hold{.state = "ACTIVE", .expire_time = kNoon + hours(48), .create_time = kNoon};
  const Policy policy;
  EXPECT_EQ(*ExtendedExpiry(hold, policy, kNoon, kNoon + hours(168)), kNoon + hours(168));
  EXPECT_EQ(FieldOf(ExtendedExpiry(hold, policy, kNoon, kNoon + hours(169)).status()), "expire_time");
  EXPECT_EQ(FieldOf(ExtendedExpiry(hold, policy, kNoon, kNoon + hours(48)).status()), "expire_time");
  hold.extensions = 2;
  EXPECT_EQ(ReasonOf(ExtendedExpiry(hold, policy, kNoon, kNoon + hours(60)).status()), "EXTENSIONS_USED");
  hold.state = "EXPIRED";
  EXPECT_EQ(ReasonOf(ExtendedExpiry(hold, policy, kNoon, kNoon + hours(60)).status()), "HOLD_NOT_ACTIVE");
}

TEST(ExtendedExpiry, WithoutAWishGoesOnByThePolicysPeriodAsFarAsItMay) {  // INV-02, CFG-08
  Hold hold{.state = "ACTIVE", .expire_time = kNoon + hours(48), .create_time = kNoon};
  const Policy policy;
  EXPECT_EQ(*ExtendedExpiry(hold, policy, kNoon, std::nullopt), kNoon + hours(96));
  EXPECT_EQ(*ExtendedExpiry(hold, policy, kNoon + hours(50), std::nullopt), kNoon + hours(98));
  hold.expire_time = kNoon + hours(144);
  EXPECT_EQ(*ExtendedExpiry(hold, policy, kNoon, std::nullopt), kNoon + hours(168));
  hold.expire_time = kNoon + hours(168);
  EXPECT_EQ(FieldOf(ExtendedExpiry(hold, policy, kNoon, std::nullopt).status()), "expire_time");
}

TEST(JudgeExpiry, ReleasesAtTheInstantAndNeverWhereMoneyMayStand) {
  Hold hold{.state = "ACTIVE", .expire_time = kNoon};
  Policy policy;
  EXPECT_EQ(JudgeExpiry(hold, policy, kNoon - microseconds(1)), Expiry::kNotYet);
  EXPECT_EQ(JudgeExpiry(hold, policy, kNoon), Expiry::kRelease);
  hold.fee = Yuan(5000);
  EXPECT_EQ(JudgeExpiry(hold, policy, kNoon), Expiry::kTask);
  hold.fee = Yuan(0);
  policy.hold_expiry_releases = false;
  EXPECT_EQ(JudgeExpiry(hold, policy, kNoon), Expiry::kTask);
}

TEST(CheckPolicy, NamesTheFieldThatIsWrong) {
  Policy policy;
  EXPECT_TRUE(CheckPolicy(policy).ok());
  policy.hold_period = hours(24 * 30);
  EXPECT_EQ(FieldOf(CheckPolicy(policy)), "policy.longest_hold");
  policy.longest_hold = hours(24 * 400);
  EXPECT_EQ(FieldOf(CheckPolicy(policy)), "policy.longest_hold");
  policy = {.deposit = Yuan(-1)};
  EXPECT_EQ(FieldOf(CheckPolicy(policy)), "policy.deposit");
  policy = {.consultant_discount_limit_ppm = 1'000'001};
  EXPECT_EQ(FieldOf(CheckPolicy(policy)), "policy.consultant_discount_limit_ppm");
}

TEST(FormatNumber, PadsToItsDigits) { EXPECT_EQ(FormatNumber("HT2026-", 12, 6), "HT2026-000012"); }

}  // namespace
}  // namespace lintel::sales
