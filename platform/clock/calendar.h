// Civil dates: due dates, journals and reports name a day in a project's time zone, never midnight of something.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "platform/clock/clock.h"

namespace lintel {

// The day it is at `instant` in an IANA zone ("Asia/Shanghai"). INVALID_ARGUMENT for an unknown zone.
absl::StatusOr<Date> DateIn(Instant instant, const std::string& zone);

// The first instant of that day in the zone.
absl::StatusOr<Instant> StartOfDay(Date date, const std::string& zone);

// "2026-11-23". ParseDate refuses anything else, and days that do not exist.
std::string ToIsoDate(Date date);
absl::StatusOr<Date> ParseDate(const std::string& text);

Date AddDays(Date date, int days);
// The same day `months` later; the month's last day when it is shorter (31 January + 1 = 28 or 29 February).
Date AddMonths(Date date, int months);
// Days from `from` to `to`; negative when `to` is earlier.
int DaysBetween(Date from, Date to);

}  // namespace lintel
