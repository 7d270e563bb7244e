// The part of a recording that a player asks for (RFC 9110 §14.1.2), one range.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace lintel::telephony {

struct ByteRange {
  int64_t start = 0;
  int64_t length = 0;
};

// "bytes=0-99", "bytes=100-", "bytes=-50". Nothing for a header that is empty or not understood: all is sent.
// OUT_OF_RANGE when no byte of it exists.
absl::StatusOr<std::optional<ByteRange>> ParseRange(const std::string& header, int64_t total);

}  // namespace lintel::telephony
