// Contract numbers (INV-02): ranges of numbers of which each is used once, or void, for ever.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace lintel::sales {

struct NumberRange {
  std::string prefix;
  int64_t first = 1;
  int64_t last = 1;
  int digits = 6;  // Zero-padded width.
};

// INVALID_ARGUMENT names the field: a prefix of at most 20 bytes, digits 1 to 12, numbers that fit them, at most
// 1,000,000.
absl::Status CheckRange(const NumberRange& range);

// "HT2026-000042".
std::string Spell(const NumberRange& range, int64_t number);

}  // namespace lintel::sales
