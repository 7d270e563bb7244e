#include "services/inventory/domain/room_sheet.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"
#include "services/inventory/domain/layout.h"

namespace lintel::inventory {
namespace {

const std::vector<std::string> kHeader = {"楼栋", "单元", "楼层", "房号", "预售单价(元/㎡)", "建筑面积", "户内面积"};

std::vector<CellRow> Rows(const std::vector<std::vector<std::string>>& rows) {
  std::vector<CellRow> made = {{1, kHeader}};
  for (const auto& cells : rows) made.push_back({static_cast<int>(made.size()) + 1, cells});
  return made;
}

const std::vector<std::string> kRoom = {"示例3栋", "1单元", "31", "01", "52229.87", "125.53", "100.05"};

TEST(RoomSheet, ListPriceFollowsTheDeclaredRounding) {  // INV-06, BX-03
  EXPECT_EQ(ReadRooms(Rows({kRoom}), Rounding::kTruncateToYuan)->rooms[0].list_price, Yuan(6556415));
  EXPECT_EQ(ReadRooms(Rows({kRoom}), Rounding::kHalfUpToYuan)->rooms[0].list_price, Yuan(6556416));
  EXPECT_EQ(ReadRooms(Rows({kRoom}), Rounding::kHalfUpToFen)->rooms[0].list_price, Fen(655641558));
}

TEST(RoomSheet, AnOrientationIsReadAsItsCode) {  // INV-07
  for (const auto& [written, code] : std::vector<std::pair<std::string, std::string>>{{"南", "south"},
                                                                                      {"朝东南", "south-east"},
                                                                                      {"西北向", "north-west"},
                                                                                      {"南北通透", "south-north"},
                                                                                      {"south", "south"},
                                                                                      {"看湖", "看湖"},
                                                                                      {"", ""}}) {
    std::vector<CellRow> rows = Rows({kRoom});
    rows[0].cells.push_back("朝向");
    rows[1].cells.push_back(written);
    EXPECT_EQ(ReadRooms(rows, Rounding::kTruncateToYuan)->rooms.at(0).orientation, code) << written;
  }
}

TEST(RoomSheet, NoEntranceIsNotInventedAndANumberStaysText) {
  const auto sheet = *ReadRooms(Rows({{"6栋", "--", "2", "01", "", "90", ""}, {"6栋", "", "2", "1", "", "90"}}),
                                Rounding::kTruncateToYuan);
  ASSERT_EQ(sheet.rooms.size(), 2u);
  EXPECT_EQ(sheet.rooms[0].place.entrance, "");
  EXPECT_EQ(sheet.rooms[0].place.number, "01");
  EXPECT_EQ(sheet.rooms[1].place.number, "1");
  EXPECT_FALSE(sheet.rooms[0].list_price);
}

TEST(RoomSheet, NamesEveryBadCellInOnePass) {
  const auto sheet =
      *ReadRooms(Rows({{"", "1单元", "x", "01", "-5", "0", "3"}, kRoom, kRoom}), Rounding::kTruncateToYuan);
  std::vector<std::string> reasons;
  for (const auto& cell : sheet.rejected) reasons.push_back(std::to_string(cell.row) + cell.column + " " + cell.reason);
  EXPECT_EQ(reasons, (std::vector<std::string>{"2楼栋 CELL_MISSING", "2楼层 CELL_NOT_A_NUMBER",
                                               "2建筑面积 CELL_NOT_AN_AREA", "2户内面积 CELL_OUT_OF_RANGE",
                                               "2预售单价(元/㎡) CELL_NOT_A_SUM", "4房号 ROOM_TWICE"}));
}

TEST(RoomSheet, AMissingColumnIsNamed) {
  std::vector<CellRow> rows = Rows({kRoom});
  rows[0].cells[3] = "备注";
  EXPECT_EQ(MetadataOf(ReadRooms(rows, Rounding::kTruncateToYuan).status()).at("missing"), "房号");
  EXPECT_EQ(ReasonOf(ReadRooms({}, Rounding::kTruncateToYuan).status()), "SHEET_EMPTY");
}

TEST(ImportPlan, TheSameRoomsAgainCreateNone) {
  const RoomSheet sheet = *ReadRooms(Rows({kRoom}), Rounding::kTruncateToYuan);
  EXPECT_EQ(PlanImport(sheet, {}).created.size(), 1u);
  EXPECT_EQ(PlanImport(sheet, sheet.rooms).unchanged, 1);
  EXPECT_TRUE(PlanImport(sheet, sheet.rooms).created.empty());
}

TEST(ImportPlan, ChangesAFreeRoomAndRefusesARoomInADeal) {  // INV-08
  const RoomSheet sheet = *ReadRooms(Rows({kRoom}), Rounding::kTruncateToYuan);
  Room existing = sheet.rooms[0];
  existing.built_area = Area{12000};
  EXPECT_EQ(PlanImport(sheet, {existing}).updated.size(), 1u);
  existing.availability = Taken{.claim_id = "anna"};
  EXPECT_EQ(PlanImport(sheet, {existing}).rejected.at(0).reason, "ROOM_IN_DEAL");
}

TEST(ImportPlan, BringsNoRoomToARetiredLayoutButLeavesThoseThatHaveIt) {  // INV-05
  RoomSheet sheet = *ReadRooms(Rows({kRoom}), Rounding::kTruncateToYuan);
  sheet.rooms[0].layout = "C1";
  EXPECT_EQ(PlanImport(sheet, {}, {"C1"}).rejected.at(0).reason, "CELL_LAYOUT_RETIRED");
  EXPECT_EQ(PlanImport(sheet, {}, {"C2"}).created.size(), 1u);
  EXPECT_EQ(PlanImport(sheet, sheet.rooms, {"C1"}).unchanged, 1);
}

TEST(LayoutCode, HasAtMostTwentyCharactersWhateverTheirBytes) {  // INV-05
  EXPECT_TRUE(IsLayoutCode(""));
  EXPECT_TRUE(IsLayoutCode("三室两厅两卫一厨带双阳台朝南边套改善型大"));
  EXPECT_FALSE(IsLayoutCode("三室两厅两卫一厨带双阳台朝南边套改善型大户"));
}

}  // namespace
}  // namespace lintel::inventory
