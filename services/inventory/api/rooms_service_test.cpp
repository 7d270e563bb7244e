// Rooms on real PostgreSQL through a real server: generation, import of sheets as people send them, search, the chart.
#include "services/inventory/api/rooms_service.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/inventory/api/projects_service.h"
#include "services/inventory/embedded.h"

namespace lintel::inventory {
namespace {

using operations::v1::Operation;

constexpr char kRooms[] = "lintel.inventory.v1.RoomsService/";

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class RoomsServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    projects_.Register(host_.server());
    rooms_.Register(host_.server());
    operations_.Serve(host_.server());
    host_.Start();
    runner_.Start();
    v1::CreateProjectRequest request;
    request.mutable_project()->set_display_name("示例苑");
    project_ = host_.channel()
                   .Call<v1::Project>("lintel.inventory.v1.ProjectsService/CreateProject", request, host_.As(manager_))
                   ->name();
  }
  void TearDown() override { runner_.Stop(); }

  template <class Reply>
  absl::StatusOr<Reply> Send(const std::string& method, const google::protobuf::Message& request) {
    return host_.channel().Call<Reply>(kRooms + method, request, host_.As(manager_));
  }
  v1::GenerateRoomsRequest Tower(int floors) {
    v1::GenerateRoomsRequest request;
    request.set_parent(project_);
    request.set_building("3栋");
    request.set_entrance("1单元");
    request.set_first_floor(1);
    request.set_last_floor(floors);
    for (int unit = 0; unit < 50; ++unit) request.add_units()->set_built_area_hundredths(9642);
    request.mutable_unit_price()->set_minor_units(3'021'600);
    request.set_available(true);
    return request;
  }
  absl::StatusOr<Operation> Import(const std::string& filename, const std::string& content, v1::Rounding rounding,
                                   bool dry_run = false) {
    v1::ImportRoomsRequest request;
    request.set_parent(project_);
    request.set_filename(filename);
    request.set_content(content);
    request.set_rounding(rounding);
    request.set_dry_run(dry_run);
    request.set_wait(true);
    return Send<Operation>("ImportRooms", request);
  }
  static int Number(const Operation& operation, const std::string& field) {
    return static_cast<int>(operation.response().fields().at(field).number_value());
  }
  static std::string Total(const Operation& operation, const std::string& field) {
    const auto& value = operation.response().fields().at("totals").struct_value().fields().at(field);
    return value.has_struct_value() ? value.struct_value().fields().at("minorUnits").string_value()
                                    : value.string_value();
  }

  const Principal manager_ =
      testing::OperatorWith({"project.manage", "room.manage", "room.read", "room.release", "deal.read"});
  testing::TestDatabase database_{"inventory", InventoryMigrations()};
  const Reasons reasons_{InventoryReasons()};
  Metrics metrics_{"inventory"};
  Commands commands_{database_.app(), WallClock};
  JobRunner runner_{database_.app(), database_.job(), WallClock, metrics_};
  Operations operations_{"inventory", commands_, reasons_};
  testing::TestServer host_{InventoryReasons()};
  Channel nobody_{"127.0.0.1:1", "inventory", "identity", host_.tokens()};
  RoomImports imports_{commands_, operations_, runner_, nobody_, SheetOptions{}};
  ProjectsService projects_{commands_};
  RoomsService rooms_{commands_, imports_};
  std::string project_;
};

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
      host_.channel().Call<v1::ControlChart>(std::string(kRooms) + "GetControlChart", request, again);
  EXPECT_EQ(unchanged->numbers_size(), 0);
  EXPECT_EQ(unchanged->etag(), chart->etag());
}

TEST_F(RoomsServiceTest, FindsRoomsByStateFloorAndPriceInPages) {  // INV-07
  ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(3)).ok());
  v1::ListRoomsRequest request;
  request.set_parent(project_);
  request.set_filter("state = AVAILABLE AND floor >= 2 AND list_price <= 291342600");
  request.set_page_size(60);
  const auto first = Send<v1::ListRoomsResponse>("ListRooms", request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->rooms_size(), 60);
  request.set_page_token(first->next_page_token());
  const auto second = Send<v1::ListRoomsResponse>("ListRooms", request);
  EXPECT_EQ(second->rooms_size(), 40);
  EXPECT_EQ(second->next_page_token(), "");
  request.set_filter("state = SOLD");
  request.clear_page_token();
  EXPECT_EQ(FieldOf(Send<v1::ListRoomsResponse>("ListRooms", request).status()), "filter");
}

TEST_F(RoomsServiceTest, ABrokenSheetChangesNothingAndNamesTheCells) {
  const auto done =
      Import("rooms.csv", "楼栋,单元,楼层,房号,预售单价,建筑面积\n3栋,--,1,01,100,90\n3栋,--,x,02,100,-1\n",
             v1::TRUNCATE_TO_YUAN);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_TRUE(done->done());
  EXPECT_EQ(Number(*done, "created"), 0);
  EXPECT_EQ(done->response().fields().at("rejected").list_value().values_size(), 2);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM rooms"), "0");
}

TEST_F(RoomsServiceTest, WhatIsNoSheetIsAnErrorOfTheOperation) {
  const auto done = Import("rooms.xlsx", std::string("PK\x03\x04 nothing", 12), v1::TRUNCATE_TO_YUAN);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_TRUE(done->done());
  EXPECT_NE(done->error().code(), 0);
  EXPECT_EQ(FieldOf(Import("rooms.csv", "", v1::TRUNCATE_TO_YUAN).status()), "content");
}

TEST_F(RoomsServiceTest, AnOperatorOfAnotherTenantSeesNoRoom) {  // OUT-01
  ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(1)).ok());
  v1::ListRoomsRequest request;
  request.set_parent("projects/-");
  const auto theirs = host_.channel().Call<v1::ListRoomsResponse>(std::string(kRooms) + "ListRooms", request,
                                                                  host_.As(testing::OperatorWith({"room.read"}, 2)));
  EXPECT_EQ(theirs->rooms_size(), 0);
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
