// Single values of the proto3 JSON mapping: numbers, base64, times, masks. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/text/json_value.h"

namespace lintel::gateway {

// A whole number from 12, "12", 1.2e1; nothing when it is no whole number or out of range.
std::optional<int64_t> ToInt64(const JsonValue& value);
std::optional<uint64_t> ToUint64(const JsonValue& value);
// A finite number; "NaN" and "Infinity" are no use to any field of ours.
std::optional<double> ToDouble(const JsonValue& value);

// Both alphabets, with or without padding.
std::optional<std::string> FromBase64(const std::string& text);
std::string ToBase64(const std::string& bytes);

// Seconds and nanoseconds of "1.5s"; at most 10,000 years.
struct Moment {
  int64_t seconds = 0;
  int32_t nanos = 0;
};
std::optional<Moment> ParseDuration(const std::string& text);
std::string DurationText(const Moment& moment);
// "2026-11-23T09:54:00.5Z", offsets allowed; years 1 to 9999.
std::optional<Moment> ParseTimestamp(const std::string& text);
std::string TimestampText(const Moment& moment);

struct CalendarDate {
  int year = 0;
  int month = 0;
  int day = 0;
};
// "2026-11-23", a day that exists.
std::optional<CalendarDate> ParseDate(const std::string& text);

// display_name to displayName and back; paths keep their dots.
std::string ToCamel(const std::string& snake);
std::optional<std::string> ToSnake(const std::string& camel);

}  // namespace lintel::gateway
