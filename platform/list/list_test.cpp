#include "platform/list/list.h"

#include <gtest/gtest.h>

#include "platform/list/filter.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

const ListSpec kSpec{
    .fields = {{"state", {.column = "state", .type = FieldType::kCode, .codes = {{"HELD", "held"}}}},
               {"floor", {.column = "floor", .type = FieldType::kInteger, .sortable = true}},
               {"price", {.column = "price_minor", .type = FieldType::kMoney, .sortable = true}},
               {"layout", {.column = "layout", .sortable = true}},
               {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}},
               {"team", {.column = "team_id", .type = FieldType::kId, .pattern = "teams/*"}},
               {"project", {.column = "projects", .type = FieldType::kIdSet, .pattern = "projects/*"}}},
    .default_order = "create_time desc"};

constexpr char kId[] = "0193a1b2-0000-7000-8000-000000000001";

std::string SqlOf(const std::string& filter) {
  const auto list = MakeList(kSpec, {.filter = filter});
  if (!list.ok()) return FieldOf(list.status()) + ": " + std::string(list.status().message());
  const std::string sql = list->Around("SELECT 1", {"own"}).sql;
  const size_t where = sql.find(" WHERE ");
  return where == std::string::npos ? "" : sql.substr(where + 7, sql.find(" ORDER BY") - where - 7);
}

bool Refuses(const std::string& filter) {
  const auto list = MakeList(kSpec, {.filter = filter});
  return !list.ok() && FieldOf(list.status()) == "filter";
}

TEST(Filter, JoinsComparisonsAsAip160DoesWithOrTighterThanAnd) {
  EXPECT_EQ(SqlOf("floor >= 20 AND state = HELD OR layout = \"B 2\""),
            "(floor >= $2::bigint AND (state = $3::text OR layout = $4::text))");
  EXPECT_EQ(SqlOf("floor=1 floor=2"), "(floor = $2::bigint AND floor = $3::bigint)");
  EXPECT_EQ(SqlOf("NOT (floor < 3)"), "NOT coalesce(floor < $2::bigint, false)");
}

TEST(Filter, ValuesNeverBecomeSql) {
  const auto list = MakeList(kSpec, {.filter = "layout = \"'; DROP TABLE rooms; --\" AND layout : '?$1'"});
  ASSERT_TRUE(list.ok());
  const auto statement = list->Around("SELECT 1", {});
  EXPECT_EQ(statement.sql.find("DROP"), std::string::npos);
  EXPECT_EQ(statement.parameters, (std::vector<std::string>{"'; DROP TABLE rooms; --", "?$1"}));
}

TEST(Filter, AStarAtAnEndOfATextStandsForAnything) {
  const auto matched_by = [](const std::string& filter) {
    return MakeList(kSpec, {.filter = filter})->Around("SELECT 1", {});
  };
  EXPECT_EQ(SqlOf("layout = \"B*\""), "(layout LIKE $2::text) IS TRUE");
  EXPECT_EQ(SqlOf("layout != \"*2\""), "(layout LIKE $2::text) IS NOT TRUE");
  EXPECT_EQ(matched_by("layout = \"B*\"").parameters.front(), "B%");
  EXPECT_EQ(matched_by(R"(layout = "*50%_\\*")").parameters.front(), R"(%50\%\_\\%)");
  EXPECT_EQ(matched_by("layout = \"a*b\"").parameters.front(), "a*b") << "only at the ends";
  EXPECT_TRUE(Refuses("floor = 2*"));
}

TEST(Filter, ARefusalNamesTheFieldsThereAre) {
  EXPECT_EQ(SqlOf("colour = red"),
            "filter: there is no field `colour`; there are create_time, floor, layout, price, project, state, team");
}

TEST(Filter, UnderstandsNamesSetsTimesAndMoney) {
  EXPECT_EQ(SqlOf("price > 5000"), "price_minor > $2::bigint");
  EXPECT_EQ(SqlOf("price.minorUnits > 5000"), "price_minor > $2::bigint");
  EXPECT_TRUE(Refuses("floor.minorUnits > 5000"));
  EXPECT_EQ(SqlOf(std::string("team = teams/") + kId), "team_id = $2::uuid");
  EXPECT_EQ(SqlOf("team = \"\""), "team_id IS NULL");
  EXPECT_EQ(SqlOf(std::string("project : projects/") + kId), "$2::uuid = ANY(projects)");
  EXPECT_EQ(SqlOf("createTime > 2026-11-23T09:54:00Z"), "created_time > $2::timestamptz");
}

TEST(Filter, RefusesWhatIsMalformedUnknownOrOfTheWrongType) {
  for (const char* filter : {"floor",
                             "floor =",
                             "= 3",
                             "floor = x",
                             "floor ! 3",
                             "(floor = 3",
                             "floor = 3)",
                             "nothing = 1",
                             "state = SOLD",
                             "state < HELD",
                             "team : teams/x",
                             "floor : 3",
                             "layout = \"open",
                             "create_time > yesterday",
                             "floor = 3 AND",
                             "floor = 3 OR",
                             "NOT",
                             "()",
                             "floor = 99999999999999999999",
                             "a;b = 1"}) {
    EXPECT_TRUE(Refuses(filter)) << filter;
  }
}

TEST(Filter, IsBoundedInLengthBreadthAndDepth) {
  std::string twenty = "floor = 1";
  for (int i = 1; i < kMostComparisons; ++i) twenty += " AND floor = 1";
  EXPECT_FALSE(Refuses(twenty));
  EXPECT_TRUE(Refuses(twenty + " AND floor = 1"));
  EXPECT_FALSE(Refuses(std::string(kDeepestFilter, '(') + "floor = 1" + std::string(kDeepestFilter, ')')));
  EXPECT_TRUE(Refuses(std::string(kDeepestFilter + 1, '(') + "floor = 1" + std::string(kDeepestFilter + 1, ')')));
  EXPECT_TRUE(Refuses("layout = \"" + std::string(kLongestFilter, 'x') + "\""));
}

TEST(Order, EndsWithTheKeyAndRefusesFieldsThatAreNotForIt) {
  EXPECT_NE(MakeList(kSpec, {})->Around("SELECT 1", {}).sql.find("ORDER BY created_time DESC, id DESC LIMIT 51"),
            std::string::npos);
  EXPECT_NE(MakeList(kSpec, {.order_by = "floor desc, layout"})
                ->Around("SELECT 1", {})
                .sql.find("ORDER BY floor DESC, layout, id LIMIT"),
            std::string::npos);
  for (const char* order : {"state", "nothing", "floor down", "floor desc now", "floor,floor,floor,floor,floor"}) {
    EXPECT_EQ(FieldOf(MakeList(kSpec, {.order_by = order}).status()), "order_by") << order;
  }
}

TEST(Page, HasFiftyRowsByDefaultAndFiveHundredAtMost) {
  EXPECT_EQ(MakeList(kSpec, {})->page_size(), 50);
  EXPECT_EQ(MakeList(kSpec, {.page_size = 501})->page_size(), 500);
  EXPECT_EQ(FieldOf(MakeList(kSpec, {.page_size = -1}).status()), "page_size");
}

TEST(Page, GoesOnAfterTheKeyOfTheLastRow) {
  const ListRequest request{.order_by = "floor, layout"};
  const auto first = MakeList(kSpec, request);
  const std::string token = first->TokenAfter({"20", "B:2", kId});
  ListRequest second = request;
  second.page_token = token;
  const auto statement = MakeList(kSpec, second)->Around("SELECT 1", {"own"});
  EXPECT_NE(statement.sql.find("WHERE (floor, layout, id) > ($2::bigint, $3::text, $4::uuid)"), std::string::npos);
  EXPECT_EQ(statement.parameters, (std::vector<std::string>{"own", "20", "B:2", kId}));
  second.order_by = "floor desc, layout";
  const std::string mixed = MakeList(kSpec, {.order_by = second.order_by})->TokenAfter({"20", "B2", kId});
  second.page_token = mixed;
  EXPECT_NE(MakeList(kSpec, second)
                ->Around("SELECT 1", {})
                .sql.find("((floor < $1::bigint) OR (floor = $1::bigint AND layout > $2::text)"),
            std::string::npos);
}

TEST(Page, ATokenIsBoundToFilterOrderAndParent) {
  const std::string token = MakeList(kSpec, {.binding = "projects/a"})->TokenAfter({"2026-11-23T09:54:00Z", kId});
  EXPECT_TRUE(MakeList(kSpec, {.page_token = token, .binding = "projects/a"}).ok());
  for (const ListRequest& other :
       {ListRequest{.page_token = token, .binding = "projects/b"},
        ListRequest{.filter = "floor = 1", .page_token = token, .binding = "projects/a"},
        ListRequest{.order_by = "floor", .page_token = token, .binding = "projects/a"},
        ListRequest{.page_token = token + "x", .binding = "projects/a"}, ListRequest{.page_token = "%%%"}}) {
    EXPECT_EQ(FieldOf(MakeList(kSpec, other).status()), "page_token");
  }
}

TEST(Page, AForgedCursorIsRefusedBeforeItReachesSql) {
  const auto list = MakeList(kSpec, {});
  EXPECT_FALSE(MakeList(kSpec, {.page_token = list->TokenAfter({"yesterday", kId})}).ok());
  EXPECT_FALSE(MakeList(kSpec, {.page_token = list->TokenAfter({"2026-11-23T09:54:00Z", "1 OR 1=1"})}).ok());
}

}  // namespace
}  // namespace lintel
