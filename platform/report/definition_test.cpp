// Definition files and what readers ask of them.
#include "platform/report/definition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_replace.h"
#include "platform/report/parameters.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Sample() {
  std::ifstream file("platform/report/testdata/sample.sql");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string RefusalOf(const std::string& from, const std::string& to) {
  const auto parsed = ParseDefinition(absl::StrReplaceAll(Sample(), {{from, to}}));
  return parsed.ok() ? "accepted" : std::string(parsed.status().message());
}

TEST(Definition, IsOneFileThatStaysValidSql) {
  const auto definition = ParseDefinition(Sample());
  ASSERT_TRUE(definition.ok()) << definition.status();
  EXPECT_EQ(definition->id, "TST-01");
  EXPECT_EQ(definition->title.In("en"), "Sample report");
  EXPECT_EQ(definition->columns.size(), 12u);
  EXPECT_THAT(definition->figures_sql, HasSubstr("SELECT 'x'"));
  EXPECT_THAT(definition->detail_sql, ::testing::StartsWith("SELECT 1"));
}

TEST(Definition, IsRefusedWhenAColumnDoesNotExplainItself) {  // UX-27
  EXPECT_THAT(RefusalOf(R"("definition": {"zh": "成交金额", "en": "Sum of prices"})", R"("x": 1)"),
              HasSubstr("column price has no definition"));
  EXPECT_THAT(RefusalOf("Sum of prices", ""), HasSubstr("column price.definition has no en"));
  EXPECT_THAT(RefusalOf("成交金额", ""), HasSubstr("column price.definition has no zh"));
}

TEST(Definition, IsRefusedWhenSqlForgetsWhoseProjectsItMayShow) {
  EXPECT_THAT(RefusalOf("project_id = ANY(:projects::uuid[]) AND day", "day"),
              HasSubstr("figures does not narrow itself"));
  EXPECT_THAT(RefusalOf("SELECT 1 AS figure WHERE project_id = ANY(:projects::uuid[])", "SELECT 1"),
              HasSubstr("detail does not narrow"));
  EXPECT_THAT(RefusalOf("AND day = :date", "AND day = now()"), HasSubstr("asks the database for the time"));
}

TEST(Definition, IsRefusedWithWhatCannotBeDrawnSummedOrOpened) {
  EXPECT_THAT(RefusalOf(R"("series": ["price"])", R"("series": ["building"])"),
              HasSubstr("chart cannot draw building"));
  EXPECT_THAT(RefusalOf(R"("kind": "bar")", R"("kind": "bar", "category": "nothing")"),
              HasSubstr("category that is no column"));
  EXPECT_THAT(RefusalOf(R"("key": true)", R"("key": false)"), HasSubstr("category that is no column"));
  EXPECT_THAT(RefusalOf(R"("type": "text", "key": true)", R"("type": "text", "total": true)"),
              HasSubstr("building is not a number"));
  EXPECT_THAT(RefusalOf(R"("opens": true, )", ""), HasSubstr("no figure opens"));
  EXPECT_THAT(RefusalOf(R"("type": "percent")", R"("type": "percentage")"), HasSubstr("unknown type"));
  EXPECT_THAT(RefusalOf("-- detail", "-- rows"), HasSubstr("-- detail"));
  EXPECT_THAT(RefusalOf("} */", "} }"), HasSubstr("front"));
}

TEST(Definition, IsRefusedWithChoicesThatNobodyCanMake) {
  EXPECT_THAT(RefusalOf(R"(, {"value": "AREA", "title": {"zh": "按面积", "en": "By area"}})", ""),
              HasSubstr("parameter side leaves no choice"));
  EXPECT_THAT(RefusalOf("按面积", ""), HasSubstr("choice AREA.title has no zh"));
  EXPECT_THAT(RefusalOf("By area", ""), HasSubstr("choice AREA.title has no en"));
  EXPECT_THAT(RefusalOf(R"("when": {"side": "AREA"}, "type": "number")", R"("when": {"side": "X"}, "type": "number")"),
              HasSubstr("least_area waits for the choice X"));
  EXPECT_THAT(RefusalOf(R"("when": {"side": "PRICE"})", R"("when": {"side": "NONE"})"),
              HasSubstr("share waits for the choice NONE"));
  EXPECT_THAT(RefusalOf(R"("when": {"side": "AREA"}, "type": "percent")", R"("type": "percent")"),
              HasSubstr("two columns share"));
}

TEST(CamelCase, IsHowJsonNamesColumns) {
  EXPECT_EQ(CamelCase("list_price_total"), "listPriceTotal");
  EXPECT_EQ(CamelCase("price"), "price");
}

class AnswerTest : public ::testing::Test {
 protected:
  absl::StatusOr<Answered> Ask(const std::map<std::string, std::string>& parameters) {
    // 00:30 on 1 December in Shanghai is still November in Greenwich.
    return Answer(definition_,
                  {.parameters = parameters, .now = *ParseRfc3339("2026-11-30T16:30:00Z"), .zone = "Asia/Shanghai"});
  }

  Definition definition_ = *ParseDefinition(Sample());
};

TEST_F(AnswerTest, FillsInTodayAndThisMonthOfTheZone) {
  const auto answered = Ask({});
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->bindings.at("date"), "2026-12-01");
  EXPECT_EQ(answered->bindings.at("month"), "2026-12-01");
  EXPECT_EQ(answered->bindings.at("month_end"), "2027-01-01");
  EXPECT_EQ(answered->bindings.at("weeks"), "8");
  EXPECT_EQ(answered->shown.at("month"), "2026-12");
  EXPECT_EQ(answered->project, "");
}

TEST_F(AnswerTest, NamesTheParameterThatIsWrong) {
  EXPECT_EQ(FieldOf(Ask({{"date", "2026-02-30"}}).status()), "parameters.date");
  EXPECT_EQ(FieldOf(Ask({{"month", "2026-13"}}).status()), "parameters.month");
  EXPECT_EQ(FieldOf(Ask({{"project", "projects/../x"}}).status()), "parameters.project");
  EXPECT_EQ(FieldOf(Ask({{"weeks", "0"}}).status()), "parameters.weeks");
  EXPECT_EQ(FieldOf(Ask({{"weeks", "53"}}).status()), "parameters.weeks");
  EXPECT_EQ(FieldOf(Ask({{"wекs", "1"}}).status()), "parameters.wекs");
  EXPECT_TRUE(Ask({{"weeks", "52"}}).ok());
}

TEST_F(AnswerTest, TakesTheFirstChoiceOrTheOneSentAndNamesThemToWhoSendsAnother) {
  EXPECT_EQ(Ask({})->bindings.at("side"), "PRICE");
  EXPECT_EQ(Ask({{"side", ""}})->shown.at("side"), "PRICE");
  EXPECT_EQ(Ask({{"side", "AREA"}})->bindings.at("side"), "AREA");
  for (const char* unknown : {"area", "AREAS", "AREA "}) {
    const absl::Status refused = Ask({{"side", unknown}}).status();
    EXPECT_EQ(FieldOf(refused), "parameters.side");
    EXPECT_THAT(std::string(refused.message()), HasSubstr("must be one of PRICE, AREA"));
  }
}

TEST_F(AnswerTest, ChecksWhatWaitsForAnotherChoiceAndDoesNotShowIt) {
  EXPECT_FALSE(Ask({{"least_area", "90"}})->shown.contains("least_area"));
  EXPECT_EQ(FieldOf(Ask({{"least_area", "0"}}).status()), "parameters.least_area");
  EXPECT_EQ(Ask({{"side", "AREA"}, {"least_area", "90"}})->shown.at("least_area"), "90");
}

TEST_F(AnswerTest, ChoosesTheColumnsAndParametersThatWaitForIt) {
  const auto explains = [&](const std::map<std::string, std::string>& parameters) {
    const Definition chosen = Chosen(definition_, *Ask(parameters));
    EXPECT_EQ(chosen.columns.size(), 11u);
    EXPECT_EQ(chosen.chart->category, "building") << "the first key, when the chart names none";
    EXPECT_EQ(chosen.parameters.size(), parameters.empty() ? 5u : 6u);
    return chosen.Find("share")->definition.en;
  };
  EXPECT_EQ(explains({}), "Share of the price");
  EXPECT_EQ(explains({{"side", "AREA"}}), "Share of the area");
}

TEST(CheckKey, ReadsADayAndAMonthAndLeavesOtherKeysAsTheyAre) {
  const auto field = [](ColumnType type, const std::string& text) {
    return FieldOf(CheckKey({.name = "day", .type = type}, "detail.key.day", text));
  };
  EXPECT_EQ(field(ColumnType::kDate, "2028-02-29"), "");
  EXPECT_EQ(field(ColumnType::kMonth, "2028-02"), "");
  EXPECT_EQ(field(ColumnType::kText, "2028-02-30"), "");
  for (const char* wrong : {"", "2027-02-29", "2028-02", "0"}) {
    EXPECT_EQ(field(ColumnType::kDate, wrong), "detail.key.day") << wrong;
  }
  for (const char* wrong : {"", "2028-13", "2028-02-01", "0"}) {
    EXPECT_EQ(field(ColumnType::kMonth, wrong), "detail.key.day") << wrong;
  }
}

TEST_F(AnswerTest, TakesTheMonthOfTheDateThatWasSent) {
  EXPECT_EQ(Ask({{"date", "2026-02-28"}})->bindings.at("month"), "2026-02-01");
  EXPECT_EQ(Ask({{"date", "2026-02-28"}, {"month", "2026-05"}})->bindings.at("month"), "2026-05-01");
}

TEST_F(AnswerTest, PassesOverACommonParameterThatTheReportDoesNotNeedUnlessItIsMalformed) {
  std::erase_if(definition_.parameters, [](const Parameter& parameter) { return parameter.name != "project"; });
  EXPECT_TRUE(Ask({{"date", "2026-11-23"}, {"month", "2026-11"}}).ok());
  EXPECT_EQ(FieldOf(Ask({{"date", "23.11.2026"}}).status()), "parameters.date");
  EXPECT_EQ(FieldOf(Ask({{"weeks", "4"}}).status()), "parameters.weeks");
}

TEST(Bind, NumbersNamesAndLeavesTextCastsAndCommentsAlone) {
  const auto bound = Bind("SELECT ':a', x::date, :a, :bb, :a -- :c\n, \":d\"", {{"a", "1"}, {"bb", "2"}});
  ASSERT_TRUE(bound.ok()) << bound.status();
  EXPECT_EQ(bound->sql, "SELECT ':a', x::date, $1, $2, $1 -- :c\n, \":d\"");
  EXPECT_THAT(bound->values, ElementsAre("1", "2"));
}

TEST(Bind, RefusesANameWithoutAValue) { EXPECT_FALSE(Bind("SELECT :missing", {}).ok()); }

}  // namespace
}  // namespace lintel::report
