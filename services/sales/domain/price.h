// The price of a deal: a list price less discounts in their order. 折上折 (multiply) and 减点 (points) differ, so each
// line has a kind and its place (DOMAIN §3).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/money/area.h"
#include "platform/money/money.h"

namespace lintel::sales {

enum class DiscountKind { kMultiply = 1, kPoints = 2, kFixed = 3, kUnitPriceCut = 4 };

struct Discount {
  DiscountKind kind = DiscountKind::kMultiply;
  int64_t ppm = 0;  // kMultiply: what remains, 1 to 999,999. kPoints: what goes off the list price, 1 to 999,999.
  Money amount;     // kFixed, and kUnitPriceCut per square metre.
  std::string reason;
};

inline constexpr size_t kMostDiscounts = 10;

// The price after all lines, each rounded half up to the fen. INVALID_ARGUMENT names the line; DISCOUNT_TOO_LARGE when
// nothing would be left.
absl::StatusOr<Money> ApplyDiscounts(const Money& list_price, Area built_area, const std::vector<Discount>& discounts);

// How far below the list price, in parts per million rounded up: a limit is never passed by rounding.
int64_t DiscountPpm(const Money& list_price, const Money& price);

}  // namespace lintel::sales
