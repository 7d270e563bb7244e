#include <gtest/gtest.h>

#include "platform/status/status.h"
#include "services/sales/domain/numbers.h"
#include "services/sales/domain/policy.h"
#include "services/sales/domain/price.h"

namespace lintel::sales {
namespace {

using namespace std::chrono_literals;

const Instant kNow = *ParseRfc3339("2026-11-23T10:00:00Z");

TEST(Price, MultiplyingAndTakingPointsDiffer) {  // DOMAIN §3
  const Money list = Yuan(1'000'000);
  EXPECT_EQ(*ApplyDiscounts(list, Area{10000},
                            {{DiscountKind::kMultiply, 980'000, {}, ""}, {DiscountKind::kMultiply, 990'000, {}, ""}}),
            Yuan(970'200));
  EXPECT_EQ(*ApplyDiscounts(list, Area{10000},
                            {{DiscountKind::kPoints, 20'000, {}, ""}, {DiscountKind::kPoints, 10'000, {}, ""}}),
            Yuan(970'000));
}

TEST(Price, OrderMatters) {
  const Discount share{DiscountKind::kMultiply, 900'000, {}, ""};
  const Discount sum{DiscountKind::kFixed, 0, Yuan(10'000), ""};
  EXPECT_EQ(*ApplyDiscounts(Yuan(100'000), Area{100}, {share, sum}), Yuan(80'000));
  EXPECT_EQ(*ApplyDiscounts(Yuan(100'000), Area{100}, {sum, share}), Yuan(81'000));
}

TEST(Price, AUnitPriceCutGoesByArea) {
  EXPECT_EQ(*ApplyDiscounts(Yuan(2'913'426), Area{9642}, {{DiscountKind::kUnitPriceCut, 0, Yuan(100), ""}}),
            Yuan(2'903'784));
}

TEST(Price, RefusesWhatLeavesNothingAndNamesABadLine) {
  EXPECT_EQ(ReasonOf(ApplyDiscounts(Yuan(1), Area{100}, {{DiscountKind::kFixed, 0, Yuan(1), ""}}).status()),
            "DISCOUNT_TOO_LARGE");
  EXPECT_EQ(FieldOf(ApplyDiscounts(Yuan(1), Area{100}, {{DiscountKind::kMultiply, 1'000'000, {}, ""}}).status()),
            "subscription.discounts[0].ppm");
  EXPECT_EQ(FieldOf(ApplyDiscounts(Yuan(1), Area{100}, {{DiscountKind::kFixed, 0, Yuan(0), ""}}).status()),
            "subscription.discounts[0].amount");
}

TEST(Price, ADiscountIsMeasuredUpwards) {
  EXPECT_EQ(DiscountPpm(Fen(3), Fen(2)), 333'334);
  EXPECT_EQ(DiscountPpm(Fen(3), Fen(3)), 0);
}

TEST(Policy, AHoldEndsWithinTheLongestPeriodToTheMicrosecond) {  // CFG-08
  const Policy policy;
  EXPECT_EQ(*HoldExpiry(policy, kNow, {}), kNow + 48h);
  EXPECT_TRUE(HoldExpiry(policy, kNow, kNow + policy.longest_hold).ok());
  EXPECT_EQ(FieldOf(HoldExpiry(policy, kNow, kNow + policy.longest_hold + 1us).status()), "hold.expire_time");
  EXPECT_EQ(FieldOf(HoldExpiry(policy, kNow, kNow).status()), "hold.expire_time");
}

TEST(Policy, AHoldIsExtendedAsOftenAsAllowed) {  // SAL-13b
  const Policy policy;
  EXPECT_EQ(*ExtendedExpiry(policy, kNow, kNow + 48h, 0, kNow, {}), kNow + 96h);
  EXPECT_EQ(*ExtendedExpiry(policy, kNow, kNow + 150h, 1, kNow, {}), kNow + policy.longest_hold);
  EXPECT_EQ(ReasonOf(ExtendedExpiry(policy, kNow, kNow + 48h, 2, kNow, {}).status()), "HOLD_EXTENSIONS_USED");
  EXPECT_EQ(FieldOf(ExtendedExpiry(policy, kNow, kNow + 48h, 0, kNow, kNow + 47h).status()), "expire_time");
}

TEST(Policy, ADiscountGoesAsDeepAsTheRightAndNotAMillionthMore) {  // BX-03
  const Policy policy;
  EXPECT_TRUE(CheckDiscountRight(policy, 20'000, false).ok());
  EXPECT_EQ(ReasonOf(CheckDiscountRight(policy, 20'001, false)), "DISCOUNT_BEYOND_RIGHT");
  EXPECT_TRUE(CheckDiscountRight(policy, 100'000, true).ok());
  EXPECT_EQ(MetadataOf(CheckDiscountRight(policy, 100'001, true)).at("limit"), "10.00");
}

TEST(Policy, NamesABadField) {
  Policy policy;
  policy.longest_hold = policy.hold_period - 1s;
  EXPECT_EQ(FieldOf(CheckPolicy(policy)), "policy.longest_hold");
  policy = Policy{};
  policy.manager_discount_limit_ppm = 1;
  EXPECT_EQ(FieldOf(CheckPolicy(policy)), "policy.manager_discount_limit_ppm");
}

TEST(Numbers, AreSpelledWithTheirZeros) {  // INV-02
  EXPECT_EQ(Spell({.prefix = "HT2026-", .digits = 6}, 42), "HT2026-000042");
  EXPECT_EQ(FieldOf(CheckRange({.first = 1, .last = 1000, .digits = 3})), "contract_number_range.digits");
  EXPECT_EQ(FieldOf(CheckRange({.first = 5, .last = 4})), "contract_number_range.last");
  EXPECT_TRUE(CheckRange({.first = 1, .last = 999, .digits = 3}).ok());
}

}  // namespace
}  // namespace lintel::sales
