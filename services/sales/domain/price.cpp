#include "services/sales/domain/price.h"

#include <fmt/format.h>

#include "platform/status/status.h"

namespace lintel::sales {
namespace {

constexpr int64_t kWhole = 1'000'000;

absl::Status BadLine(size_t index, const std::string& field, const std::string& rule) {
  return InvalidField(fmt::format("subscription.discounts[{}].{}", index, field), rule);
}

absl::StatusOr<Money> ApplyOne(const Money& list_price, const Money& price, Area built_area, const Discount& discount,
                               size_t index) {
  if (const auto* line = std::get_if<Multiply>(&discount)) {
    if (line->ppm <= 0 || line->ppm > kWhole) return BadLine(index, "ppm", "must be 1 to 1,000,000");
    return PartsPerMillion(price, line->ppm, Rounding::kHalfUpToFen);
  }
  if (const auto* line = std::get_if<Points>(&discount)) {
    if (line->ppm <= 0 || line->ppm >= kWhole) return BadLine(index, "ppm", "must be 1 to 999,999");
    ASSIGN_OR_RETURN(const Money off, PartsPerMillion(list_price, line->ppm, Rounding::kHalfUpToFen));
    return Subtract(price, off);
  }
  if (const auto* line = std::get_if<Fixed>(&discount)) {
    if (line->amount.minor_units <= 0) return BadLine(index, "amount", "must be positive");
    return Subtract(price, line->amount);
  }
  const Money& cut = std::get<UnitPriceCut>(discount).per_square_metre;
  if (cut.minor_units <= 0) return BadLine(index, "amount", "must be positive");
  ASSIGN_OR_RETURN(const Money off, PriceOf(cut, built_area, Rounding::kHalfUpToFen));
  return Subtract(price, off);
}

}  // namespace

absl::StatusOr<Money> ApplyDiscounts(const Money& list_price, Area built_area, const std::vector<Discount>& discounts,
                                     Rounding rounding) {
  if (discounts.size() > kMostDiscounts) return InvalidField("subscription.discounts", "at most 10 lines");
  if (discounts.empty()) return list_price;
  Money price = list_price;
  for (size_t i = 0; i < discounts.size(); ++i) {
    ASSIGN_OR_RETURN(price, ApplyOne(list_price, price, built_area, discounts[i], i));
    if (price.minor_units <= 0) return BadLine(i, "kind", "leaves nothing of the price");
  }
  return Scale(price, 1, 1, rounding);
}

absl::Status CheckDiscountRight(const Money& list_price, const Money& price, int64_t limit_ppm) {
  // price / list >= 1 - limit, in whole numbers that cannot overflow.
  const __int128 kept = static_cast<__int128>(price.minor_units) * kWhole;
  const __int128 least = static_cast<__int128>(list_price.minor_units) * (kWhole - limit_ppm);
  if (kept >= least) return absl::OkStatus();
  return WithReason(absl::StatusCode::kPermissionDenied, "DISCOUNT_BEYOND_RIGHT", "the discount is deeper than allowed",
                    {{"limit", fmt::format("{}.{:02}", limit_ppm / 10'000, limit_ppm / 100 % 100)}});
}

}  // namespace lintel::sales
