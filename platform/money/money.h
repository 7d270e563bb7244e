// Exact sums: integer minor units (fen) with their currency. Overflow and mixed currencies are refused, and any
// division names its rounding. There is no floating point anywhere near a price.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel {

struct Money {
  int64_t minor_units = 0;
  std::string currency_code = "CNY";
  bool operator==(const Money&) const = default;
};

Money Yuan(int64_t yuan);
Money Fen(int64_t fen);

// INVALID_ARGUMENT with reason CURRENCY_MIXED; OUT_OF_RANGE with reason MONEY_OVERFLOW.
absl::StatusOr<Money> Add(const Money& a, const Money& b);
absl::StatusOr<Money> Subtract(const Money& a, const Money& b);

// How a quotient becomes whole again. Half up rounds away from zero at .5, as the trade does.
enum class Rounding { kTruncateToYuan, kHalfUpToYuan, kHalfUpToFen, kTruncateToFen };

// money * numerator / denominator, rounded. `denominator` must be positive.
absl::StatusOr<Money> Scale(const Money& money, int64_t numerator, int64_t denominator, Rounding rounding);

// A share in parts per million (5 % = 50,000).
absl::StatusOr<Money> PartsPerMillion(const Money& money, int64_t ppm, Rounding rounding);

// "2913426.72", "-0.05": for files and logs; screens format by themselves.
std::string ToDecimal(const Money& money);
// Accepts at most two decimals and no thousands separators. INVALID_ARGUMENT otherwise.
absl::StatusOr<Money> ParseDecimal(const std::string& text);

// 大写 for receipts: 人民币叁拾贰万零壹佰零伍元陆角整. CNY only, up to 9,999 亿 yuan. (会计基础工作规范, 票据大写
// rules.)
absl::StatusOr<std::string> ToChineseCapitals(const Money& money);

}  // namespace lintel
