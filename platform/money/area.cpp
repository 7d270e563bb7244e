#include "platform/money/area.h"

#include <fmt/format.h>

#include "platform/status/status.h"

namespace lintel {

constexpr int64_t kLargestHundredths = 100'000'000;  // 1,000,000 m²

absl::StatusOr<Money> PriceOf(const Money& unit_price, Area area, Rounding rounding) {
  return Scale(unit_price, area.hundredths, 100, rounding);
}

std::string ToDecimal(Area area) { return fmt::format("{}.{:02}", area.hundredths / 100, area.hundredths % 100); }

absl::StatusOr<Area> ParseArea(const std::string& text) {
  const auto parsed = ParseDecimal(text);  // The same spelling: digits and at most two decimals.
  if (!parsed.ok() || parsed->minor_units < 1 || parsed->minor_units > kLargestHundredths) {
    return absl::InvalidArgumentError("an area is 0.01 to 1000000.00 square metres with at most two decimals");
  }
  return Area{parsed->minor_units};
}

}  // namespace lintel
