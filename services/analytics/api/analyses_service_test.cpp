// Analyses on real PostgreSQL and Redis: golden results, plots, and small groups that nobody sees.
#include "services/analytics/api/analyses_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/report/testing/golden.h"
#include "platform/report/testing/story.h"
#include "platform/sheet/sheet.h"
#include "platform/status/status.h"
#include "services/analytics/consumers/facts.h"
#include "services/analytics/embedded.h"

namespace lintel::analytics {
namespace {

using testing::Json;
using testing::StoryId;

class AnalysesServiceTest : public ::testing::Test {
 protected:
  AnalysesServiceTest() : host_(AnalyticsReasons()) {
    analyses_.Register(host_.server());
    host_.Start();
    Consume();
    story_.Tell();
    for (const auto& reader : readers_) testing::CatchUp(*reader);
  }

  void Consume() {
    ConsumeInventory(*readers_[0]);
    ConsumeCustomers(*readers_[1]);
    ConsumeSales(*readers_[2]);
  }

  absl::StatusOr<google::api::HttpBody> Run(const v1::RunAnalysisRequest& request, int64_t tenant = 1) {
    CallOptions options = host_.As(testing::OperatorWith({"analysis.run"}, tenant));
    options.language = "zh-CN";
    return host_.channel().Call<google::api::HttpBody>("lintel.analytics.v1.AnalysesService/RunAnalysis", request,
                                                       options);
  }
  static v1::RunAnalysisRequest Request(const std::string& id,
                                        const std::map<std::string, std::string>& parameters = {}) {
    v1::RunAnalysisRequest request;
    request.set_name("analyses/" + id);
    request.mutable_parameters()->insert(parameters.begin(), parameters.end());
    return request;
  }
  static v1::RunAnalysisRequest Opened(const std::string& id, const std::string& column,
                                       const std::map<std::string, std::string>& key) {
    v1::RunAnalysisRequest request = Request(id);
    request.mutable_detail()->set_column(column);
    request.mutable_detail()->mutable_key()->insert(key.begin(), key.end());
    return request;
  }
  Json RunJson(const v1::RunAnalysisRequest& request, int64_t tenant = 1) {
    const auto body = Run(request, tenant);
    EXPECT_TRUE(body.ok()) << body.status();
    return body.ok() ? Json::parse(body->data())
                     : Json{{"rows", Json::array()}, {"totals", nullptr}, {"columns", Json::array()}};
  }
  std::string Dump() {
    std::string dump;
    for (const char* table : {"dim_project", "dim_customer", "fact_interest", "fact_deal"}) {
      dump += database_.Value(std::string("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM ") + table + " t") +
              "\n";
    }
    return dump;
  }

  testing::Story story_;
  testing::TestDatabase database_{"analytics", AnalyticsMigrations()};
  Metrics metrics_{"test"};
  std::array<std::unique_ptr<Consumer>, 3> readers_{story_.inventory.NewConsumer(database_.job(), metrics_),
                                                    story_.customers.NewConsumer(database_.job(), metrics_),
                                                    story_.sales.NewConsumer(database_.job(), metrics_)};
  pg::Pool reader_pool_{{.connection = database_.connection(), .role = "analytics_reader", .schema = "analytics"}};
  pg::Database facts_{reader_pool_};
  report::Engine engine_{
      AnalysisFiles(), facts_, [] { return *ParseRfc3339(testing::kStoryNow); }, {.collection = "analyses"}};
  testing::TestServer host_;
  Channel nobody_{"127.0.0.1:1", "analytics", "customers", host_.tokens()};
  AnalysesService analyses_{engine_, nobody_, "WenQuanYi Micro Hei"};
};

TEST_F(AnalysesServiceTest, EveryAnalysisGivesItsGoldenResult) {  // ANA-06, ANA-16
  for (const report::Definition& definition : engine_.definitions()) {
    testing::ExpectGolden(RunJson(Request(definition.id)),
                          "services/analytics/testdata/" + definition.id + ".golden.json");
  }
}

TEST_F(AnalysesServiceTest, EveryFigureOfTheTrendOpensTheRowsItIsMadeOf) {  // UX-26
  const auto run = [&](const std::string& column, const Json& key) {
    std::map<std::string, std::string> keys;
    for (const auto& [name, value] : key.items()) keys[name] = value.get<std::string>();
    return RunJson(Opened("ANA-16", column, keys));
  };
  EXPECT_GT(testing::ExpectEveryFigureOpens(RunJson(Request("ANA-16")), run), 12);
}

TEST_F(AnalysesServiceTest, AGroupOfFiveOpensAndOneOfFourDoesNot) {
  const Json shown = RunJson(Request("ANA-06"));
  EXPECT_EQ(shown["rows"][0]["customers"], 6) << "six walked in";
  EXPECT_EQ(RunJson(Opened("ANA-06", "customers", {{"source", "walk-in"}}))["rows"].size(), 6u);
  EXPECT_EQ(ReasonOf(Run(Opened("ANA-06", "customers", {{"source", "referral"}})).status()), "GROUP_TOO_SMALL");
  EXPECT_EQ(ReasonOf(Run(Opened("ANA-06", "customers", {})).status()), "GROUP_TOO_SMALL")
      << "the total would tell the rest";
}

TEST_F(AnalysesServiceTest, SmallGroupsAreHiddenInEveryFormAndInThePlot) {
  const Json shown = RunJson(Request("ANA-06"));
  const Json& referral = shown["rows"].back();
  EXPECT_EQ(referral["source"], "referral");
  EXPECT_EQ(referral["customers"], "<5");
  EXPECT_EQ(shown["chart"]["series"][0]["data"].back(), nullptr);
  v1::RunAnalysisRequest request = Request("ANA-06");
  request.set_format("CSV");
  const auto csv = ReadSheet(Run(request)->data(), "ANA-06.csv");
  EXPECT_EQ(csv->rows[3].At(0), "老客户介绍");
  EXPECT_EQ(csv->rows[3].At(1), "<5");
}

TEST_F(AnalysesServiceTest, TheMovingAverageLooksThreeWeeksBack) {
  const Json trend = RunJson(Request("ANA-16", {{"weeks", "4"}}));
  ASSERT_EQ(trend["rows"].size(), 4u);
  EXPECT_EQ(trend["rows"][3]["week"], "2026-11-23");
  EXPECT_EQ(trend["rows"][3]["contractAmount"]["minorUnits"], "291342672");
  EXPECT_EQ(trend["rows"][3]["movingAverage"]["minorUnits"], "72835668");
  const Json later = RunJson(Request("ANA-16", {{"weeks", "4"}, {"date", "2026-12-20"}}));
  EXPECT_EQ(later["rows"][3]["movingAverage"]["minorUnits"], "72835668") << "the week of the sale is just inside";
  EXPECT_EQ(
      RunJson(Request("ANA-16", {{"weeks", "4"}, {"date", "2026-12-21"}}))["rows"][3]["movingAverage"]["minorUnits"],
      "0");
  EXPECT_EQ(FieldOf(Run(Request("ANA-16", {{"weeks", "105"}})).status()), "parameters.weeks");
}

TEST_F(AnalysesServiceTest, TheForecastGivesItsGoldenResult) {  // ANA-16
  testing::ExpectGolden(RunJson(Request("ANA-16", {{"date", "2027-01-31"}})),
                        "services/analytics/testdata/ANA-16.forecast.golden.json");
}

TEST_F(AnalysesServiceTest, AStraightLineIsForecastAsOneAndOnlyFromEightWeeksOn) {  // ANA-16
  // 1,000 yuan in the week of 2028-01-03, and 100 more in each of seven weeks after it; of one project with nothing
  // else.
  const std::string project = StoryId(999);
  database_.Execute("INSERT INTO dim_project (tenant_id, project_id, display_name, time_zone) VALUES (1, '" + project +
                    "', 'Line', 'Asia/Shanghai')");
  database_.Execute(
      "INSERT INTO fact_deal (tenant_id, deal_id, project_id, customer_id, contract_number, price, sign_date)"
      " SELECT 1, gen_random_uuid(), '" +
      project +
      "', gen_random_uuid(), 'L-' || k, 100000 + k * 10000, date '2028-01-05' + k * 7 FROM generate_series(0, 7) k");
  const auto until = [&](const std::string& date) {
    return RunJson(Request("ANA-16", {{"project", "projects/" + project}, {"date", date}}))["rows"];
  };
  const Json before = until("2028-02-26");  // A Saturday: the eighth week is not over.
  ASSERT_EQ(before.size(), 12u);
  EXPECT_EQ(before.back()["forecast"], nullptr);
  const Json rows = until("2028-02-27");
  ASSERT_EQ(rows.size(), 16u);
  EXPECT_EQ(rows[11]["forecast"], nullptr) << "a week that is over is not forecast";
  for (int k = 0; k < 4; ++k) {
    EXPECT_EQ(rows[12 + k]["forecast"]["minorUnits"], std::to_string(180'000 + k * 10'000));
    EXPECT_EQ(rows[12 + k]["kind"], "FORECAST");
    EXPECT_EQ(rows[12 + k]["contracts"], nullptr);
  }
  const Json midweek = until("2028-03-01");
  EXPECT_EQ(midweek[11]["contracts"], 0);
  EXPECT_EQ(midweek[11]["forecast"]["minorUnits"], "180000") << "the week that is not over has both";
}

TEST_F(AnalysesServiceTest, ARebuildFromEventsWithRedisEmptyGivesIdenticalTables) {
  const std::string before = Dump();
  for (testing::EventSource* source : {&story_.inventory, &story_.customers, &story_.sales}) source->ForgetStream();
  for (const auto& reader : readers_) ASSERT_TRUE(reader->Rebuild().ok());
  EXPECT_EQ(Dump(), "\n\n\n\n");
  readers_ = {story_.inventory.NewConsumerWithoutRedis(database_.job(), metrics_),
              story_.customers.NewConsumerWithoutRedis(database_.job(), metrics_),
              story_.sales.NewConsumerWithoutRedis(database_.job(), metrics_)};
  Consume();
  for (auto reader = readers_.rbegin(); reader != readers_.rend(); ++reader) testing::CatchUp(**reader);
  EXPECT_EQ(Dump(), before);
}

TEST_F(AnalysesServiceTest, TenantsAreWallsAndRightsAreNeeded) {
  EXPECT_EQ(RunJson(Request("ANA-16"), 2)["totals"]["subscriptions"], 1);
  EXPECT_EQ(RunJson(Request("ANA-16"))["totals"]["subscriptions"], 2);
  const auto refused =
      host_.channel().Call<google::api::HttpBody>("lintel.analytics.v1.AnalysesService/RunAnalysis", Request("ANA-16"),
                                                  host_.As(testing::OperatorWith({"report.run"})));
  EXPECT_EQ(ReasonOf(refused.status()), "RIGHT_MISSING");
}

}  // namespace
}  // namespace lintel::analytics
