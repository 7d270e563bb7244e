#include "platform/sheet/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/money/area.h"
#include "platform/sheet/number_text.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::string Fixture(const std::string& name) { return Load("platform/sheet/testdata/" + name); }

Sheet Read(const std::string& bytes) {
  auto sheet = ReadSheet(bytes, "rooms");
  EXPECT_TRUE(sheet.ok()) << sheet.status();
  return sheet.ok() ? *sheet : Sheet{};
}

std::string Refusal(const std::string& bytes, const SheetOptions& options = {}) {
  const auto sheet = ReadSheet(bytes, "rooms", options);
  const Metadata metadata = MetadataOf(sheet.status());
  const auto cell = metadata.find("cell");
  return ReasonOf(sheet.status()) + (cell == metadata.end() ? "" : " at " + cell->second);
}

// "88.70" and "88.7" are the same figure: workbooks keep numbers, CSV keeps what was typed.
std::vector<std::string> Figures(std::vector<std::string> cells) {
  for (size_t column = 4; column <= 6; ++column) cells[column] = sheet::NumberToText(cells[column]).text;
  return cells;
}

// INV-05, UX-21: one list of rooms in every shape that real files arrive in.
class RoomFile : public ::testing::TestWithParam<const char*> {};

TEST_P(RoomFile, GivesTheSameCellsWhateverItsFormat) {
  const Sheet expected = Read(Fixture("rooms.utf8.csv"));
  const Sheet sheet = Read(Fixture(GetParam()));
  ASSERT_EQ(sheet.rows.size(), 37u);
  for (size_t i = 0; i < sheet.rows.size(); ++i) {
    EXPECT_EQ(sheet.rows[i].number, static_cast<int>(i) + 1);
    EXPECT_EQ(Figures(sheet.rows[i].cells), Figures(expected.rows[i].cells));
  }
  EXPECT_TRUE(sheet.doubtful.empty());
}

INSTANTIATE_TEST_SUITE_P(Fixtures, RoomFile,
                         ::testing::Values("rooms.bom.csv", "rooms.gbk.csv", "rooms.xlsx", "rooms.xls"));

TEST(ReadSheet, KeepsEntrancesRoomNumbersAndLongIdsAsTheyWereTyped) {
  for (const char* name : {"rooms.utf8.csv", "rooms.xlsx", "rooms.xls"}) {
    const Sheet sheet = Read(Fixture(name));
    EXPECT_EQ(sheet.rows[1].At(1), "--");
    EXPECT_EQ(sheet.rows[13].At(1), "1单元");
    EXPECT_EQ(sheet.rows[25].At(1), "");
    EXPECT_EQ(sheet.rows[1].At(3), "01");
    EXPECT_EQ(sheet.rows[1].At(7), "440300202600000001");
    EXPECT_EQ(sheet.rows[1].At(4), "32017.52");
    EXPECT_EQ(sheet.rows[1].At(99), "");
  }
}

TEST(ReadSheet, ReadsTheFirstVisibleWorksheetAndSaysItsName) {
  EXPECT_EQ(Read(Fixture("rooms.xlsx")).name, "房源表");
  EXPECT_EQ(Read(Fixture("rooms.xls")).name, "房源表");
}

TEST(ReadSheet, ReadsTheRealShenzhenFilesAlike) {
  const char* data = std::getenv("LINTEL_TEST_DATA");
  const std::filesystem::path folder = std::filesystem::path(data != nullptr ? data : "../shared/data") / "realestate";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder << ": the real files are not part of the tree";
  for (const char* name : {"sz-songfeng-rooms.csv", "sz-songfeng-rooms.gbk.csv", "sz-songfeng-rooms.xls"}) {
    const Sheet sheet = Read(Load(folder / name));
    ASSERT_EQ(sheet.rows.size(), 417u) << name;
    int64_t built = 0;
    for (size_t i = 1; i < sheet.rows.size(); ++i) built += ParseArea(sheet.rows[i].At(5))->hundredths;
    EXPECT_EQ(built, 4'245'580) << name;
  }
  EXPECT_EQ(Read(Load(folder / "sz-songfeng-price-grid.xlsx")).rows[1].At(2), "6104507");
}

TEST(ReadSheet, UnderstandsQuotesLineEndingsAndSeparatorsOfCsv) {
  const Sheet sheet = Read("a;\"b;\"\"c\nd\"\r\n\r\n  e ;f\rg;h");
  ASSERT_EQ(sheet.rows.size(), 3u);
  EXPECT_THAT(sheet.rows[0].cells, ElementsAre("a", "b;\"c\nd"));
  EXPECT_EQ(sheet.rows[1].number, 3);  // The blank line counts.
  EXPECT_THAT(sheet.rows[1].cells, ElementsAre("e", "f"));
  EXPECT_THAT(sheet.rows[2].cells, ElementsAre("g", "h"));
  EXPECT_THAT(Read("a\tb,c\td").rows[0].cells, ElementsAre("a", "b,c", "d"));
}

TEST(ReadSheet, ReadsUtf16AsSpreadsheetProgramsSaveUnicodeText) {
  const std::string text("\xFF\xFE\x70\x65\x09\x00\x31\x00\x0D\x00\x0A\x00", 12);
  EXPECT_THAT(Read(text).rows[0].cells, ElementsAre("数", "1"));
}

TEST(ReadSheet, NamesTheCellWhoseBytesFitNoEncoding) {
  EXPECT_EQ(Refusal("\xEF\xBB\xBFgood,1\nbad,\xFF\xFF\n"), "SHEET_ENCODING at B2");
  EXPECT_EQ(Refusal("楼栋,单元\n1,\xFF\n"), "SHEET_ENCODING at B2") << "damaged UTF-8 is never taken for GBK";
  EXPECT_EQ(Refusal("a,b\n\xC2\xA5\xB6\xB0,\xFF\xFF"), "SHEET_ENCODING at B2");
}

TEST(ReadSheet, RefusesWhatIsNoSpreadsheet) {
  EXPECT_EQ(Refusal(std::string("\x7F"
                                "ELF\x02\x01\x01\0\0",
                                9)),
            "SHEET_UNKNOWN");
  EXPECT_EQ(Refusal("%PDF-1.7\n\x01\x02"), "SHEET_UNKNOWN");
  EXPECT_THAT(Refusal("PK\x03\x04 cut short"), HasSubstr("SHEET_BROKEN"));
  EXPECT_TRUE(Read("").rows.empty());
}

TEST(ReadSheet, RefusesAQuoteThatIsNeverClosed) { EXPECT_EQ(Refusal("a,b\nc,\"d\ne,f\n"), "SHEET_BROKEN at B2"); }

TEST(ReadSheet, HoldsEveryLimitOnBothSides) {
  SheetOptions options{.limits = {.file_bytes = 40, .text_bytes = 12, .cell_bytes = 4, .rows = 3, .columns = 3}};
  EXPECT_TRUE(ReadSheet("a,b,c\n\nd\ne\n", "f", options).ok());
  EXPECT_EQ(Refusal("a,b,c,d", options), "SHEET_TOO_LARGE at D1");
  EXPECT_EQ(Refusal("a\nb\nc\nd", options), "SHEET_TOO_LARGE at A4");
  EXPECT_TRUE(ReadSheet("aaaa", "f", options).ok());
  EXPECT_EQ(Refusal("x,aaaaa", options), "SHEET_TOO_LARGE at B1");
  EXPECT_EQ(Refusal("aaaa,bbbb,cccc\nd", options), "SHEET_TOO_LARGE at A2");
  EXPECT_EQ(Refusal(std::string(41, 'x'), options), "SHEET_TOO_LARGE at the file");
}

TEST(ReadSheet, RefusesWorkbooksThatUnpackToTooMuch) {
  SheetOptions options{.limits = {.unpacked_bytes = 4'000}};
  EXPECT_THAT(Refusal(Fixture("rooms.xlsx"), options), HasSubstr("SHEET_TOO_LARGE"));
  EXPECT_THAT(Refusal(Fixture("rooms.xlsx"), {.limits = {.archive_entries = 5}}), HasSubstr("SHEET_TOO_LARGE"));
}

TEST(ReadSheet, SurvivesEveryTruncationOfAWorkbook) {
  const std::string whole = Fixture("rooms.xlsx");
  for (size_t length = 4; length < whole.size(); length += 97)
    EXPECT_FALSE(ReadSheet(whole.substr(0, length), "cut").ok());
  const std::string old = Fixture("rooms.xls");
  for (size_t length = 16; length < old.size(); length += 2'048) {
    const auto sheet = ReadSheet(old.substr(0, length), "cut");
    EXPECT_TRUE(sheet.ok() || ReasonOf(sheet.status()) == "SHEET_BROKEN") << sheet.status();
  }
}

TEST(ReadSheet, TellsAnEncryptedWorkbookFromABrokenOne) {
  std::string text = "EncryptedPackage";
  std::string wide;
  for (const char c : text) wide += {c, '\0'};
  EXPECT_EQ(Refusal("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + wide), "SHEET_ENCRYPTED");
}

TEST(ReadSheet, SaysWhenTheProgramForOldWorkbooksIsMissing) {
  EXPECT_EQ(Refusal(Fixture("rooms.xls"), {.xls_program = "/nonexistent/lintel-xls"}), "HELPER_FAILED");
}

TEST(ReadSheet, PutsTheFilesNameInFrontOfTheSentence) {
  const auto sheet = ReadSheet("\"", "价目表.csv");
  EXPECT_THAT(std::string(sheet.status().message()), HasSubstr("价目表.csv: "));
  EXPECT_EQ(ReasonOf(sheet.status()), "SHEET_BROKEN");
}

TEST(CellName, CountsLikeSpreadsheetPrograms) {
  EXPECT_EQ(CellName(0, 1), "A1");
  EXPECT_EQ(CellName(25, 9), "Z9");
  EXPECT_EQ(CellName(26, 9), "AA9");
  EXPECT_EQ(CellName(701, 1), "ZZ1");
  EXPECT_EQ(CellName(702, 1), "AAA1");
}

}  // namespace
}  // namespace lintel
