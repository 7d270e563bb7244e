// The search for a room (INV-07): every question a buyer asks, alone and together, in order and in pages.
#include <chrono>

#include "services/inventory/testing/rooms_fixture.h"

namespace lintel::inventory {
namespace {

class RoomSearchTest : public RoomsServiceTest {
 protected:
  // Two towers of five floors with a small flat to the south and a large one to the north on each.
  void GivenTowers() {
    for (const char* building : {"3栋", "5栋"}) {
      v1::GenerateRoomsRequest request = Tower(5);
      request.set_building(building);
      request.clear_units();
      AddUnit(request, "B2", "south", 8'000);
      AddUnit(request, "C1", "north", 12'000);
      ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", request).ok());
    }
  }
  static void AddUnit(v1::GenerateRoomsRequest& request, const char* layout, const char* orientation, int64_t area) {
    v1::GeneratedUnit& unit = *request.add_units();
    unit.set_layout(layout);
    unit.set_orientation(orientation);
    unit.set_built_area_hundredths(area);
  }
  v1::ListRoomsRequest Question(const std::string& filter, const std::string& query = "") {
    v1::ListRoomsRequest request;
    request.set_parent(project_);
    request.set_filter(filter);
    request.set_query(query);
    return request;
  }
  // How many rooms are found; -1 for a refusal.
  int Found(const std::string& filter, const std::string& query = "") {
    const auto found = Send<v1::ListRoomsResponse>("ListRooms", Question(filter, query));
    return found.ok() ? found->rooms_size() : -1;
  }
  // "301 302 ...": numbers in the answer's order.
  std::string Numbers(v1::ListRoomsRequest request) {
    std::string numbers;
    const auto found = Send<v1::ListRoomsResponse>("ListRooms", request);
    for (const v1::Room& room : found->rooms()) numbers += (numbers.empty() ? "" : " ") + room.number();
    return numbers;
  }
};

TEST_F(RoomSearchTest, FindsByLayoutAreaOrientationFloorPriceAndState) {  // INV-07
  GivenTowers();
  EXPECT_EQ(Found(""), 20);
  EXPECT_EQ(Found("layout = C1"), 10);
  EXPECT_EQ(Found("built_area_hundredths >= 8000 AND built_area_hundredths < 12000"), 10);
  EXPECT_EQ(Found("orientation = south"), 10);
  EXPECT_EQ(Found("floor >= 2 AND floor <= 3"), 8);
  EXPECT_EQ(Found("list_price > 300000000"), 10) << "30,216 yuan times 120 square metres";
  EXPECT_EQ(Found("listPrice.minorUnits > 300000000"), 10) << "as the room itself writes it";
  EXPECT_EQ(Found("number = \"3*\""), 4) << "AIP-160: a star at an end stands for anything";
  EXPECT_EQ(Found("number != \"*01\""), 10);
  EXPECT_EQ(Found("state = AVAILABLE"), 20);
  EXPECT_EQ(Found("state = HELD"), 0);
  EXPECT_EQ(
      Found("building = \"5栋\" AND layout = B2 AND orientation = south AND floor >= 4 AND list_price < 300000000 "
            "AND state = AVAILABLE"),
      2);
}

TEST_F(RoomSearchTest, FindsByTheWordsOfARoomsName) {  // INV-07
  GivenTowers();
  EXPECT_EQ(Found("", "5栋"), 10);
  EXPECT_EQ(Found("", "5栋 301"), 1);
  EXPECT_EQ(Found("", "5栋1单元301"), 1) << "as it is said in one breath";
  EXPECT_EQ(Found("", "c1 3栋"), 5) << "whatever the case";
  EXPECT_EQ(Found("floor = 3", "5栋"), 2);
  EXPECT_EQ(Found("", "9栋"), 0);
  EXPECT_EQ(Found("", "%"), 0) << "no wildcard";
  EXPECT_EQ(FieldOf(Send<v1::ListRoomsResponse>("ListRooms", Question("", std::string(61, 'x'))).status()), "query");
}

TEST_F(RoomSearchTest, AnswersInTheOrderThatIsAskedFor) {  // INV-07
  GivenTowers();
  v1::ListRoomsRequest request = Question("building = \"3栋\" AND floor >= 4");
  EXPECT_EQ(Numbers(request), "401 402 501 502");
  request.set_order_by("list_price desc, floor desc");
  EXPECT_EQ(Numbers(request), "502 402 501 401");
  request.set_order_by("built_area_hundredths, number");
  EXPECT_EQ(Numbers(request), "401 501 402 502");
}

TEST_F(RoomSearchTest, FindsInPagesThatBelongToTheirQuestion) {  // INV-07
  ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(3)).ok());
  v1::ListRoomsRequest request = Question("state = AVAILABLE AND floor >= 2 AND list_price <= 291342600", "3栋");
  request.set_page_size(60);
  const auto first = Send<v1::ListRoomsResponse>("ListRooms", request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->rooms_size(), 60);
  request.set_page_token(first->next_page_token());
  const auto second = Send<v1::ListRoomsResponse>("ListRooms", request);
  EXPECT_EQ(second->rooms_size(), 40);
  EXPECT_EQ(second->next_page_token(), "");
  request.set_query("1单元");
  EXPECT_EQ(FieldOf(Send<v1::ListRoomsResponse>("ListRooms", request).status()), "page_token");
  request.set_query("3栋");
  request.set_filter("floor >= 2");
  EXPECT_EQ(FieldOf(Send<v1::ListRoomsResponse>("ListRooms", request).status()), "page_token");
}

TEST_F(RoomSearchTest, AQuestionThatMakesNoSenseIsNamed) {  // INV-07
  const auto field = [&](const v1::ListRoomsRequest& request) {
    return FieldOf(Send<v1::ListRoomsResponse>("ListRooms", request).status());
  };
  for (const char* filter :
       {"state = SOLD", "colour = red", "floor = high", "list_price >", "floor >= 2 AND (floor < 9"})
    EXPECT_EQ(field(Question(filter)), "filter") << filter;
  v1::ListRoomsRequest request = Question("");
  request.set_order_by("lock_reason");
  EXPECT_EQ(field(request), "order_by");
  request = Question("");
  request.set_page_size(-1);
  EXPECT_EQ(field(request), "page_size");
  request.set_parent("projects/one");
  EXPECT_EQ(field(request), "parent");
}

TEST_F(RoomSearchTest, ReachesEveryProjectTheReaderMaySeeAndNoOther) {  // INV-07, OUT-01
  ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(1)).ok());
  v1::ListRoomsRequest everywhere;
  everywhere.set_parent("projects/-");
  const auto seen = [&](const Principal& who) {
    return As<v1::ListRoomsResponse>(who, "RoomsService/ListRooms", everywhere)->rooms_size();
  };
  EXPECT_EQ(seen(manager_), 50);
  EXPECT_EQ(seen(Elsewhere()), 0);
  EXPECT_EQ(seen(testing::OperatorWith({"room.read"}, 2)), 0);
  EXPECT_EQ(As<v1::ListRoomsResponse>(Elsewhere(), "RoomsService/ListRooms", Question("")).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(RoomSearchTest, FindsAPageAmongAHundredThousandRooms) {  // INV-07
  database_.Execute(R"sql(
    INSERT INTO rooms (tenant_id, id, project_id, building, entrance, floor, number, layout, orientation,
                       built_area_hundredths, inner_area_hundredths, unit_price_minor, list_price_minor, price_version,
                       state, state_time)
    SELECT 1, gen_random_uuid(), p.id, (n / 1000) || '栋', '1单元', n % 50 + 1, n::text, 'C' || n % 9,
           CASE n % 2 WHEN 0 THEN 'south' ELSE 'north' END, 8000 + n % 7000, 0, 3000000, 240000000 + n % 7000 * 30000, 1,
           2, timestamptz '2026-01-01'
      FROM projects p, generate_series(1, 100000) n;
    ANALYZE rooms)sql");
  v1::ListRoomsRequest request = Question(
      "state = AVAILABLE AND layout = C4 AND orientation = south AND floor >= 10 AND floor <= 40 AND "
      "built_area_hundredths >= 9000 AND list_price <= 400000000",
      "栋 1单元");
  request.set_order_by("list_price desc");
  const auto found = Send<v1::ListRoomsResponse>("ListRooms", request);
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->rooms_size(), 50);
  for (int i = 1; i < found->rooms_size(); ++i) {
    EXPECT_LE(found->rooms(i).list_price().minor_units(), found->rooms(i - 1).list_price().minor_units());
    EXPECT_EQ(found->rooms(i).layout(), "C4");
  }
}

}  // namespace
}  // namespace lintel::inventory
