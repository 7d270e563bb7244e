// Rooms by pattern: floors times units, with floors left out and numbers spelled by a pattern (INV-06).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/inventory/domain/room.h"

namespace lintel::inventory {

struct UnitPattern {
  std::string layout;
  std::string orientation;
  Area built_area;
  Area inner_area;
};

struct GenerationPattern {
  std::string building;
  std::string entrance;
  int first_floor = 1;
  int last_floor = 1;
  std::vector<UnitPattern> units;
  std::string number_pattern;    // "{floor}{unit:02}" when empty.
  std::vector<int> skip_floors;  // 4, 13, 14
  std::optional<Money> unit_price;
  Rounding rounding = Rounding::kTruncateToYuan;
  bool available = false;
};

inline constexpr int kMostGenerated = 10'000;

// The rooms without id, in order of floor and unit. INVALID_ARGUMENT names the field: floors out of range or reversed,
// no units, a pattern without {unit}, two rooms with one number, more than kMostGenerated rooms.
absl::StatusOr<std::vector<Room>> GenerateRooms(const GenerationPattern& pattern);

}  // namespace lintel::inventory
