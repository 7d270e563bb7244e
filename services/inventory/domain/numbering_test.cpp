#include "services/inventory/domain/numbering.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

GenerationPattern Tower() {
  return {.building = "3栋",
          .entrance = "1单元",
          .first_floor = 1,
          .last_floor = 5,
          .units = {{.built_area = Area{9642}}, {.built_area = Area{11866}}},
          .unit_price = Fen(5027037)};
}

TEST(GenerateRooms, MakesFloorsTimesUnitsWithoutTheSkippedFloors) {  // INV-06
  GenerationPattern pattern = Tower();
  pattern.skip_floors = {4};
  const auto rooms = *GenerateRooms(pattern);
  ASSERT_EQ(rooms.size(), 8u);
  EXPECT_EQ(rooms.front().place.number, "101");
  EXPECT_EQ(rooms.back().place.number, "502");
  EXPECT_EQ(rooms.back().list_price, Yuan(5965082));
}

TEST(GenerateRooms, SkipsFloorZero) {
  GenerationPattern pattern = Tower();
  pattern.first_floor = -1;
  pattern.last_floor = 1;
  EXPECT_EQ(GenerateRooms(pattern)->size(), 4u);
}

TEST(GenerateRooms, NamesTheFieldAtFault) {
  GenerationPattern reversed = Tower();
  reversed.last_floor = 0;
  EXPECT_EQ(FieldOf(GenerateRooms(reversed).status()), "last_floor");
  GenerationPattern same = Tower();
  same.number_pattern = "{floor}";
  EXPECT_EQ(FieldOf(GenerateRooms(same).status()), "number_pattern");
  GenerationPattern tiny = Tower();
  tiny.units[1].built_area = Area{0};
  EXPECT_EQ(FieldOf(GenerateRooms(tiny).status()), "units[1].built_area_hundredths");
  GenerationPattern none = Tower();
  none.skip_floors = {1, 2, 3, 4, 5};
  EXPECT_EQ(FieldOf(GenerateRooms(none).status()), "skip_floors");
}

TEST(GenerateRooms, AreLockedUntilReleasedUnlessAskedOtherwise) {
  EXPECT_EQ(StateCode(GenerateRooms(Tower())->front().availability), 1);
  GenerationPattern open = Tower();
  open.available = true;
  EXPECT_EQ(StateCode(GenerateRooms(open)->front().availability), 2);
}

}  // namespace
}  // namespace lintel::inventory
