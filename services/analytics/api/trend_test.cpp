// ANA-16 by week and by month: golden results, averages, forecasts, and the edges of both.
#include <gmock/gmock.h>

#include "platform/i18n/reasons.h"
#include "platform/status/status.h"
#include "services/analytics/testing/analyses_fixture.h"

namespace lintel::analytics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Json;
using Parameters = std::map<std::string, std::string>;

class TrendTest : public AnalysesFixture {
 protected:
  Json Trend(const Parameters& parameters) { return RunJson(Request("ANA-16", parameters)); }
  Json Months(Parameters parameters) {
    parameters["period"] = "MONTH";
    return Trend(parameters);
  }
  absl::Status RefusalOf(const Parameters& parameters) { return Run(Request("ANA-16", parameters)).status(); }

  // A project with nothing but what a test sells in it; as a parameter.
  std::string GivenProject(const std::string& zone) {
    const std::string id = testing::StoryId(next_project_++);
    database_.Execute("INSERT INTO dim_project (tenant_id, project_id, display_name, time_zone) VALUES (1, '" + id +
                      "', 'Line', '" + zone + "')");
    return "projects/" + id;
  }
  // One deal for each `k`; `price`, `sign_date` and `subscribed_time` are SQL that may use it.
  void GivenDeals(const std::string& project, int most_k, const std::string& price, const std::string& sign_date,
                  const std::string& subscribed_time = "NULL") {
    database_.Execute(
        "INSERT INTO fact_deal (tenant_id, deal_id, project_id, customer_id, contract_number, price, sign_date,"
        " subscribed_time) SELECT 1, gen_random_uuid(), '" +
        project.substr(project.find('/') + 1) + "', gen_random_uuid(), 'L-' || k, " + price + ", " + sign_date + ", " +
        subscribed_time + " FROM generate_series(0, " + std::to_string(most_k) + ") k");
  }
  // How many figures of the trend opened; each with the rows it is made of.
  int Open(const Parameters& parameters) {
    return testing::ExpectEveryFigureOpens(Trend(parameters), [&](const std::string& column, const Json& key) {
      Parameters keys;
      for (const auto& [name, value] : key.items()) keys[name] = value.get<std::string>();
      return RunJson(Opened("ANA-16", column, keys, parameters));
    });
  }

 private:
  int next_project_ = 990;
};

std::vector<std::string> Of(const Json& rows, const std::string& column) {
  std::vector<std::string> values;
  for (const Json& row : rows) {
    const Json& value = row[column];
    values.push_back(value.is_object()   ? value["minorUnits"].get<std::string>()
                     : value.is_string() ? value.get<std::string>()
                                         : value.dump());
  }
  return values;
}

TEST_F(TrendTest, EveryFigureOpensTheRowsItIsMadeOf) {  // UX-26
  EXPECT_EQ(Open({}), 3 * (12 + 1)) << "three figures of twelve weeks and of the total";
  EXPECT_EQ(Open({{"period", "MONTH"}}), 3 * (12 + 1));
  EXPECT_EQ(Open({{"period", "MONTH"}, {"date", "2027-07-31"}}), 3 * (12 + 4 + 1)) << "four months are forecast";
}

TEST_F(TrendTest, TheMovingAverageLooksThreeWeeksBack) {
  const Json trend = Trend({{"weeks", "4"}});
  ASSERT_EQ(trend["rows"].size(), 4u);
  EXPECT_EQ(trend["rows"][3]["week"], "2026-11-23");
  EXPECT_EQ(trend["rows"][3]["contractAmount"]["minorUnits"], "291342672");
  EXPECT_EQ(trend["rows"][3]["movingAverage"]["minorUnits"], "72835668");
  const Json later = Trend({{"weeks", "4"}, {"date", "2026-12-20"}});
  EXPECT_EQ(later["rows"][3]["movingAverage"]["minorUnits"], "72835668") << "the week of the sale is just inside";
  EXPECT_EQ(Of(Trend({{"weeks", "4"}, {"date", "2026-12-21"}})["rows"], "movingAverage").back(), "0");
}

TEST_F(TrendTest, TheMovingAverageLooksTwoMonthsBack) {  // ANA-16
  const Json trend = Months({{"months", "3"}, {"date", "2027-01-31"}});
  EXPECT_THAT(Of(trend["rows"], "month"), ElementsAre("2026-11", "2026-12", "2027-01"));
  EXPECT_THAT(Of(trend["rows"], "movingAverage"), ElementsAre("97114224", "97114224", "97114224"));
  EXPECT_EQ(Of(Months({{"months", "3"}, {"date", "2027-02-01"}})["rows"], "movingAverage").back(), "0");
}

TEST_F(TrendTest, ForecastsGiveTheirGoldenResults) {  // ANA-16
  testing::ExpectGolden(Trend({{"date", "2027-01-31"}}), "services/analytics/testdata/ANA-16.forecast.golden.json");
  testing::ExpectGolden(Months({{"date", "2027-07-31"}}), "services/analytics/testdata/ANA-16.months.golden.json");
}

TEST_F(TrendTest, AStraightLineIsForecastAsOneAndOnlyFromEightWeeksOn) {  // ANA-16
  // 1,000 yuan in the week of 2028-01-03, and 100 more in each of seven weeks after it.
  const std::string project = GivenProject("Asia/Shanghai");
  GivenDeals(project, 7, "100000 + k * 10000", "date '2028-01-05' + k * 7");
  const auto until = [&](const std::string& date) { return Trend({{"project", project}, {"date", date}})["rows"]; };
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

TEST_F(TrendTest, AStraightLineOfMonthsIsForecastFromTheLastDayOfTheEighthOn) {  // ANA-16
  // 1,000 yuan in July 2027, and 100 more in each month up to February 2028, which has a 29th.
  const std::string project = GivenProject("Asia/Shanghai");
  GivenDeals(project, 7, "100000 + k * 10000", "(date '2027-07-31' + make_interval(months => k))::date");
  const auto until = [&](const std::string& date) { return Months({{"project", project}, {"date", date}})["rows"]; };
  const Json before = until("2028-02-28");
  ASSERT_EQ(before.size(), 12u);
  EXPECT_EQ(before.back()["contracts"], 1) << "on the 29th, which the 31st of July becomes";
  EXPECT_EQ(before.back()["forecast"], nullptr) << "the eighth month has a day left";
  const Json rows = until("2028-02-29");
  ASSERT_EQ(rows.size(), 16u);
  EXPECT_EQ(rows[11]["forecast"], nullptr) << "a month that is over is not forecast";
  const Json ahead(rows.begin() + 12, rows.end());
  EXPECT_THAT(Of(ahead, "month"), ElementsAre("2028-03", "2028-04", "2028-05", "2028-06"));
  EXPECT_THAT(Of(ahead, "forecast"), ElementsAre("180000", "190000", "200000", "210000"));
  EXPECT_THAT(Of(ahead, "kind"), ElementsAre("FORECAST", "FORECAST", "FORECAST", "FORECAST"));
  const Json later = until("2028-03-31");
  EXPECT_EQ(later.size(), 16u) << "nine months are over";
  EXPECT_EQ(later[11]["forecast"], nullptr) << "March is over and sold nothing";
}

TEST_F(TrendTest, MonthsEndOnTheirLastDayAlsoInLeapYears) {  // ANA-16
  const std::string project = GivenProject("Asia/Shanghai");
  for (const char* day : {"2028-01-31", "2028-02-01", "2028-02-29", "2028-03-01", "2028-03-31", "2028-04-01"}) {
    GivenDeals(project, 0, "100", std::string("date '") + day + "'");
  }
  const Parameters asked = {{"period", "MONTH"}, {"project", project}, {"date", "2028-03-31"}, {"months", "4"}};
  const Json trend = Trend(asked);
  EXPECT_THAT(Of(trend["rows"], "month"), ElementsAre("2027-12", "2028-01", "2028-02", "2028-03"));
  EXPECT_THAT(Of(trend["rows"], "contracts"), ElementsAre("0", "1", "2", "2"));
  EXPECT_EQ(trend["totals"]["contracts"], 5) << "April is not shown, and not counted";
  const Json february = RunJson(Opened("ANA-16", "contracts", {{"month", "2028-02"}}, asked));
  EXPECT_THAT(Of(february["rows"], "date"), ElementsAre("2028-02-01", "2028-02-29"));
  EXPECT_EQ(RunJson(Opened("ANA-16", "contracts", {}, asked))["rows"].size(), 5u);
  EXPECT_TRUE(RunJson(Opened("ANA-16", "contracts", {{"month", "2028-04"}}, asked))["rows"].empty())
      << "a month that is forecast opens nothing";
}

TEST_F(TrendTest, AMonthBeginsAtMidnightOfTheProject) {  // ANA-16
  // A second before February in Tokyo, and its first; an hour of January is left in Shanghai.
  const std::string edge = "timestamptz '2028-01-31T14:59:59Z' + make_interval(secs => k)";
  const auto sold = [&](const std::string& zone) {
    const std::string project = GivenProject(zone);
    GivenDeals(project, 1, "100", "NULL", edge);
    const Parameters asked = {{"period", "MONTH"}, {"project", project}, {"date", "2028-02-10"}, {"months", "3"}};
    EXPECT_EQ(Open(asked), 3 * (3 + 1));
    return Of(Trend(asked)["rows"], "subscriptions");
  };
  EXPECT_THAT(sold("Asia/Tokyo"), ElementsAre("0", "1", "1"));
  EXPECT_THAT(sold("Asia/Shanghai"), ElementsAre("0", "2", "0"));
}

TEST_F(TrendTest, WhoSendsWeeksIsAnsweredAsBefore) {  // ANA-16
  const Json weeks = Trend({{"weeks", "5"}});
  EXPECT_EQ(weeks, Trend({{"weeks", "5"}, {"period", "WEEK"}, {"months", "60"}})) << "the months wait for MONTH";
  EXPECT_EQ(weeks["parameters"], (Json{{"date", "2026-11-23"}, {"period", "WEEK"}, {"project", ""}, {"weeks", "5"}}));
  EXPECT_EQ(weeks["rows"].size(), 5u);
  const Json months = Months({{"weeks", "5"}});
  EXPECT_EQ(months["rows"].size(), 12u);
  EXPECT_EQ(months["parameters"].value("months", ""), "12");
  EXPECT_FALSE(months["parameters"].contains("weeks"));
}

TEST_F(TrendTest, WhatCannotBeAskedIsRefusedByName) {  // ANA-16
  const absl::Status refused = RefusalOf({{"period", "YEAR"}});
  EXPECT_EQ(FieldOf(refused), "parameters.period");
  const Reasons reasons(AnalyticsReasons());
  EXPECT_THAT(reasons.Text(refused, "en"), HasSubstr("must be one of WEEK, MONTH"));
  EXPECT_THAT(reasons.Text(refused, "zh-CN"), HasSubstr("应为下列值之一：WEEK, MONTH"));
  EXPECT_EQ(FieldOf(RefusalOf({{"period", "month"}})), "parameters.period");
  EXPECT_EQ(FieldOf(RefusalOf({{"weeks", "3"}})), "parameters.weeks");
  EXPECT_EQ(FieldOf(RefusalOf({{"weeks", "105"}})), "parameters.weeks");
  EXPECT_EQ(FieldOf(RefusalOf({{"period", "MONTH"}, {"weeks", "105"}})), "parameters.weeks");
  EXPECT_EQ(FieldOf(RefusalOf({{"months", "2"}})), "parameters.months");
  EXPECT_EQ(FieldOf(RefusalOf({{"period", "MONTH"}, {"months", "61"}})), "parameters.months");
  const auto key_refused = [&](const Parameters& key, const Parameters& parameters) {
    return FieldOf(Run(Opened("ANA-16", "contracts", key, parameters)).status());
  };
  EXPECT_EQ(key_refused({{"week", "2026-11"}}, {}), "detail.key.week");
  EXPECT_EQ(key_refused({{"month", "2026-11"}}, {}), "detail.key.week") << "weeks have no such key";
  EXPECT_EQ(key_refused({{"month", "2026-11-01"}}, {{"period", "MONTH"}}), "detail.key.month");
  EXPECT_EQ(key_refused({{"week", "2026-11-23"}}, {{"period", "MONTH"}}), "detail.key.month");
}

TEST_F(TrendTest, TheChoiceIsListedAndShownInBothLanguages) {  // ANA-16
  const auto listed = [&](const std::string& language) {
    const auto reply = host_.channel().Call<v1::ListAnalysesResponse>(
        "lintel.analytics.v1.AnalysesService/ListAnalyses", v1::ListAnalysesRequest(), AsAnalyst(language));
    EXPECT_TRUE(reply.ok()) << reply.status();
    const auto& parameters = reply->analyses(1).parameters();
    EXPECT_EQ(parameters[2].type(), "choice");
    EXPECT_EQ(parameters[2].default_value(), "WEEK");
    EXPECT_EQ(parameters[4].when().at("period"), "MONTH");
    std::vector<std::string> said = {parameters[2].title()};
    for (const auto& choice : parameters[2].choices()) said.push_back(choice.value() + " " + choice.title());
    return said;
  };
  EXPECT_THAT(listed("zh-CN"), ElementsAre("周期", "WEEK 按周", "MONTH 按月"));
  EXPECT_THAT(listed("en"), ElementsAre("Period", "WEEK Weeks", "MONTH Months"));
  const Json trend = RunJson(Request("ANA-16", {{"period", "MONTH"}}), 1, "en");
  EXPECT_EQ(trend["columns"][0]["title"], "Month");
  EXPECT_EQ(trend["chart"]["xAxis"]["data"].back(), "2026-11");
  EXPECT_EQ(trend["chart"]["series"][1]["name"], "Three-month average");
  v1::RunAnalysisRequest sheet = Request("ANA-16", {{"period", "MONTH"}});
  sheet.set_format("CSV");
  EXPECT_THAT(Run(sheet)->data(), HasSubstr("月份,认购,签约,签约金额,三个月均值"));
}

}  // namespace
}  // namespace lintel::analytics
