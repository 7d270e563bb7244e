#include "platform/wire/values.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel {
namespace {

google::type::Date DateOf(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

TEST(Wire, RefusesForeignAndAbsurdSumsAndNamesTheField) {
  type::Money money;
  money.set_minor_units(5);
  money.set_currency_code("USD");
  EXPECT_EQ(FieldOf(ParseMoney("amount", money).status()), "amount.currency_code");
  money.set_currency_code("");
  EXPECT_EQ(*ParseMoney("amount", money), Fen(5));
  money.set_minor_units(100'000'000'000'001);
  EXPECT_EQ(FieldOf(ParseMoney("amount", money).status()), "amount.minor_units");
  money.set_minor_units(0);
  EXPECT_EQ(FieldOf(PositiveMoney("amount", money).status()), "amount.minor_units");
}

TEST(Wire, TakesOnlyDaysThatExist) {
  EXPECT_EQ(ToIsoDate(*ToDate("day", DateOf(2028, 2, 29))), "2028-02-29");
  EXPECT_EQ(FieldOf(ToDate("day", DateOf(2026, 2, 29)).status()), "day");
  EXPECT_FALSE(ToDate("day", DateOf(2026, 0, 1)).ok());
  EXPECT_FALSE(ToDate("day", DateOf(2026, 300, 1)).ok());
  EXPECT_FALSE(ToDate("day", DateOf(0, 0, 0)).ok());
  EXPECT_EQ(ToProto(*ParseDate("2026-11-23")).day(), 23);
}

TEST(Wire, AnInstantKeepsItsMicroseconds) {
  const Instant instant = *ParseRfc3339("2026-11-23T09:54:00.000001Z");
  EXPECT_EQ(*ToInstant("time", ToProto(instant)), instant);
  EXPECT_EQ(InstantOf(ToProto(instant)), instant);
  const Instant before_1970 = *ParseRfc3339("1969-12-31T23:59:59.25Z");
  EXPECT_EQ(ToProto(before_1970).seconds(), -1);
  EXPECT_EQ(ToProto(before_1970).nanos(), 250'000'000);
  EXPECT_EQ(InstantOf(ToProto(before_1970)), before_1970);
}

TEST(Wire, RefusesTimesThatNoCalendarHas) {
  for (const auto& [seconds, nanos] : {std::pair(253402300800, 0), {-1, 0}, {0, -1}, {0, 1'000'000'000}}) {
    google::protobuf::Timestamp timestamp;
    timestamp.set_seconds(seconds);
    timestamp.set_nanos(nanos);
    EXPECT_EQ(FieldOf(ToInstant("time", timestamp).status()), "time") << seconds << " " << nanos;
  }
}

TEST(Wire, CountsCharactersAndNotBytes) {
  EXPECT_TRUE(CheckLength("name", "示例苑", 1, 3).ok());
  EXPECT_EQ(FieldOf(CheckLength("name", "示例苑四", 1, 3)), "name");
  EXPECT_FALSE(CheckLength("name", std::string("a\0b", 3), 1, 3).ok());
}

}  // namespace
}  // namespace lintel
