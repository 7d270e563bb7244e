// Where a listener stands in the events of each service: "a:1-17,b:2-9". The id of every server-sent event.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace lintel::gateway {

struct Position {
  int64_t epoch = 0;
  int64_t number = 0;
  auto operator<=>(const Position&) const = default;

  // Whether `next` follows without a gap.
  bool IsFollowedBy(const Position& next) const { return next.epoch == epoch && next.number == number + 1; }
};

using PositionVector = std::map<std::string, Position>;

// INVALID_ARGUMENT naming `field` when malformed; empty text is an empty vector.
absl::StatusOr<PositionVector> ParsePositions(std::string_view text, const std::string& field);
std::string ToText(const PositionVector& positions);
// "1-17", as Redis writes entry ids.
std::optional<Position> ParsePosition(std::string_view text);

}  // namespace lintel::gateway
