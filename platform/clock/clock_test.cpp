#include "platform/clock/clock.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "platform/clock/calendar.h"

namespace lintel {
namespace {

using namespace std::chrono_literals;
using std::chrono::year;

TEST(Clock, WritesAndReadsRfc3339ToTheMicrosecond) {
  const Instant instant = *ParseRfc3339("2026-11-23T09:54:00.000001Z");
  EXPECT_EQ(ToRfc3339(instant), "2026-11-23T09:54:00.000001Z");
  EXPECT_EQ(*ParseRfc3339("2026-11-23T17:54:00.000001+08:00"), instant);
  EXPECT_FALSE(ParseRfc3339("yesterday").ok());
}

TEST(Clock, FollowsTheOffsetInAFile) {
  const std::string path = testing::TempDir() + "/offset";
  std::ofstream(path) << 86400;
  const auto ahead = FollowOffset(path)() - WallClock();
  EXPECT_NEAR(std::chrono::duration<double>(ahead).count(), 86400.0, 5.0);
  std::remove(path.c_str());
  EXPECT_LT(FollowOffset(path)() - WallClock(), 5s);
}

TEST(Calendar, TheDayDependsOnTheZone) {
  const Instant late = *ParseRfc3339("2026-11-23T16:00:00Z");
  EXPECT_EQ(ToIsoDate(*DateIn(late, "Asia/Shanghai")), "2026-11-24");
  EXPECT_EQ(ToIsoDate(*DateIn(late - 1us, "Asia/Shanghai")), "2026-11-23");
  EXPECT_EQ(*StartOfDay(*ParseDate("2026-11-24"), "Asia/Shanghai"), late);
  EXPECT_FALSE(DateIn(late, "Mars/Base").ok());
}

TEST(Calendar, AMonthLaterStaysWithinTheMonth) {
  EXPECT_EQ(ToIsoDate(AddMonths(*ParseDate("2026-01-31"), 1)), "2026-02-28");
  EXPECT_EQ(ToIsoDate(AddMonths(*ParseDate("2027-12-31"), 2)), "2028-02-29");
  EXPECT_EQ(DaysBetween(*ParseDate("2026-11-23"), *ParseDate("2026-12-01")), 8);
}

TEST(Calendar, RefusesDaysThatDoNotExist) {
  EXPECT_FALSE(ParseDate("2026-02-29").ok());
  EXPECT_FALSE(ParseDate("2026-2-9").ok());
  EXPECT_FALSE(ParseDate("２０２６-02-09").ok());
}

}  // namespace
}  // namespace lintel
