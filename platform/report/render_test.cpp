// What a table becomes in each form, and who is not to be seen in it.
#include "platform/report/render.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "platform/report/parameters.h"
#include "platform/sheet/sheet.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr char kFont[] = "WenQuanYi Micro Hei";

Value Of(const std::string& text, const std::string& name = "") { return {.null = false, .text = text, .name = name}; }

Table SampleTable() {
  std::ifstream file("platform/report/testdata/sample.sql");
  std::stringstream text;
  text << file.rdbuf();
  const Definition definition = Chosen(*ParseDefinition(text.str()), {.bindings = {{"side", "PRICE"}}});
  Table table{.name = "reports/TST-01",
              .title = "示例报表",
              .language = "zh",
              .zone = "Asia/Shanghai",
              .as_of = "2026-11-23T06:30:00Z",
              .parameters = {{"日期", "2026-11-23"}},
              .parameter_values = {{"date", "2026-11-23"}},
              .columns = definition.columns,
              .chart = definition.chart};
  table.rows.push_back({Of("=1+1"), Of("SIGNED"), Of("2"), Of("291342672"), Of("19284"), Of("123456"), Of("2026-11-23"),
                        Of("2026-11-23T06:30:00Z"), Of("3栋1806", "projects/p/rooms/r"), Of("张示例", "customers/c"),
                        Of("32010560")});
  table.rows.push_back({Of("3栋"), Of("OTHER"), Of("1"), Of("-5"), {}, Of("-50"), {}, {}, {}, {}, {}});
  EXPECT_TRUE(AddTotals(table).ok());
  return table;
}

TEST(RenderJson, GivesExactValuesByType) {
  const json answer = json::parse(RenderJson(SampleTable()));
  EXPECT_EQ(answer["asOf"], "2026-11-23T06:30:00Z");
  const json& row = answer["rows"][0];
  EXPECT_EQ(row["roomCount"], 2);
  EXPECT_EQ(row["price"], (json{{"minorUnits", "291342672"}, {"currencyCode", "CNY"}}));
  EXPECT_EQ(row["builtArea"], "19284");
  EXPECT_EQ(row["share"], 123456);
  EXPECT_EQ(row["room"], (json{{"name", "projects/p/rooms/r"}, {"displayName", "3栋1806"}}));
  EXPECT_EQ(row["written"], "人民币叁拾贰万零壹佰零伍元陆角整");
  EXPECT_EQ(answer["rows"][1]["builtArea"], nullptr);
  EXPECT_EQ(answer["totals"]["price"]["minorUnits"], "291342667");
  EXPECT_EQ(answer["columns"][3]["definition"], "成交金额");
  EXPECT_EQ(answer["columns"][1]["labels"]["SIGNED"], "签约");
}

TEST(RenderJson, GivesAChartThatEChartsTakesAsItIs) {
  const json chart = json::parse(RenderJson(SampleTable()))["chart"];
  EXPECT_EQ(chart["unit"], "money");
  EXPECT_EQ(chart["xAxis"]["data"], (json{"=1+1", "3栋"}));
  EXPECT_EQ(chart["series"][0],
            (json{{"type", "bar"}, {"name", "金额"}, {"column", "price"}, {"data", {291342672, -5}}}));
}

TEST(RenderCsv, IsReadBackAndRunsNothing) {
  const std::string csv = RenderCsv(SampleTable());
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF楼栋,状态,套数,金额"));
  const auto sheet = ReadSheet(csv, "report.csv");
  ASSERT_TRUE(sheet.ok());
  ASSERT_EQ(sheet->rows.size(), 4u);
  EXPECT_EQ(sheet->rows[1].At(0), "'=1+1");
  EXPECT_EQ(sheet->rows[1].At(1), "签约");
  EXPECT_EQ(sheet->rows[1].At(3), "2913426.72");
  EXPECT_EQ(sheet->rows[1].At(5), "12.35%");
  EXPECT_EQ(sheet->rows[1].At(7), "2026-11-23 14:30");
  EXPECT_EQ(sheet->rows[2].At(3), "-0.05") << "a negative number is no formula";
  EXPECT_EQ(sheet->rows[3].At(3), "2913426.67");
}

TEST(RenderXlsx, KeepsNumbersDatesAndTextsApart) {
  const auto bytes = RenderXlsx(SampleTable());
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  const auto sheet = ReadSheet(*bytes, "report.xlsx");
  ASSERT_TRUE(sheet.ok()) << sheet.status();
  ASSERT_EQ(sheet->rows.size(), 6u);
  EXPECT_EQ(sheet->rows[0].At(0), "示例报表");
  EXPECT_EQ(sheet->rows[3].At(0), "=1+1") << "text, and no formula in the file:";
  EXPECT_EQ(bytes->find("<f>"), std::string::npos);
  EXPECT_EQ(sheet->rows[3].At(3), "2913426.72");
  EXPECT_EQ(sheet->rows[3].At(4), "192.84");
  EXPECT_EQ(sheet->rows[3].At(6), "2026-11-23");
  EXPECT_EQ(sheet->rows[3].At(10), "人民币叁拾贰万零壹佰零伍元陆角整");
  EXPECT_EQ(sheet->rows[5].At(2), "3");
}

TEST(RenderPdf, FailsLoudlyWhenTheFontWouldBeSubstituted) {
  EXPECT_EQ(ReasonOf(RenderPdf(SampleTable(), "No Such Font").status()), "FONT_MISSING");
  const auto pdf = RenderPdf(SampleTable(), kFont);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
}

TEST(RenderPdf, PutsManyRowsOnManyPages) {
  Table table = SampleTable();
  for (int i = 0; i < 100; ++i) table.rows.push_back(table.rows[0]);
  const auto pdf = RenderPdf(table, kFont);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  if (const char* folder = std::getenv("LINTEL_TEST_PICTURES"))
    std::ofstream(std::string(folder) + "/table.pdf") << *pdf;
}

TEST(Shown, IsHowPeopleReadNumbers) {
  const Table table = SampleTable();
  EXPECT_EQ(Shown(table, table.columns[3], table.rows[0][3]), "2,913,426.72");
  EXPECT_EQ(Shown(table, table.columns[3], table.rows[1][3]), "-0.05");
  EXPECT_EQ(Shown(table, table.columns[5], table.rows[1][5]), "-0.01%");
  EXPECT_EQ(Shown(table, table.columns[3], Of("-100000000")), "-1,000,000.00");
}

class SmallGroups : public ::testing::Test {
 protected:
  // Source, people, money.
  Table Groups(const std::vector<std::string>& people) {
    Table table{.name = "analyses/ANA-06",
                .language = "zh",
                .zone = "Asia/Shanghai",
                .columns = {{.name = "source"},
                            {.name = "people", .type = ColumnType::kInteger, .people = true, .total = true},
                            {.name = "money", .type = ColumnType::kMoney}}};
    for (const std::string& count : people) table.rows.push_back({Of("s"), Of(count), Of("100")});
    HideSmallGroups(table);
    EXPECT_TRUE(AddTotals(table).ok());
    return table;
  }
  std::vector<std::string> People(const Table& table) {
    std::vector<std::string> shown;
    for (const Row& row : table.rows) shown.push_back(Shown(table, table.columns[1], row[1]));
    return shown;
  }
};

TEST_F(SmallGroups, AreHiddenFromOneToFourWithTheirMoney) {
  const Table table = Groups({"4", "5", "0", "1"});
  EXPECT_THAT(People(table), ::testing::ElementsAre("<5", "5", "0", "<5"));
  EXPECT_EQ(Shown(table, table.columns[2], table.rows[0][2]), "<5");
  EXPECT_EQ(Shown(table, table.columns[2], table.rows[1][2]), "1.00");
}

TEST_F(SmallGroups, AreNotToldByTheTotals) {
  EXPECT_THAT(People(Groups({"3", "9", "7"})), ::testing::ElementsAre("<5", "9", "7"));
  EXPECT_TRUE(Groups({"3", "9", "7"}).totals[1].null) << "19 would say that it is 3";
  EXPECT_TRUE(Groups({"3", "1", "7"}).totals[1].null) << "4 people in two groups";
  EXPECT_EQ(Groups({"3", "2", "7"}).totals[1].text, "12");
  EXPECT_EQ(Groups({"6", "9", "7"}).totals[1].text, "22");
}

TEST_F(SmallGroups, DoNotHideOtherCountsOfTheSameRow) {
  Table table{.language = "zh",
              .zone = "Asia/Shanghai",
              .columns = {{.name = "people", .type = ColumnType::kInteger, .people = true},
                          {.name = "signed", .type = ColumnType::kInteger, .people = true},
                          {.name = "share", .type = ColumnType::kPercent}}};
  table.rows.push_back({Of("100"), Of("3"), Of("30000")});
  HideSmallGroups(table);
  EXPECT_EQ(Shown(table, table.columns[0], table.rows[0][0]), "100");
  EXPECT_EQ(Shown(table, table.columns[1], table.rows[0][1]), "<5");
  EXPECT_EQ(Shown(table, table.columns[2], table.rows[0][2]), "<5") << "3 % of 100 would say it";
}

TEST_F(SmallGroups, LeaveAGapInTheChart) {
  Table table = Groups({"3", "2", "9"});
  table.chart = Chart{.kind = "pie", .category = "source", .series = {"people"}};
  const json chart = json::parse(RenderJson(table))["chart"];
  EXPECT_EQ(chart["series"][0]["data"][0]["value"], nullptr);
  EXPECT_EQ(chart["series"][0]["data"][2]["value"], 9);
}

TEST(ParseFormat, KnowsFourAndNamesTheField) {
  EXPECT_EQ(*ParseFormat(""), Format::kJson);
  EXPECT_EQ(*ParseFormat("XLSX"), Format::kXlsx);
  EXPECT_EQ(FieldOf(ParseFormat("xlsx").status()), "format");
}

}  // namespace
}  // namespace lintel::report
