// Areas keep the official figure: integer hundredths of a square metre.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "platform/money/money.h"

namespace lintel {

struct Area {
  int64_t hundredths = 0;
  auto operator<=>(const Area&) const = default;
};

// Unit price (per square metre) times area under a declared rounding. OUT_OF_RANGE on overflow.
absl::StatusOr<Money> PriceOf(const Money& unit_price, Area area, Rounding rounding);

// "96.42". ParseArea accepts at most two decimals, 0.01 to 1,000,000 m².
std::string ToDecimal(Area area);
absl::StatusOr<Area> ParseArea(const std::string& text);

}  // namespace lintel
