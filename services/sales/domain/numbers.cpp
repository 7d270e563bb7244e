#include "services/sales/domain/numbers.h"

#include <fmt/format.h>

#include "platform/status/status.h"

namespace lintel::sales {

absl::Status CheckRange(const NumberRange& range) {
  constexpr int64_t kMostNumbers = 1'000'000;
  if (range.prefix.size() > 20) return InvalidField("contract_number_range.prefix", "must be at most 20 bytes");
  if (range.digits < 1 || range.digits > 12) return InvalidField("contract_number_range.digits", "must be 1 to 12");
  if (range.first < 0) return InvalidField("contract_number_range.first", "must not be negative");
  if (range.last < range.first || range.last - range.first >= kMostNumbers) {
    return InvalidField("contract_number_range.last", "must give 1 to 1000000 numbers");
  }
  if (std::to_string(range.last).size() > static_cast<size_t>(range.digits)) {
    return InvalidField("contract_number_range.digits", "are too few for the last number");
  }
  return absl::OkStatus();
}

std::string Spell(const NumberRange& range, int64_t number) {
  return fmt::format("{}{:0{}}", range.prefix, number, range.digits);
}

}  // namespace lintel::sales
