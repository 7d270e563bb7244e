#include "platform/clock/calendar.h"

#include <fmt/format.h>

#include "absl/time/time.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;

absl::StatusOr<absl::TimeZone> LoadZone(const std::string& zone) {
  absl::TimeZone loaded;
  if (!absl::LoadTimeZone(zone, &loaded)) return InvalidField("time_zone", "is not a known time zone: " + zone);
  return loaded;
}

}  // namespace

absl::StatusOr<Date> DateIn(Instant instant, const std::string& zone) {
  ASSIGN_OR_RETURN(const absl::TimeZone loaded, LoadZone(zone));
  const absl::CivilDay civil = absl::ToCivilDay(absl::FromUnixMicros(instant.time_since_epoch().count()), loaded);
  return Date(year(static_cast<int>(civil.year())), month(civil.month()), day(civil.day()));
}

absl::StatusOr<Instant> StartOfDay(Date date, const std::string& zone) {
  ASSIGN_OR_RETURN(const absl::TimeZone loaded, LoadZone(zone));
  const absl::CivilDay civil(int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
  return Instant(std::chrono::microseconds(absl::ToUnixMicros(absl::FromCivil(civil, loaded))));
}

std::string ToIsoDate(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

absl::StatusOr<Date> ParseDate(const std::string& text) {
  const auto digit = [&](size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && digit(0) && digit(1) && digit(2) &&
                      digit(3) && digit(5) && digit(6) && digit(8) && digit(9);
  if (!shaped) return absl::InvalidArgumentError("a date is written as YYYY-MM-DD");
  const Date date(year(std::stoi(text.substr(0, 4))), month(std::stoi(text.substr(5, 2))),
                  day(std::stoi(text.substr(8, 2))));
  if (!date.ok()) return absl::InvalidArgumentError("the calendar has no " + text);
  return date;
}

Date AddDays(Date date, int count) { return Date(sys_days(date) + days(count)); }

Date AddMonths(Date date, int count) {
  const Date moved = date + months(count);
  return moved.ok() ? moved : Date(moved.year() / moved.month() / std::chrono::last);
}

int DaysBetween(Date from, Date to) { return static_cast<int>((sys_days(to) - sys_days(from)).count()); }

}  // namespace lintel
