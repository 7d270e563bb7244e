#include "platform/sheet/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "platform/clock/calendar.h"

namespace lintel::sheet {
namespace {

constexpr size_t kKeptDigits = 15;     // What spreadsheet programs keep of a number.
constexpr int kLargestExponent = 308;  // Of the double they calculate with.

// 0.digits x 10^point.
struct Decimal {
  bool negative = false;
  std::string digits;
  int point = 0;
  bool plain_integer = false;
};

bool TakeDigits(const std::string& text, size_t& at, std::string& digits) {
  const size_t start = at;
  while (at < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[at]))) digits += text[at++];
  return at > start;
}

std::optional<Decimal> ParseNumber(const std::string& text) {
  Decimal number;
  size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.negative = text[at++] == '-';
  bool any = TakeDigits(text, at, number.digits);
  number.point = static_cast<int>(number.digits.size());
  number.plain_integer = at == text.size();
  if (at < text.size() && text[at] == '.') {
    ++at;
    any = TakeDigits(text, at, number.digits) || any;
  }
  if (!any || number.digits.size() > 400) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && text[at] == '+') ++at;
    int exponent = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
    if (error != std::errc{} || std::abs(exponent) > kLargestExponent) return std::nullopt;
    at = static_cast<size_t>(end - text.data());
    number.point += exponent;
  }
  if (at != text.size()) return std::nullopt;
  return number;
}

void DropLeadingZeros(Decimal& number) {
  const size_t zeros = std::min(number.digits.find_first_not_of('0'), number.digits.size());
  number.digits.erase(0, zeros);
  number.point -= static_cast<int>(zeros);
}

// Half up at the kept digit, carrying over nines.
void RoundToKeptDigits(Decimal& number) {
  if (number.digits.size() <= kKeptDigits) return;
  const bool up = number.digits[kKeptDigits] >= '5';
  number.digits.resize(kKeptDigits);
  if (!up) return;
  size_t at = kKeptDigits;
  while (at > 0 && number.digits[at - 1] == '9') number.digits[--at] = '0';
  if (at > 0) {
    ++number.digits[at - 1];
  } else {
    number.digits.insert(number.digits.begin(), '1');
    ++number.point;
  }
}

std::string Write(Decimal number) {
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
  if (number.digits.empty()) return "0";
  std::string text = number.negative ? "-" : "";
  const int count = static_cast<int>(number.digits.size());
  if (number.point <= 0) return text + "0." + std::string(static_cast<size_t>(-number.point), '0') + number.digits;
  if (number.point >= count) return text + number.digits + std::string(static_cast<size_t>(number.point - count), '0');
  const size_t whole = static_cast<size_t>(number.point);
  return text + number.digits.substr(0, whole) + "." + number.digits.substr(whole);
}

}  // namespace

NumberText NumberToText(const std::string& number) {
  std::optional<Decimal> parsed = ParseNumber(number);
  if (!parsed) return {number};
  const bool integer = parsed->plain_integer;
  DropLeadingZeros(*parsed);
  const bool beyond = parsed->point > static_cast<int>(kKeptDigits);
  if (!integer) RoundToKeptDigits(*parsed);
  return {Write(*std::move(parsed)), beyond && !integer};
}

NumberText NumberToText(double number) {
  if (!std::isfinite(number)) return {"#NUM!"};
  return NumberToText(absl::StrFormat("%.16e", number));
}

NumberText DateToText(const std::string& serial, bool since_1904) {
  constexpr double kDaysUntilYear10000 = 2'958'466;
  double days = 0;
  const auto [end, error] = std::from_chars(serial.data(), serial.data() + serial.size(), days);
  const bool whole_text = end == serial.data() + serial.size();
  if (error != std::errc{} || !whole_text || !(days >= 0 && days < kDaysUntilYear10000 - 1462))
    return NumberToText(serial);

  int day_count = static_cast<int>(days);
  int seconds = static_cast<int>(std::lround((days - day_count) * 86'400));
  if (seconds == 86'400) {
    seconds = 0;
    ++day_count;
  }
  const std::string time = absl::StrFormat("%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (day_count == 0 && !since_1904) return {time};
  // The programs of 1900 believe in a 29 February 1900, which is day 60; days before it are one off.
  const std::chrono::sys_days epoch =
      since_1904 ? std::chrono::sys_days{Date{std::chrono::year{1904}, std::chrono::month{1}, std::chrono::day{1}}}
                 : std::chrono::sys_days{Date{std::chrono::year{1899}, std::chrono::month{12}, std::chrono::day{30}}};
  const int shift = !since_1904 && day_count < 60 ? 1 : 0;
  const std::string date = ToIsoDate(Date{epoch + std::chrono::days{day_count + shift}});
  return {seconds == 0 ? date : date + " " + time};
}

bool IsDateFormat(const std::string& format_code) {
  for (size_t at = 0; at < format_code.size(); ++at) {
    switch (const char c = absl::ascii_tolower(static_cast<unsigned char>(format_code[at])); c) {
      case '"':    // Literal text.
      case '[': {  // A colour or locale.
        const size_t end = format_code.find(c == '"' ? '"' : ']', at + 1);
        if (end == std::string::npos) return false;
        at = end;
        break;
      }
      case '\\':
      case '_':
      case '*':  // The next character is literal, a width or a filler.
        ++at;
        break;
      case 'y':
      case 'm':
      case 'd':
      case 'h':
      case 's':
        return true;
      default:
        break;
    }
  }
  return false;
}

bool IsBuiltInDateFormat(int format_id) {
  // ECMA-376 part 1 §18.8.30; 27 to 36 and 50 to 58 are dates in East Asian editions.
  return (format_id >= 14 && format_id <= 22) || (format_id >= 27 && format_id <= 36) ||
         (format_id >= 45 && format_id <= 47) || (format_id >= 50 && format_id <= 58);
}

}  // namespace lintel::sheet
