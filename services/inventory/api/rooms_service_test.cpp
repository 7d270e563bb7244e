// Rooms on real PostgreSQL through a real server: generation, import of sheets as people send them, the chart.
#include <filesystem>
#include <fstream>

#include "services/inventory/testing/rooms_fixture.h"

namespace lintel::inventory {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(RoomsServiceTest, APreviewMakesNothingAndTheSameOrderThenMakesIt) {  // INV-06
  v1::GenerateRoomsRequest request = Tower(2);
  request.set_dry_run(true);
  EXPECT_EQ(Send<v1::GenerateRoomsResponse>("GenerateRooms", request)->created(), 100);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM rooms"), "0");
  request.set_dry_run(false);
  EXPECT_EQ(Send<v1::GenerateRoomsResponse>("GenerateRooms", request)->rooms(0).list_price().minor_units(),
            291'342'600);
  EXPECT_EQ(ReasonOf(Send<v1::GenerateRoomsResponse>("GenerateRooms", request).status()), "ROOM_EXISTS");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM rooms"), "100");
}

TEST_F(RoomsServiceTest, TheChartOfTenThousandRoomsHasOneByteOfStateEach) {  // INV-03
  ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(200)).ok());
  v1::GetControlChartRequest request;
  request.set_parent(project_);
  const auto chart = Send<v1::ControlChart>("GetControlChart", request);
  ASSERT_TRUE(chart.ok()) << chart.status();
  EXPECT_EQ(chart->states(), std::string(10'000, '\x02'));
  EXPECT_EQ(chart->room_ids().size(), 160'000u);
  EXPECT_EQ(chart->numbers_size(), 10'000);
  CallOptions again = host_.As(manager_);
  again.metadata["x-lintel-if-none-match"] = chart->etag();
  const auto unchanged =
      host_.channel().Call<v1::ControlChart>("lintel.inventory.v1.RoomsService/GetControlChart", request, again);
  EXPECT_EQ(unchanged->numbers_size(), 0);
  EXPECT_EQ(unchanged->etag(), chart->etag());
}

TEST_F(RoomsServiceTest, AFreeRoomIsCorrectedByWhoSawItAsItIsAndARoomInADealIsNot) {  // INV-08
  v1::UpdateRoomRequest update;
  *update.mutable_room() = Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(1))->rooms(0);
  update.mutable_room()->set_orientation("south");
  update.mutable_room()->set_built_area_hundredths(1);
  update.mutable_update_mask()->add_paths("orientation");
  const auto corrected = Send<v1::Room>("UpdateRoom", update);
  ASSERT_TRUE(corrected.ok()) << corrected.status();
  EXPECT_EQ(corrected->orientation(), "south");
  EXPECT_EQ(corrected->built_area_hundredths(), 9642) << "the mask does not name it";
  EXPECT_EQ(ReasonOf(Send<v1::Room>("UpdateRoom", update).status()), "STALE_ETAG");
  update.mutable_room()->clear_etag();
  update.mutable_update_mask()->set_paths(0, "list_price");
  EXPECT_EQ(FieldOf(Send<v1::Room>("UpdateRoom", update).status()), "update_mask");
  update.mutable_update_mask()->set_paths(0, "inner_area_hundredths");
  update.mutable_room()->set_inner_area_hundredths(9643);
  EXPECT_EQ(FieldOf(Send<v1::Room>("UpdateRoom", update).status()), "room.inner_area_hundredths");
  EXPECT_EQ(As<v1::Room>(Elsewhere(), "RoomsService/UpdateRoom", update).status().code(), absl::StatusCode::kNotFound);
  database_.Execute("UPDATE rooms SET state = 5, claim_id = gen_random_uuid()");
  EXPECT_EQ(ReasonOf(Send<v1::Room>("UpdateRoom", update).status()), "ROOM_IN_DEAL");
}

TEST_F(RoomsServiceTest, ABrokenSheetChangesNothingAndNamesTheCells) {
  const auto done =
      Import("rooms.csv", "楼栋,单元,楼层,房号,预售单价,建筑面积\n3栋,--,1,01,100,90\n3栋,--,x,02,100,-1\n",
             v1::TRUNCATE_TO_YUAN);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_TRUE(done->done());
  EXPECT_EQ(Number(*done, "created"), 0);
  const auto& rejected = done->response().fields().at("rejected").list_value();
  ASSERT_EQ(rejected.values_size(), 2);
  EXPECT_EQ(rejected.values(0).struct_value().fields().at("reason").string_value(), "CELL_NOT_A_NUMBER");
  EXPECT_EQ(rejected.values(0).struct_value().fields().at("message").string_value(), "This is not a whole number.");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM rooms"), "0");
}

TEST_F(RoomsServiceTest, WhatIsNoSheetIsAnErrorOfTheOperation) {
  const auto done = Import("rooms.xlsx", std::string("PK\x03\x04 nothing", 12), v1::TRUNCATE_TO_YUAN);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_TRUE(done->done());
  EXPECT_NE(done->error().code(), 0);
  EXPECT_EQ(FieldOf(Import("rooms.csv", "", v1::TRUNCATE_TO_YUAN).status()), "content");
}

// The housing bureau's price list of a real project; its answers are published with the data.
TEST_F(RoomsServiceTest, ImportsTheRealPriceListInEveryFormatItComesIn) {
  const char* data = std::getenv("LINTEL_TEST_DATA");
  const auto folder = std::filesystem::path(data != nullptr ? data : "../shared/data") / "realestate";
  if (!std::filesystem::exists(folder / "sz-songfeng-rooms.csv"))
    GTEST_SKIP() << "the shared data is not beside the project";
  const auto preview =
      Import("sz.csv", ReadFile(folder / "sz-songfeng-rooms.csv"), v1::HALF_UP_TO_YUAN, /*dry_run=*/true);
  ASSERT_TRUE(preview.ok()) << preview.status();
  EXPECT_EQ(Total(*preview, "listValue"), "213426171100");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM rooms"), "0");

  const auto csv = Import("sz.csv", ReadFile(folder / "sz-songfeng-rooms.csv"), v1::TRUNCATE_TO_YUAN);
  EXPECT_EQ(Number(*csv, "created"), 416);
  EXPECT_EQ(Total(*csv, "builtAreaHundredths"), "4245580");
  EXPECT_EQ(Total(*csv, "listValue"), "213426148700");
  EXPECT_EQ(database_.Value("SELECT sum(list_price_minor) FROM rooms"), "213426148700");
  EXPECT_EQ(database_.Value("SELECT count(DISTINCT building || entrance) FROM rooms"), "3");
  for (const std::string other : {"sz-songfeng-rooms.gbk.csv", "sz-songfeng-rooms.xls"}) {
    const auto again = Import(other, ReadFile(folder / other), v1::TRUNCATE_TO_YUAN);
    ASSERT_TRUE(again.ok()) << other << again.status();
    EXPECT_EQ(Number(*again, "created"), 0) << other;
    EXPECT_EQ(Number(*again, "unchanged"), 416) << other << again->DebugString();
  }
}

}  // namespace
}  // namespace lintel::inventory
