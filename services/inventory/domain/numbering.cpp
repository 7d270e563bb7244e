#include "services/inventory/domain/numbering.h"

#include <set>

#include "platform/status/status.h"
#include "services/inventory/domain/layout.h"

namespace lintel::inventory {
namespace {

constexpr int kLowestFloor = -9;
constexpr int kHighestFloor = 200;

// Replaces {name} and {name:02}.
std::string Fill(std::string text, const std::string& name, int value) {
  const auto replace = [&](const std::string& hole, const std::string& with) {
    for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + with.size())) {
      text.replace(at, hole.size(), with);
    }
  };
  replace("{" + name + "}", std::to_string(value));
  replace("{" + name + ":02}", fmt::format("{:02}", value));
  return text;
}

absl::Status Check(const GenerationPattern& pattern, const std::string& spelling) {
  if (pattern.building.empty() || pattern.building.size() > 60)
    return InvalidField("building", "must be 1 to 60 bytes");
  if (pattern.entrance.size() > 60) return InvalidField("entrance", "must be at most 60 bytes");
  if (pattern.first_floor < kLowestFloor || pattern.first_floor > kHighestFloor) {
    return InvalidField("first_floor", "must be from -9 to 200");
  }
  if (pattern.last_floor < pattern.first_floor || pattern.last_floor > kHighestFloor) {
    return InvalidField("last_floor", "must be from first_floor to 200");
  }
  if (pattern.units.empty() || pattern.units.size() > 50) return InvalidField("units", "must be 1 to 50 units");
  for (size_t i = 0; i < pattern.units.size(); ++i) {
    const UnitPattern& unit = pattern.units[i];
    const std::string field = fmt::format("units[{}]", i);
    if (!IsLayoutCode(unit.layout)) return InvalidField(field + ".layout", "must be at most 20 characters");
    if (unit.built_area.hundredths < 1 || unit.built_area.hundredths > 100'000'000) {
      return InvalidField(field + ".built_area_hundredths", "must be from 1 to 100000000");
    }
    if (unit.inner_area.hundredths < 0 || unit.inner_area > unit.built_area) {
      return InvalidField(field + ".inner_area_hundredths", "must be from 0 to the built area");
    }
  }
  if (spelling.size() > 40) return InvalidField("number_pattern", "must be at most 40 bytes");
  if (pattern.unit_price && pattern.unit_price->minor_units <= 0) return InvalidField("unit_price", "must be positive");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<Room>> GenerateRooms(const GenerationPattern& pattern) {
  const std::string spelling = pattern.number_pattern.empty() ? "{floor}{unit:02}" : pattern.number_pattern;
  RETURN_IF_ERROR(Check(pattern, spelling));
  const std::set<int> skipped(pattern.skip_floors.begin(), pattern.skip_floors.end());
  std::vector<Room> rooms;
  std::set<std::pair<int, std::string>> numbers;
  for (int floor = pattern.first_floor; floor <= pattern.last_floor; ++floor) {
    if (floor == 0 || skipped.contains(floor)) continue;
    for (size_t unit = 0; unit < pattern.units.size(); ++unit) {
      const UnitPattern& as = pattern.units[unit];
      Room room{.place = {.building = pattern.building, .entrance = pattern.entrance, .floor = floor},
                .layout = as.layout,
                .orientation = as.orientation,
                .built_area = as.built_area,
                .inner_area = as.inner_area};
      room.place.number = Fill(Fill(spelling, "floor", floor), "unit", static_cast<int>(unit) + 1);
      if (!numbers.emplace(floor, room.place.number).second) {
        return InvalidField("number_pattern", "gives two rooms of a floor the number " + room.place.number);
      }
      if (pattern.unit_price) {
        ASSIGN_OR_RETURN(const Money price, PriceOf(*pattern.unit_price, as.built_area, pattern.rounding));
        room.unit_price = pattern.unit_price;
        room.list_price = price;
        if (pattern.available) room.availability = Available{};
      }
      rooms.push_back(std::move(room));
      if (rooms.size() > kMostGenerated) return InvalidField("last_floor", "gives more than 10000 rooms");
    }
  }
  if (rooms.empty()) return InvalidField("skip_floors", "leaves no floor");
  return rooms;
}

}  // namespace lintel::inventory
