// Analyses on real PostgreSQL and Redis: golden results, plots, and small groups that nobody sees.
#include "platform/sheet/sheet.h"
#include "platform/status/status.h"
#include "services/analytics/testing/analyses_fixture.h"

namespace lintel::analytics {
namespace {

using testing::Json;

class AnalysesServiceTest : public AnalysesFixture {};

TEST_F(AnalysesServiceTest, EveryAnalysisGivesItsGoldenResult) {  // ANA-06, ANA-16
  for (const report::Definition& definition : engine_.definitions()) {
    testing::ExpectGolden(RunJson(Request(definition.id)),
                          "services/analytics/testdata/" + definition.id + ".golden.json");
  }
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

TEST_F(AnalysesServiceTest, ATenantThatHasSwitchedAnalysesOffHasNone) {  // ADM-02
  const CallOptions off = host_.As(testing::OperatorWith({"analysis.run"}));
  EXPECT_EQ(ReasonOf(host_.channel()
                         .Call<google::api::HttpBody>("lintel.analytics.v1.AnalysesService/RunAnalysis",
                                                      Request("ANA-16"), off)
                         .status()),
            "FEATURE_OFF");
  EXPECT_EQ(ReasonOf(host_.channel()
                         .Call<v1::ListAnalysesResponse>("lintel.analytics.v1.AnalysesService/ListAnalyses",
                                                         v1::ListAnalysesRequest(), off)
                         .status()),
            "FEATURE_OFF");
}

}  // namespace
}  // namespace lintel::analytics
