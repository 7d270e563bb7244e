// Layouts (INV-05): made, changed, retired, taken by rooms, priced; and what is refused.
#include "services/inventory/testing/rooms_fixture.h"

namespace lintel::inventory {
namespace {

class LayoutsTest : public RoomsServiceTest {
 protected:
  absl::StatusOr<v1::Layout> Create(const std::string& code, const std::function<void(v1::Layout&)>& change = {}) {
    v1::CreateLayoutRequest request;
    request.set_parent(project_);
    request.mutable_layout()->set_code(code);
    request.mutable_layout()->set_display_name("两室两厅一卫");
    request.mutable_layout()->set_bedrooms(2);
    if (change) change(*request.mutable_layout());
    return As<v1::Layout>(manager_, "LayoutsService/CreateLayout", request);
  }
  absl::StatusOr<v1::Layout> Update(const v1::Layout& layout, const std::vector<std::string>& paths = {}) {
    v1::UpdateLayoutRequest request;
    *request.mutable_layout() = layout;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return As<v1::Layout>(manager_, "LayoutsService/UpdateLayout", request);
  }
  absl::StatusOr<v1::Layout> Retire(const v1::Layout& layout, const std::string& etag = "") {
    v1::RetireLayoutRequest request;
    request.set_name(layout.name());
    request.set_etag(etag);
    return As<v1::Layout>(manager_, "LayoutsService/RetireLayout", request);
  }
  absl::StatusOr<v1::Layout> Get(const Principal& who, const std::string& name) {
    v1::GetLayoutRequest request;
    request.set_name(name);
    return As<v1::Layout>(who, "LayoutsService/GetLayout", request);
  }
  // "C1 C2-": codes in order, the retired with a minus.
  std::string Listed() {
    v1::ListLayoutsRequest request;
    request.set_parent(project_);
    std::string codes;
    const auto listed = As<v1::ListLayoutsResponse>(manager_, "LayoutsService/ListLayouts", request);
    for (const v1::Layout& layout : listed->layouts()) {
      codes += (codes.empty() ? "" : " ") + layout.code() + (layout.retired() ? "-" : "");
    }
    return codes;
  }
  // Two floors of two rooms: one with each layout.
  absl::StatusOr<v1::GenerateRoomsResponse> Generate(const std::string& left, const std::string& right,
                                                     const std::string& building = "3栋") {
    v1::GenerateRoomsRequest request = Tower(2);
    request.set_building(building);
    request.clear_units();
    for (const std::string& code : {left, right}) {
      v1::GeneratedUnit& unit = *request.add_units();
      unit.set_layout(code);
      unit.set_built_area_hundredths(9642);
    }
    return Send<v1::GenerateRoomsResponse>("GenerateRooms", request);
  }
  absl::StatusOr<v1::PriceTable> Publish(const std::string& layout, int64_t fen) {
    v1::PublishPriceTableRequest request;
    request.set_parent(project_);
    v1::LayoutPrice& price = *request.add_layout_prices();
    price.set_layout(layout);
    price.mutable_unit_price()->set_minor_units(fen);
    return As<v1::PriceTable>(manager_, "ProjectsService/PublishPriceTable", request);
  }
};

TEST_F(LayoutsTest, ALayoutIsMadeReadChangedAndListedByCode) {  // INV-05
  const auto made = Create("C2");
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_TRUE(Create("C1").ok());
  EXPECT_EQ(Listed(), "C1 C2");
  v1::Layout wanted = *made;
  wanted.set_display_name("三室两厅两卫");
  wanted.set_bedrooms(3);
  const auto changed = Update(wanted, {"display_name"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->display_name(), "三室两厅两卫");
  EXPECT_EQ(changed->bedrooms(), 2) << "the mask does not name it";
  EXPECT_EQ(Get(manager_, made->name())->etag(), changed->etag());
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE aggregate LIKE '%/layouts/%'"), "3");
}

TEST_F(LayoutsTest, WhatIsWrongWithALayoutIsNamed) {  // INV-05
  EXPECT_EQ(FieldOf(Create("").status()), "layout.code");
  EXPECT_EQ(FieldOf(Create(std::string(21, 'C')).status()), "layout.code");
  EXPECT_EQ(FieldOf(Create("C1", [](auto& layout) { layout.set_bedrooms(21); }).status()), "layout.bedrooms");
  EXPECT_EQ(FieldOf(Create("C1", [](auto& layout) { layout.set_picture("plan.png"); }).status()), "layout.picture");
  v1::Layout made = *Create("C1");
  EXPECT_EQ(ReasonOf(Create("C1").status()), "ALREADY_PRESENT");
  made.set_code("C9");
  EXPECT_EQ(FieldOf(Update(made).status()), "layout.code") << "rooms and prices quote it";
  made.set_code("C1");
  EXPECT_EQ(FieldOf(Update(made, {"room_count"}).status()), "update_mask");
  made.set_etag("7");
  EXPECT_EQ(ReasonOf(Update(made).status()), "STALE_ETAG");
  EXPECT_EQ(ReasonOf(Retire(made, "7").status()), "STALE_ETAG");
}

TEST_F(LayoutsTest, APlanIsAnUploadedImageAndIsTakenOver) {  // INV-05
  const std::string plan = "files/" + NewId();
  const std::string sheet = "files/" + NewId();
  uploads_ = {{plan, "image/png"}, {sheet, "text/csv"}};
  const auto with = [](const std::string& file) { return [file](v1::Layout& layout) { layout.set_picture(file); }; };
  EXPECT_EQ(FieldOf(Create("C1", with(sheet)).status()), "layout.picture");
  EXPECT_EQ(Create("C1", with("files/" + NewId())).status().code(), absl::StatusCode::kNotFound);
  v1::Layout made = *Create("C1", with(plan));
  EXPECT_EQ(made.picture(), plan);
  made.clear_picture();
  EXPECT_EQ(Update(made, {"picture"})->picture(), "");
  EXPECT_EQ(Listed(), "C1");
}

TEST_F(LayoutsTest, RoomsTakeLayoutsAndMakeThoseThatAreNew) {  // INV-05, INV-06
  const v1::Layout known = *Create("C1");
  ASSERT_TRUE(Generate("C1", "C2").ok());
  EXPECT_EQ(Listed(), "C1 C2");
  EXPECT_EQ(Get(manager_, known.name())->room_count(), 2);
  v1::GetControlChartRequest chart;
  chart.set_parent(project_);
  const auto shown = Send<v1::ControlChart>("GetControlChart", chart);
  EXPECT_EQ(shown->layouts_size(), 3) << "none, C1, C2";
  EXPECT_EQ(shown->layouts(shown->layout_index(0)), "C1");
  ASSERT_TRUE(Import("rooms.csv", "楼栋,楼层,房号,建筑面积,户型\n9栋,1,01,90,D1\n", v1::TRUNCATE_TO_YUAN).ok());
  EXPECT_EQ(Listed(), "C1 C2 D1");
}

TEST_F(LayoutsTest, ARetiredLayoutStaysWithItsRoomsAndIsTakenByNoOther) {  // INV-05
  const auto rooms = Generate("C1", "C2");
  const v1::Layout layout = Get(manager_, database_.Value("SELECT 'projects/' || project_id || '/layouts/' || id FROM "
                                                          "layouts WHERE code = 'C1'"))
                                .value();
  ASSERT_TRUE(Retire(layout).ok());
  EXPECT_TRUE(Retire(layout)->retired()) << "once more changes nothing";
  EXPECT_EQ(Listed(), "C1- C2");
  EXPECT_EQ(Get(manager_, layout.name())->room_count(), 2);
  EXPECT_EQ(ReasonOf(Generate("C1", "C3", "5栋").status()), "LAYOUT_RETIRED");
  EXPECT_EQ(Listed(), "C1- C2") << "the other one was not made either";
  v1::UpdateRoomRequest update;
  *update.mutable_room() = rooms->rooms(1);
  update.mutable_update_mask()->add_paths("layout");
  const auto take = [&](const std::string& code) {
    update.mutable_room()->set_layout(code);
    return Send<v1::Room>("UpdateRoom", update).status();
  };
  EXPECT_EQ(ReasonOf(take("C1")), "LAYOUT_RETIRED");
  EXPECT_EQ(FieldOf(take("Z9")), "room.layout");
  const auto imported = Import("rooms.csv", "楼栋,楼层,房号,建筑面积,户型\n9栋,1,01,90,C1\n", v1::TRUNCATE_TO_YUAN);
  EXPECT_NE(imported->DebugString().find("CELL_LAYOUT_RETIRED"), std::string::npos);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM rooms WHERE building = '9栋'"), "0");
  v1::RestoreLayoutRequest restore;
  restore.set_name(layout.name());
  EXPECT_FALSE(As<v1::Layout>(manager_, "LayoutsService/RestoreLayout", restore)->retired());
  update.clear_room();
  *update.mutable_room() = rooms->rooms(1);
  update.mutable_room()->clear_etag();
  EXPECT_TRUE(take("C1").ok());
}

TEST_F(LayoutsTest, APriceByLayoutIsThatOfItsFreeRooms) {  // INV-05, BX-03
  ASSERT_TRUE(Generate("C1", "C2").ok());
  const auto table = Publish("C1", 1'000'000);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->room_count(), 2);
  EXPECT_EQ(table->list_value().minor_units(), 2 * 96'420'000);
  EXPECT_EQ(database_.Value("SELECT DISTINCT price_version FROM rooms WHERE layout = 'C1'"), "2");
  EXPECT_EQ(database_.Value("SELECT DISTINCT price_version FROM rooms WHERE layout = 'C2'"), "1");
  EXPECT_EQ(FieldOf(Publish("Z9", 1'000'000).status()), "layout_prices");
  EXPECT_EQ(FieldOf(Publish("C1", 0).status()), "layout_prices[0].unit_price.minor_units");
  ASSERT_TRUE(Create("C3").ok());
  EXPECT_EQ(FieldOf(Publish("C3", 1'000'000).status()), "layout_prices") << "it has no rooms";
}

TEST_F(LayoutsTest, OnlyManagersOfTheProjectMakeThemAndOnlyItsReadersSee) {  // INV-05, NFR-01
  const std::string name = Create("C1")->name();
  const Principal reader = testing::OperatorWith({"room.read"});
  EXPECT_EQ(Get(reader, name)->code(), "C1");
  v1::RetireLayoutRequest retire;
  retire.set_name(name);
  EXPECT_EQ(As<v1::Layout>(reader, "LayoutsService/RetireLayout", retire).status().code(),
            absl::StatusCode::kPermissionDenied);
  const Principal stranger = testing::OperatorWith({"project.manage", "room.read"}, 2);
  for (const Principal& who : {Elsewhere(), stranger}) {
    EXPECT_EQ(Get(who, name).status().code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(As<v1::Layout>(who, "LayoutsService/RetireLayout", retire).status().code(), absl::StatusCode::kNotFound);
    v1::ListLayoutsRequest list;
    list.set_parent(project_);
    EXPECT_EQ(As<v1::ListLayoutsResponse>(who, "LayoutsService/ListLayouts", list).status().code(),
              absl::StatusCode::kNotFound);
  }
  EXPECT_EQ(Listed(), "C1");
}

}  // namespace
}  // namespace lintel::inventory
