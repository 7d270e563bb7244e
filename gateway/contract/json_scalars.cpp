#include "gateway/contract/json_scalars.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <limits>

namespace lintel::gateway {
namespace {

constexpr int64_t kLongestDuration = 315'576'000'000;  // As google.protobuf.Duration limits it.
constexpr int64_t kFirstSecond = -62'135'596'800;      // 0001-01-01T00:00:00Z
constexpr int64_t kLastSecond = 253'402'300'799;       // 9999-12-31T23:59:59Z
constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

template <class Number>
std::optional<Number> Whole(const JsonValue& value) {
  if (value.kind != JsonValue::Kind::kNumber && value.kind != JsonValue::Kind::kString) return std::nullopt;
  const std::string& text = value.text;
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size()) return number;
  if (value.kind == JsonValue::Kind::kString || text.find_first_of(".eE") == std::string::npos) return std::nullopt;
  const std::optional<double> real = ToDouble(value);
  if (!real || *real != std::floor(*real) || std::fabs(*real) > kExactIntegers) return std::nullopt;
  if (std::is_unsigned_v<Number> && *real < 0) return std::nullopt;
  return static_cast<Number>(*real);
}

int Digits(const std::string& text, size_t at, size_t count) {
  int number = 0;
  for (size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

// The digits of a fraction as nanoseconds; moves `at` behind them.
std::optional<int32_t> Fraction(const std::string& text, size_t& at) {
  int32_t nanos = 0;
  int32_t weight = 100'000'000;
  const size_t from = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, weight /= 10) {
    if (weight == 0) return std::nullopt;
    nanos += (text[at] - '0') * weight;
  }
  if (at == from) return std::nullopt;
  return nanos;
}

std::string FractionText(int32_t nanos) {
  if (nanos == 0) return "";
  if (nanos % 1'000'000 == 0) return fmt::format(".{:03}", nanos / 1'000'000);
  if (nanos % 1'000 == 0) return fmt::format(".{:06}", nanos / 1'000);
  return fmt::format(".{:09}", nanos);
}

}  // namespace

std::optional<int64_t> ToInt64(const JsonValue& value) { return Whole<int64_t>(value); }
std::optional<uint64_t> ToUint64(const JsonValue& value) { return Whole<uint64_t>(value); }

std::optional<double> ToDouble(const JsonValue& value) {
  if (value.kind != JsonValue::Kind::kNumber && value.kind != JsonValue::Kind::kString) return std::nullopt;
  double number = 0;
  const std::string& text = value.text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

std::optional<std::string> FromBase64(const std::string& text) {
  static const std::array<int8_t, 256> kValues = [] {
    std::array<int8_t, 256> values;
    values.fill(-1);
    for (size_t i = 0; i < 26; ++i) {
      values['A' + i] = static_cast<int8_t>(i);
      values['a' + i] = static_cast<int8_t>(26 + i);
    }
    for (size_t i = 0; i < 10; ++i) values['0' + i] = static_cast<int8_t>(52 + i);
    values['+'] = values['-'] = 62;
    values['/'] = values['_'] = 63;
    return values;
  }();
  size_t size = text.size();
  while (size > 0 && text[size - 1] == '=' && text.size() - size < 2) --size;
  if (size % 4 == 1 || (size != text.size() && text.size() % 4 != 0)) return std::nullopt;
  std::string out;
  out.reserve(size * 3 / 4);
  uint32_t bits = 0;
  int held = 0;
  for (size_t i = 0; i < size; ++i) {
    const int8_t value = kValues[static_cast<unsigned char>(text[i])];
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<uint8_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>((bits >> held) & 0xFF);
    }
  }
  return out;
}

std::string ToBase64(const std::string& bytes) {
  static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](size_t k) { return k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0u; };
    const uint32_t bits = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
    out += kAlphabet[bits >> 18];
    out += kAlphabet[bits >> 12 & 63];
    out += i + 1 < bytes.size() ? kAlphabet[bits >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? kAlphabet[bits & 63] : '=';
  }
  return out;
}

std::optional<Moment> ParseDuration(const std::string& text) {
  const bool negative = text.starts_with('-');
  size_t at = negative ? 1 : 0;
  const size_t from = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  if (at == from || at - from > 12) return std::nullopt;
  Moment moment;
  std::from_chars(text.data() + from, text.data() + at, moment.seconds);
  if (at < text.size() && text[at] == '.') {
    const auto nanos = Fraction(text, ++at);
    if (!nanos) return std::nullopt;
    moment.nanos = *nanos;
  }
  if (at + 1 != text.size() || text[at] != 's' || moment.seconds > kLongestDuration) return std::nullopt;
  if (negative) moment = {-moment.seconds, -moment.nanos};
  return moment;
}

std::string DurationText(const Moment& moment) {
  const bool negative = moment.seconds < 0 || moment.nanos < 0;
  return fmt::format("{}{}{}s", negative ? "-" : "", std::abs(moment.seconds), FractionText(std::abs(moment.nanos)));
}

std::optional<CalendarDate> ParseDate(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const CalendarDate date{Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2)};
  if (date.year < 1 || date.month < 1 || date.day < 1) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  if (!day.ok()) return std::nullopt;
  return date;
}

std::optional<Moment> ParseTimestamp(const std::string& text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto date = ParseDate(text.substr(0, 10));
  const int hour = Digits(text, 11, 2);
  const int minute = Digits(text, 14, 2);
  const int second = Digits(text, 17, 2);
  if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  Moment moment;
  size_t at = 19;
  if (text[at] == '.') {
    const auto nanos = Fraction(text, ++at);
    if (!nanos) return std::nullopt;
    moment.nanos = *nanos;
  }
  int offset_minutes = 0;
  if (at + 1 != text.size() || (text[at] != 'Z' && text[at] != 'z')) {
    const bool shaped = at + 6 == text.size() && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':';
    const int hours = shaped ? Digits(text, at + 1, 2) : -1;
    const int minutes = shaped ? Digits(text, at + 4, 2) : -1;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    offset_minutes = (text[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  const std::chrono::sys_days day = std::chrono::year(date->year) / date->month / date->day;
  moment.seconds =
      int64_t{day.time_since_epoch().count()} * 86400 + hour * 3600 + minute * 60 + second - offset_minutes * 60;
  if (moment.seconds < kFirstSecond || moment.seconds > kLastSecond) return std::nullopt;
  return moment;
}

std::string TimestampText(const Moment& moment) {
  const std::chrono::sys_seconds instant{std::chrono::seconds(moment.seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(instant - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), FractionText(moment.nanos));
}

std::string ToCamel(const std::string& snake) {
  std::string camel;
  bool upper = false;
  for (const char c : snake) {
    if (c == '_') {
      upper = true;
    } else {
      camel += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  return camel;
}

std::optional<std::string> ToSnake(const std::string& camel) {
  std::string snake;
  for (const char c : camel) {
    if (c >= 'A' && c <= 'Z') {
      snake += '_';
      snake += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_') {
      snake += c;
    } else {
      return std::nullopt;
    }
  }
  return snake;
}

}  // namespace lintel::gateway
