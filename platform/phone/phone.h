// Telephone numbers (STYLE 17): whatever a person writes becomes E.164, a national short code, or is kept as typed and
// marked as doubtful. A customer's number is never refused for looking odd.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace lintel {

struct Phone {
  enum class Kind { kMobile, kFixedLine, kShortCode, kForeign, kUnknown };
  std::string number;  // "+8613800002046", "95588", or the digits as typed
  Kind kind = Kind::kUnknown;
  std::string region;     // ISO 3166, "CN"; empty: unknown
  bool doubtful = false;  // Does not look like a valid number.
  bool operator==(const Phone&) const = default;
};

// `text` as somebody in China writes it: with or without country code, area code, spaces, hyphens, full-width digits.
// INVALID_ARGUMENT that names `field` when it holds fewer than 3 or more than 20 digits, or a masked one
// ("138****2046").
absl::StatusOr<Phone> ParsePhone(const std::string& field, const std::string& text);

// The digits alone, full-width ones made plain.
std::string DigitsOf(const std::string& text);

}  // namespace lintel
