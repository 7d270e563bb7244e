#include "platform/money/money.h"

#include <fmt/format.h>

#include <limits>

#include "platform/status/status.h"

namespace lintel {
namespace {

using Wide = __int128;

absl::Status Overflow() {
  return WithReason(absl::StatusCode::kOutOfRange, "MONEY_OVERFLOW", "the sum is larger than can be stored");
}

absl::StatusOr<Money> Narrow(Wide minor_units, const std::string& currency) {
  if (minor_units > std::numeric_limits<int64_t>::max() || minor_units < std::numeric_limits<int64_t>::min()) {
    return Overflow();
  }
  return Money{static_cast<int64_t>(minor_units), currency};
}

absl::Status SameCurrency(const Money& a, const Money& b) {
  if (a.currency_code == b.currency_code) return absl::OkStatus();
  return WithReason(absl::StatusCode::kInvalidArgument, "CURRENCY_MIXED",
                    "cannot combine " + a.currency_code + " and " + b.currency_code);
}

// The quotient in units of `step` minor units.
Wide Divide(Wide dividend, Wide divisor, int64_t step, bool half_up) {
  const Wide whole = divisor * step;
  const Wide sign = dividend < 0 ? -1 : 1;
  const Wide magnitude = dividend * sign;
  const Wide rounded = half_up ? (magnitude * 2 + whole) / (whole * 2) : magnitude / whole;
  return rounded * step * sign;
}

}  // namespace

Money Yuan(int64_t yuan) { return Money{yuan * 100, "CNY"}; }
Money Fen(int64_t fen) { return Money{fen, "CNY"}; }

absl::StatusOr<Money> Add(const Money& a, const Money& b) {
  RETURN_IF_ERROR(SameCurrency(a, b));
  return Narrow(Wide{a.minor_units} + b.minor_units, a.currency_code);
}

absl::StatusOr<Money> Subtract(const Money& a, const Money& b) {
  RETURN_IF_ERROR(SameCurrency(a, b));
  return Narrow(Wide{a.minor_units} - b.minor_units, a.currency_code);
}

absl::StatusOr<Money> Scale(const Money& money, int64_t numerator, int64_t denominator, Rounding rounding) {
  if (denominator <= 0) return absl::InvalidArgumentError("the denominator must be positive");
  const bool to_yuan = rounding == Rounding::kTruncateToYuan || rounding == Rounding::kHalfUpToYuan;
  const bool half_up = rounding == Rounding::kHalfUpToYuan || rounding == Rounding::kHalfUpToFen;
  return Narrow(Divide(Wide{money.minor_units} * numerator, denominator, to_yuan ? 100 : 1, half_up),
                money.currency_code);
}

absl::StatusOr<Money> PartsPerMillion(const Money& money, int64_t ppm, Rounding rounding) {
  return Scale(money, ppm, 1'000'000, rounding);
}

std::string ToDecimal(const Money& money) {
  const bool negative = money.minor_units < 0;
  const uint64_t magnitude = negative ? 0 - static_cast<uint64_t>(money.minor_units) : money.minor_units;
  return fmt::format("{}{}.{:02}", negative ? "-" : "", magnitude / 100, magnitude % 100);
}

absl::StatusOr<Money> ParseDecimal(const std::string& text) {
  const absl::Status refusal = absl::InvalidArgumentError("a sum is written as digits with at most two decimals");
  size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) ++at;
  Wide minor_units = 0;
  int whole_digits = 0;
  int decimals = -1;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && decimals < 0 && whole_digits > 0) {
      decimals = 0;
      continue;
    }
    if (text[at] < '0' || text[at] > '9' || decimals == 2 || whole_digits > 17) return refusal;
    minor_units = minor_units * 10 + (text[at] - '0');
    decimals < 0 ? ++whole_digits : ++decimals;
  }
  if (whole_digits == 0 || decimals == 0) return refusal;
  for (int missing = decimals < 0 ? 2 : 2 - decimals; missing > 0; --missing) minor_units *= 10;
  return Narrow(negative ? -minor_units : minor_units, "CNY");
}

}  // namespace lintel
