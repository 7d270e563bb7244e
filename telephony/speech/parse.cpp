#include "telephony/speech/parse.h"

#include <algorithm>
#include <chrono>

namespace lintel::speech {
namespace {

constexpr size_t kMostDigits = 15;
constexpr int64_t kHundred = 100;

bool AllDigits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<int> Part(const std::string& text, size_t at, size_t length) {
  if (text.size() < at + length || !AllDigits(text.substr(at, length))) return std::nullopt;
  return std::stoi(text.substr(at, length));
}

// The area code of a Chinese landline number that begins with 0: three digits for the largest cities.
size_t AreaCodeLength(const std::string& digits) { return digits[1] == '1' || digits[1] == '2' ? 3 : 4; }

}  // namespace

std::optional<int64_t> ParseInteger(const std::string& text) {
  const bool negative = text.starts_with('-');
  const std::string digits = text.substr(negative ? 1 : 0);
  if (!AllDigits(digits) || digits.size() > kMostDigits) return std::nullopt;
  const int64_t value = std::stoll(digits);
  return negative ? -value : value;
}

std::optional<Decimal> ParseDecimalNumber(const std::string& text) {
  Decimal decimal{.negative = text.starts_with('-')};
  const std::string digits = text.substr(decimal.negative ? 1 : 0);
  const size_t dot = digits.find('.');
  const auto whole = ParseInteger(digits.substr(0, dot));
  if (!whole || *whole < 0) return std::nullopt;
  decimal.whole = *whole;
  if (dot == std::string::npos) return decimal;
  decimal.fraction = digits.substr(dot + 1);
  if (!AllDigits(decimal.fraction) || decimal.fraction.size() > kMostDigits) return std::nullopt;
  while (decimal.fraction.ends_with('0')) decimal.fraction.pop_back();
  return decimal;
}

Decimal FromHundredths(int64_t hundredths) {
  const int64_t size = hundredths < 0 ? -hundredths : hundredths;
  Decimal decimal{.negative = hundredths < 0, .whole = size / kHundred};
  if (size % kHundred != 0) {
    decimal.fraction = std::to_string(kHundred + size % kHundred).substr(1);
    while (decimal.fraction.ends_with('0')) decimal.fraction.pop_back();
  }
  return decimal;
}

std::optional<CivilDate> ParseCivilDate(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Part(text, 0, 4), month = Part(text, 5, 2), day = Part(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return CivilDate{*year, *month, *day};
}

std::optional<CivilTime> ParseCivilTime(const std::string& text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = Part(text, 0, 2), minute = Part(text, 3, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return CivilTime{*hour, *minute};
}

std::vector<std::string> PhoneGroups(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  std::vector<std::string> groups;
  if (text.starts_with("+86")) {
    digits.erase(0, 2);
    if (!digits.empty() && digits[0] != '1' && !digits.starts_with("400") && !digits.starts_with("800"))
      digits.insert(0, "0");
  } else if (text.starts_with("+")) {
    groups.push_back("+");
  }
  size_t head = 0;
  if (digits.size() == 11 && digits[0] == '1') head = 3;
  if (digits.size() >= 10 && digits[0] == '0') head = AreaCodeLength(digits);
  if (digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"))) head = 3;
  if (head > 0) groups.push_back(digits.substr(0, head));
  // The rest in fours; a short head of the rest first, as in 567 8901.
  const size_t rest = digits.size() - head;
  size_t first = rest > 5 ? rest % 4 : rest;
  if (rest > 5 && first == 0) first = 4;
  for (size_t at = head, size = first; at < digits.size(); at += size, size = at == head ? first : 4) {
    size = at == head ? first : 4;
    groups.push_back(digits.substr(at, size));
  }
  return groups;
}

}  // namespace lintel::speech
