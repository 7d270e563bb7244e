#include "platform/wire/values.h"

#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr int64_t kMostMinorUnits = 100'000'000'000'000;
constexpr int64_t kLastSecond = 253402300799;  // 9999-12-31T23:59:59Z
constexpr int kMostNanos = 999'999'999;

}  // namespace

type::Money ToProto(const Money& money) {
  type::Money message;
  message.set_minor_units(money.minor_units);
  message.set_currency_code(money.currency_code);
  return message;
}

google::protobuf::Timestamp ToProto(Instant instant) {
  const auto second = std::chrono::floor<std::chrono::seconds>(instant);  // Down, also before 1970: nanos count up.
  google::protobuf::Timestamp message;
  message.set_seconds(second.time_since_epoch().count());
  message.set_nanos(static_cast<int>(std::chrono::nanoseconds(instant - second).count()));
  return message;
}

google::type::Date ToProto(Date date) {
  google::type::Date message;
  message.set_year(int{date.year()});
  message.set_month(static_cast<int>(unsigned{date.month()}));
  message.set_day(static_cast<int>(unsigned{date.day()}));
  return message;
}

absl::StatusOr<Money> ParseMoney(const std::string& field, const type::Money& money) {
  if (!money.currency_code().empty() && money.currency_code() != "CNY") {
    return InvalidField(field + ".currency_code", "must be CNY");
  }
  if (money.minor_units() > kMostMinorUnits || money.minor_units() < -kMostMinorUnits) {
    return InvalidField(field + ".minor_units", "is out of range");
  }
  return Fen(money.minor_units());
}

absl::StatusOr<Money> PositiveMoney(const std::string& field, const type::Money& money) {
  ASSIGN_OR_RETURN(const Money parsed, ParseMoney(field, money));
  if (parsed.minor_units <= 0) return InvalidField(field + ".minor_units", "must be positive");
  return parsed;
}

Instant InstantOf(const google::protobuf::Timestamp& timestamp) {
  return Instant(std::chrono::seconds(timestamp.seconds()) + std::chrono::microseconds(timestamp.nanos() / 1000));
}

absl::StatusOr<Instant> ToInstant(const std::string& field, const google::protobuf::Timestamp& timestamp) {
  if (timestamp.seconds() < 0 || timestamp.seconds() > kLastSecond || timestamp.nanos() < 0 ||
      timestamp.nanos() > kMostNanos) {
    return InvalidField(field, "is out of range");
  }
  return InstantOf(timestamp);
}

absl::StatusOr<Date> ToDate(const std::string& field, const google::type::Date& date) {
  const bool in_range = date.year() >= 1900 && date.year() <= 2200 && date.month() > 0 && date.month() <= 12 &&
                        date.day() > 0 && date.day() <= 31;
  const Date parsed{std::chrono::year(date.year()), std::chrono::month(date.month()), std::chrono::day(date.day())};
  if (!in_range || !parsed.ok()) return InvalidField(field, "is not a date");
  return parsed;
}

absl::Status CheckLength(const std::string& field, const std::string& text, size_t low, size_t high) {
  const auto starts_character = [](char c) { return (c & 0xc0) != 0x80; };
  const size_t length = std::count_if(text.begin(), text.end(), starts_character);
  if (length >= low && length <= high && text.find('\0') == std::string::npos) return absl::OkStatus();
  return InvalidField(field, fmt::format("must be {} to {} characters", low, high));
}

}  // namespace lintel
