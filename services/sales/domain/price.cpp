#include "services/sales/domain/price.h"

#include "platform/status/status.h"

namespace lintel::sales {
namespace {

constexpr int64_t kWhole = 1'000'000;

absl::StatusOr<Money> Apply(const Money& list_price, const Money& price, Area built_area, const Discount& line,
                            const std::string& field) {
  const bool by_share = line.kind == DiscountKind::kMultiply || line.kind == DiscountKind::kPoints;
  if (by_share && (line.ppm < 1 || line.ppm >= kWhole)) return InvalidField(field + ".ppm", "must be 1 to 999999");
  if (!by_share && line.amount.minor_units <= 0) return InvalidField(field + ".amount", "must be positive");
  switch (line.kind) {
    case DiscountKind::kMultiply:
      return PartsPerMillion(price, line.ppm, Rounding::kHalfUpToFen);
    case DiscountKind::kPoints: {
      ASSIGN_OR_RETURN(const Money off, PartsPerMillion(list_price, line.ppm, Rounding::kHalfUpToFen));
      return Subtract(price, off);
    }
    case DiscountKind::kFixed:
      return Subtract(price, line.amount);
    case DiscountKind::kUnitPriceCut: {
      ASSIGN_OR_RETURN(const Money off, PriceOf(line.amount, built_area, Rounding::kHalfUpToFen));
      return Subtract(price, off);
    }
  }
  return InvalidField(field + ".kind", "must be MULTIPLY, POINTS, FIXED or UNIT_PRICE_CUT");
}

}  // namespace

absl::StatusOr<Money> ApplyDiscounts(const Money& list_price, Area built_area, const std::vector<Discount>& discounts) {
  if (discounts.size() > kMostDiscounts) return InvalidField("subscription.discounts", "must be at most 10");
  Money price = list_price;
  for (size_t i = 0; i < discounts.size(); ++i) {
    const std::string field = fmt::format("subscription.discounts[{}]", i);
    ASSIGN_OR_RETURN(price, Apply(list_price, price, built_area, discounts[i], field));
    if (price.minor_units <= 0) return Refused("DISCOUNT_TOO_LARGE", "the discounts leave nothing of the price");
  }
  return price;
}

int64_t DiscountPpm(const Money& list_price, const Money& price) {
  const __int128 off = static_cast<__int128>(list_price.minor_units - price.minor_units) * kWhole;
  return off <= 0 ? 0 : static_cast<int64_t>((off + list_price.minor_units - 1) / list_price.minor_units);
}

}  // namespace lintel::sales
