// Values of SpokenPart taken apart; nothing when the text is not of the kind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lintel::speech {

std::optional<int64_t> ParseInteger(const std::string& text);  // "-12"; at most 15 digits

struct Decimal {
  bool negative = false;
  int64_t whole = 0;
  std::string fraction;  // Without trailing zeros
};
std::optional<Decimal> ParseDecimalNumber(const std::string& text);
Decimal FromHundredths(int64_t hundredths);

struct CivilDate {
  int year = 0;
  int month = 0;
  int day = 0;
};
std::optional<CivilDate> ParseCivilDate(const std::string& text);  // "2026-11-23"

struct CivilTime {
  int hour = 0;
  int minute = 0;
};
std::optional<CivilTime> ParseCivilTime(const std::string& text);  // "18:05"

// A phone number in the groups people say: 138 0013 8000; 0755 1234 5678; +86 is left out.
// Other countries' numbers begin with "+" as a group of its own.
std::vector<std::string> PhoneGroups(const std::string& text);

}  // namespace lintel::speech
