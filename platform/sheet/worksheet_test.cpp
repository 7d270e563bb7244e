// The insides of workbooks: numbers, dates, references, and XML that means harm.
#include "platform/sheet/worksheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/sheet/number_text.h"
#include "platform/sheet/xls_wire.h"
#include "platform/sheet/xlsx_parts.h"
#include "platform/status/status.h"

namespace lintel::sheet {
namespace {

using ::testing::ElementsAre;

TEST(NumberToText, IsWhatAPersonSeesInTheCell) {
  EXPECT_EQ(NumberToText("52229.870000000003").text, "52229.87");
  EXPECT_EQ(NumberToText("0.30000000000000004").text, "0.3");
  EXPECT_EQ(NumberToText("-0.5").text, "-0.5");
  EXPECT_EQ(NumberToText("1E-3").text, "0.001");
  EXPECT_EQ(NumberToText("1.5E+3").text, "1500");
  EXPECT_EQ(NumberToText("9.99999999999999999").text, "10");
  EXPECT_EQ(NumberToText("-0").text, "0");
  EXPECT_EQ(NumberToText(125.53).text, "125.53");
  EXPECT_EQ(NumberToText(31.0).text, "31");
}

TEST(NumberToText, KeepsEveryDigitOfAWholeNumberAndSaysWhenTheyWereLostBefore) {
  EXPECT_EQ(NumberToText("440301199001011234").text, "440301199001011234");
  EXPECT_FALSE(NumberToText("440301199001011234").lost_digits);
  EXPECT_EQ(NumberToText("4.4030119900101126E+17").text, "440301199001011000");
  EXPECT_TRUE(NumberToText("4.4030119900101126E+17").lost_digits);
  EXPECT_TRUE(NumberToText(4.4030119900101126e17).lost_digits);
  EXPECT_FALSE(NumberToText(999'999'999'999'999.0).lost_digits);
}

TEST(NumberToText, LeavesTextAlone) {
  for (const char* text : {"", "--", "1单元", "1e999", "1.2.3", "+", ".", "e5", "0x10"})
    EXPECT_EQ(NumberToText(text).text, text);
}

TEST(DateToText, FollowsBothCalendarsOfSpreadsheetPrograms) {
  EXPECT_EQ(DateToText("46349", false).text, "2026-11-23");
  EXPECT_EQ(DateToText("46349.604166666664", false).text, "2026-11-23 14:30:00");
  EXPECT_EQ(DateToText("0.5", false).text, "12:00:00");
  EXPECT_EQ(DateToText("1", false).text, "1900-01-01");
  EXPECT_EQ(DateToText("59", false).text, "1900-02-28");
  EXPECT_EQ(DateToText("61", false).text, "1900-03-01");
  EXPECT_EQ(DateToText("0", true).text, "1904-01-01");
  EXPECT_EQ(DateToText("-1", false).text, "-1");
  EXPECT_EQ(DateToText("1e300", false).text.size(), 301u);
}

TEST(IsDateFormat, LooksPastLiteralsColoursAndFillers) {
  EXPECT_TRUE(IsDateFormat("yyyy\"年\"m\"月\""));
  EXPECT_TRUE(IsDateFormat("[$-804]h:mm"));
  EXPECT_FALSE(IsDateFormat("#,##0.00\"days\""));
  EXPECT_FALSE(IsDateFormat("[Red]0.00E+00"));
  EXPECT_FALSE(IsDateFormat("0\\d"));
  EXPECT_FALSE(IsDateFormat("General"));
  EXPECT_TRUE(IsBuiltInDateFormat(14));
  EXPECT_FALSE(IsBuiltInDateFormat(2));
}

TEST(Unescape, RestoresEscapedCharactersAndNothingElse) {
  EXPECT_EQ(Unescape("a_x000D_b"), "a\rb");
  EXPECT_EQ(Unescape("_x005F_x000D_"), "_x000D_");
  EXPECT_EQ(Unescape("_xZZZZ_"), "_xZZZZ_");
  EXPECT_EQ(Unescape("_x000"), "_x000");
}

class WorksheetTest : public ::testing::Test {
 protected:
  absl::StatusOr<Sheet> Read(const std::string& xml) {
    WorksheetHandler handler(context_, limits_);
    XmlParser parser("sheet1.xml", limits_.xml_depth, handler);
    RETURN_IF_ERROR(parser.Feed(xml));
    RETURN_IF_ERROR(parser.Finish());
    return std::move(handler).Take("");
  }
  absl::StatusOr<Sheet> ReadRows(const std::string& rows) {
    return Read("<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
  }
  std::string Refusal(const std::string& rows) {
    const auto sheet = ReadRows(rows);
    return ReasonOf(sheet.status()) + " at " + MetadataOf(sheet.status())["cell"];
  }

  WorkbookContext context_{.shared_texts = {"zero", "one"}, .date_styles = {false, true}};
  SheetLimits limits_;
};

TEST_F(WorksheetTest, ReadsEveryKindOfCell) {
  const auto sheet = ReadRows(
      "<row><c t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>"
      "<c s=\"1\"><v>46349</v></c><c t=\"b\"><v>1</v></c><c t=\"str\"><f>A1</f><v>made</v></c><c/></row>");
  ASSERT_TRUE(sheet.ok()) << sheet.status();
  EXPECT_THAT(sheet->rows[0].cells, ElementsAre("one", "ab", "2026-11-23", "TRUE", "made"));
}

TEST_F(WorksheetTest, KeepsPlacesThatWereSkipped) {
  const auto sheet = ReadRows("<row r=\"3\"><c r=\"C3\"><v>1</v></c><c><v>2</v></c></row>");
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->rows[0].number, 3);
  EXPECT_THAT(sheet->rows[0].cells, ElementsAre("", "", "1", "2"));
}

TEST_F(WorksheetTest, DoubtsWhatThePersonsProgramDamaged) {
  const auto sheet = ReadRows("<row><c><v>4.4030119900101126E+17</v></c><c t=\"e\"><v>#N/A</v></c></row>");
  ASSERT_EQ(sheet->doubtful.size(), 2u);
  EXPECT_EQ(sheet->doubtful[0].cell, "A1");
  EXPECT_EQ(sheet->doubtful[1].cell, "B1");
}

TEST_F(WorksheetTest, RefusesReferencesThatLeadNowhere) {
  EXPECT_EQ(Refusal("<row r=\"1\"><c r=\"B1\" t=\"s\"><v>2</v></c></row>"), "SHEET_BROKEN at B1");
  EXPECT_EQ(Refusal("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>"), "SHEET_BROKEN at A2");
  EXPECT_EQ(Refusal("<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>"), "SHEET_BROKEN at ZZZ1");
  EXPECT_EQ(Refusal("<row r=\"2\"/><row r=\"1\"/>"), "SHEET_BROKEN at row 1");
  EXPECT_EQ(Refusal("<row r=\"1048577\"/>"), "SHEET_BROKEN at row 1048577");
}

TEST_F(WorksheetTest, RefusesXmlThatMeansHarm) {
  const std::string bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>";
  EXPECT_EQ(ReasonOf(Read(bomb).status()), "SHEET_BROKEN");
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "<a>";
  EXPECT_EQ(ReasonOf(Read(deep).status()), "SHEET_BROKEN");
  EXPECT_EQ(ReasonOf(Read("<worksheet>").status()), "SHEET_BROKEN");
}

TEST_F(WorksheetTest, StopsOneSharedTextFromFillingTheMemory) {
  context_.shared_texts = {std::string(30'000, 'x')};
  limits_.text_bytes = 100'000;
  EXPECT_EQ(
      Refusal(
          "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>"),
      "SHEET_TOO_LARGE at D1");
}

TEST(XlsWire, CarriesSheetsAndRefusals) {
  const Sheet sheet{.format = SheetFormat::kXls,
                    .name = "表",
                    .rows = {{.number = 7, .cells = {"", "01"}}},
                    .doubtful = {{"A1", "x"}}};
  const auto read = DecodeReply(EncodeReply(sheet), {});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->rows[0].number, 7);
  EXPECT_THAT(read->rows[0].cells, ElementsAre("", "01"));
  EXPECT_EQ(read->doubtful[0].cause, "x");
  const auto refused = DecodeReply(EncodeReply(Broken("C3", "cut")), {});
  EXPECT_EQ(MetadataOf(refused.status())["cell"], "C3");
}

TEST(XlsWire, RefusesAReplyCutAnywhere) {
  const Sheet sheet{.name = "n", .rows = {{.number = 1, .cells = {"a", "b"}}}};
  const std::string whole = EncodeReply(sheet);
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_EQ(ReasonOf(DecodeReply(whole.substr(0, length), {}).status()), "HELPER_FAILED") << length;
  }
  EXPECT_EQ(ReasonOf(DecodeReply(whole + "x", {}).status()), "HELPER_FAILED");
}

}  // namespace
}  // namespace lintel::sheet
