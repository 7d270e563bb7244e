// From a list price to the agreed one: discount lines in the order given (折上折 and 减点 differ), and how deep a
// discount an operator may give.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/money/area.h"
#include "platform/money/money.h"

namespace lintel::sales {

// 折: what stays of the price so far, 980,000 is 98 折.
struct Multiply {
  int64_t ppm = 0;
};
// 减点: points of the list price, 20,000 takes 2 points off.
struct Points {
  int64_t ppm = 0;
};
// A fixed sum off.
struct Fixed {
  Money amount;
};
// Off each square metre of built area.
struct UnitPriceCut {
  Money per_square_metre;
};
using Discount = std::variant<Multiply, Points, Fixed, UnitPriceCut>;

inline constexpr size_t kMostDiscounts = 10;

// Each line is exact to the fen, the end is rounded as the price table declares. INVALID_ARGUMENT names discounts[i]
// when a line is out of range or nothing is left of the price.
absl::StatusOr<Money> ApplyDiscounts(const Money& list_price, Area built_area, const std::vector<Discount>& discounts,
                                     Rounding rounding);

// PERMISSION_DENIED DISCOUNT_BEYOND_RIGHT when more than `limit_ppm` of the list price is given away.
absl::Status CheckDiscountRight(const Money& list_price, const Money& price, int64_t limit_ppm);

}  // namespace lintel::sales
