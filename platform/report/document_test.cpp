// RPT-32, BX-17: documents drawn at fixed places.
#include "platform/report/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "platform/report/paper.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

constexpr char kFont[] = "WenQuanYi Micro Hei";

Template Receipt() {
  std::ifstream file("services/reporting/templates/receipt.v1.json");
  std::stringstream text;
  text << file.rdbuf();
  auto parsed = Template::Parse(text.str());
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return *parsed;
}

DocumentPage SampleReceipt() {
  return {.fields = {{"company", "示例置业有限公司"},
                     {"number", "SJ-000042"},
                     {"date", "2026-11-23"},
                     {"payer", "张示例、李龘瑾"},
                     {"project", "晴川里"},
                     {"room", "2栋1单元 1806"},
                     {"contract", "QCL-2026-0001"},
                     {"amount", "32010560"},
                     {"method", "转账"},
                     {"remark", "首付款第一笔"},
                     {"cashier", "出纳一"},
                     {"reprint", "补打"}},
          .rows = {{{"item", "定金"}, {"amount", "5000000"}}, {{"item", "首付款"}, {"amount", "27010560"}}}};
}

TEST(Template, DrawsTheReceiptWithCapitals) {
  const auto pdf = Receipt().Draw({SampleReceipt()}, {}, kFont);
  ASSERT_TRUE(pdf.ok()) << pdf.status();
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_EQ(*pdf, *Receipt().Draw({SampleReceipt()}, {}, kFont)) << "the same data gives the same bytes";
  if (const char* folder = std::getenv("LINTEL_TEST_PICTURES"))
    std::ofstream(std::string(folder) + "/receipt.pdf") << *pdf;
}

TEST(Template, LeavesCaptionsAndLinesToAPreprintedForm) {
  const auto whole = Receipt().Draw({SampleReceipt()}, {}, kFont);
  const auto filled =
      Receipt().Draw({SampleReceipt()}, {.preprinted = true, .offset_x_mm = 2, .offset_y_mm = -1.5}, kFont);
  ASSERT_TRUE(filled.ok()) << filled.status();
  EXPECT_LT(filled->size(), whole->size());
  if (const char* folder = std::getenv("LINTEL_TEST_PICTURES"))
    std::ofstream(std::string(folder) + "/preprinted.pdf") << *filled;
}

TEST(Template, NamesTheFieldItCannotPrint) {
  DocumentPage page = SampleReceipt();
  page.fields["amuont"] = "1";
  EXPECT_EQ(FieldOf(Receipt().Draw({page}, {}, kFont).status()), "pages[0].fields.amuont");
  page = SampleReceipt();
  page.fields["amount"] = "320105.60";
  EXPECT_EQ(FieldOf(Receipt().Draw({SampleReceipt(), page}, {}, kFont).status()), "pages[1].fields.amount");
  page = SampleReceipt();
  page.fields["date"] = "23.11.2026";
  EXPECT_EQ(FieldOf(Receipt().Draw({page}, {}, kFont).status()), "pages[0].fields.date");
  page = SampleReceipt();
  page.rows[1]["amount"] = "x";
  EXPECT_EQ(FieldOf(Receipt().Draw({page}, {}, kFont).status()), "pages[0].rows[1].fields.amount");
  page = SampleReceipt();
  page.fields["remark"] = std::string(501, 'x');
  EXPECT_EQ(FieldOf(Receipt().Draw({page}, {}, kFont).status()), "pages[0].fields.remark");
}

TEST(Template, HoldsItsLimitsOnBothSides) {
  DocumentPage page = SampleReceipt();
  page.rows.assign(8, {{"item", "房款"}, {"amount", "1"}});
  EXPECT_TRUE(Receipt().Draw({page}, {}, kFont).ok());
  page.rows.push_back({});
  EXPECT_EQ(FieldOf(Receipt().Draw({page}, {}, kFont).status()), "pages[0].rows");
  EXPECT_EQ(FieldOf(Receipt().Draw({}, {}, kFont).status()), "pages");
  EXPECT_EQ(FieldOf(Receipt().Draw(std::vector<DocumentPage>(501), {}, kFont).status()), "pages");
}

TEST(Template, RefusesAFileThatMakesNoSense) {
  EXPECT_FALSE(Template::Parse("{").ok());
  EXPECT_FALSE(
      Template::Parse(R"({"id": "a", "version": 1, "renderer": "html", "width": 1, "height": 1, "boxes": []})").ok());
  EXPECT_FALSE(
      Template::Parse(
          R"({"id": "a", "version": 1, "renderer": "boxes", "width": 1, "height": 1, "boxes": [{"kind": "field", "x": 1}]})")
          .ok());
  EXPECT_FALSE(
      Template::Parse(
          R"({"id": "a", "version": 1, "renderer": "boxes", "width": 1, "height": 1, "boxes": [{"kind": "blob", "x": 1}]})")
          .ok());
}

TEST(Paper, FailsLoudlyWhenTheFontWouldBeSubstituted) {
  EXPECT_EQ(ReasonOf(Receipt().Draw({SampleReceipt()}, {}, "No Such Font").status()), "FONT_MISSING");
}

TEST(Paper, RefusesACharacterThatNoFontHas) {
  DocumentPage page = SampleReceipt();
  page.fields["payer"] = "\xF3\xB0\x80\x80";  // U+F0000, private use.
  EXPECT_EQ(ReasonOf(Receipt().Draw({page}, {}, kFont).status()), "GLYPH_MISSING");
}

}  // namespace
}  // namespace lintel::report
