#include "platform/money/money.h"

#include <gtest/gtest.h>

#include <limits>

#include "platform/money/area.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

TEST(Money, RefusesOverflowAndMixedCurrencies) {
  EXPECT_EQ(ReasonOf(Add(Fen(std::numeric_limits<int64_t>::max()), Fen(1)).status()), "MONEY_OVERFLOW");
  EXPECT_EQ(ReasonOf(Add(Fen(1), Money{1, "USD"}).status()), "CURRENCY_MIXED");
  EXPECT_EQ(*Subtract(Fen(100), Fen(250)), Fen(-150));
}

TEST(Money, RoundsAsDeclaredOnBothSidesOfTheHalf) {
  EXPECT_EQ(*Scale(Fen(1), 1, 2, Rounding::kHalfUpToFen), Fen(1));
  EXPECT_EQ(*Scale(Fen(-1), 1, 2, Rounding::kHalfUpToFen), Fen(-1));
  EXPECT_EQ(*Scale(Fen(49), 1, 100, Rounding::kHalfUpToFen), Fen(0));
  EXPECT_EQ(*Scale(Fen(199), 1, 1, Rounding::kTruncateToYuan), Yuan(1));
  EXPECT_EQ(*Scale(Fen(150), 1, 1, Rounding::kHalfUpToYuan), Yuan(2));
  EXPECT_EQ(*Scale(Fen(149), 1, 1, Rounding::kHalfUpToYuan), Yuan(1));
}

TEST(Money, PriceOfARoomFollowsTheRoundingOfItsPriceTable) {
  // 50,270.37 a square metre times 118.66.
  EXPECT_EQ(*PriceOf(Fen(5027037), Area{11866}, Rounding::kTruncateToYuan), Yuan(5965082));
  EXPECT_EQ(*PriceOf(Fen(5027037), Area{11866}, Rounding::kHalfUpToFen), Fen(596508210));
}

TEST(Money, ReadsAndWritesDecimals) {
  EXPECT_EQ(*ParseDecimal("2913426.72"), Fen(291342672));
  EXPECT_EQ(*ParseDecimal("-0.5"), Fen(-50));
  EXPECT_EQ(ToDecimal(Fen(-5)), "-0.05");
  for (const std::string bad : {"", "-", ".5", "1.", "1.234", "1,000", "1e3", "１", "999999999999999999999"}) {
    EXPECT_FALSE(ParseDecimal(bad).ok()) << bad;
  }
}

TEST(Money, CapitalsFollowTheRulesForBills) {  // RPT-32, BX-17
  EXPECT_EQ(*ToChineseCapitals(Fen(32010560)), "人民币叁拾贰万零壹佰零伍元陆角整");
  EXPECT_EQ(*ToChineseCapitals(Yuan(10'000'000)), "人民币壹仟万元整");
  EXPECT_EQ(*ToChineseCapitals(Yuan(100'005)), "人民币壹拾万零伍元整");
  EXPECT_EQ(*ToChineseCapitals(Yuan(100'000'005)), "人民币壹亿零伍元整");
  EXPECT_EQ(*ToChineseCapitals(Yuan(105'000'000)), "人民币壹亿零伍佰万元整");
  EXPECT_EQ(*ToChineseCapitals(Fen(140950)), "人民币壹仟肆佰零玖元伍角整");
  EXPECT_EQ(*ToChineseCapitals(Fen(600714)), "人民币陆仟零柒元壹角肆分");
  EXPECT_EQ(*ToChineseCapitals(Fen(1680032)), "人民币壹万陆仟捌佰元零叁角贰分");
  EXPECT_EQ(*ToChineseCapitals(Fen(32504)), "人民币叁佰贰拾伍元零肆分");
  EXPECT_EQ(*ToChineseCapitals(Fen(5)), "人民币伍分");
  EXPECT_EQ(*ToChineseCapitals(Fen(0)), "人民币零元整");
  EXPECT_EQ(*ToChineseCapitals(Fen(-50000010)), "人民币负伍拾万元零壹角整");
  EXPECT_FALSE(ToChineseCapitals(Money{1, "USD"}).ok());
}

TEST(Area, KeepsTheOfficialFigure) {
  EXPECT_EQ(ParseArea("96.42")->hundredths, 9642);
  EXPECT_EQ(ToDecimal(Area{9605}), "96.05");
  EXPECT_FALSE(ParseArea("0").ok());
  EXPECT_FALSE(ParseArea("-1").ok());
}

}  // namespace
}  // namespace lintel
