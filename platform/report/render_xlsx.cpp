#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "platform/clock/calendar.h"
#include "platform/report/render.h"

namespace lintel::report {
namespace {

constexpr lxw_row_t kHeadRow = 2;  // Title and parameters stand above the head.
constexpr size_t kLongestCell = 32'767;

struct Formats {
  lxw_format* title;
  lxw_format* head;
  lxw_format* text;
  lxw_format* money;
  lxw_format* area;
  lxw_format* percent;
  lxw_format* integer;
  lxw_format* date;
};

lxw_format* WithNumber(lxw_workbook* workbook, const char* number) {
  lxw_format* format = workbook_add_format(workbook);
  format_set_num_format(format, number);
  return format;
}

Formats MakeFormats(lxw_workbook* workbook) {
  Formats formats{.title = workbook_add_format(workbook),
                  .head = workbook_add_format(workbook),
                  .text = WithNumber(workbook, "@"),
                  .money = WithNumber(workbook, "#,##0.00"),
                  .area = WithNumber(workbook, "#,##0.00"),
                  .percent = WithNumber(workbook, "0.00%"),
                  .integer = WithNumber(workbook, "#,##0"),
                  .date = WithNumber(workbook, "yyyy-mm-dd")};
  format_set_bold(formats.title);
  format_set_font_size(formats.title, 14);
  format_set_bold(formats.head);
  format_set_bottom(formats.head, LXW_BORDER_THIN);
  format_set_bg_color(formats.head, 0xE9ECEB);
  format_set_align(formats.head, LXW_ALIGN_VERTICAL_TOP);
  format_set_text_wrap(formats.head);
  return formats;
}

// A workbook's only number is binary: fifteen digits, enough for 99 trillion yuan to the fen.
double Scaled(const Value& value, double unit) {
  int64_t number = 0;
  (void)absl::SimpleAtoi(value.text, &number);
  return static_cast<double>(number) / unit;
}

// Strings always go through here: a text cell is never a formula, whatever it begins with.
void WriteText(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string text, lxw_format* format) {
  if (text.size() > kLongestCell) text.resize(kLongestCell);
  worksheet_write_string(sheet, row, column, text.c_str(), format);
}

void WriteCell(const Table& table, const Formats& formats, lxw_worksheet* sheet, lxw_row_t row, lxw_col_t at,
               const Value& value) {
  const Column& column = table.columns[at];
  if (value.null) return;
  if (value.hidden) return WriteText(sheet, row, at, Plain(table, column, value), formats.text);
  switch (column.type) {
    case ColumnType::kInteger:
      worksheet_write_number(sheet, row, at, Scaled(value, 1), formats.integer);
      return;
    case ColumnType::kMoney:
      worksheet_write_number(sheet, row, at, Scaled(value, 100), formats.money);
      return;
    case ColumnType::kArea:
      worksheet_write_number(sheet, row, at, Scaled(value, 100), formats.area);
      return;
    case ColumnType::kPercent:
      worksheet_write_number(sheet, row, at, Scaled(value, 1'000'000), formats.percent);
      return;
    case ColumnType::kDate: {
      const auto date = ParseDate(value.text);
      if (!date.ok()) break;
      lxw_datetime day{.year = static_cast<int>(date->year()),
                       .month = static_cast<int>(static_cast<unsigned>(date->month())),
                       .day = static_cast<int>(static_cast<unsigned>(date->day()))};
      worksheet_write_datetime(sheet, row, at, &day, formats.date);
      return;
    }
    default:
      break;
  }
  WriteText(sheet, row, at, Plain(table, column, value), formats.text);
}

void WriteHead(const Table& table, const Formats& formats, lxw_worksheet* sheet) {
  WriteText(sheet, 0, 0, table.title, formats.title);
  std::string line;
  for (const auto& [title, value] : table.parameters)
    absl::StrAppend(&line, line.empty() ? "" : "   ", title, " ", value);
  WriteText(sheet, 1, 0, line, nullptr);
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    WriteText(sheet, kHeadRow, at, table.columns[i].title.In(table.language), formats.head);
    worksheet_set_column(sheet, at, at, table.columns[i].IsNumber() ? 16 : 20, nullptr);
  }
  worksheet_freeze_panes(sheet, kHeadRow + 1, 0);
  worksheet_set_landscape(sheet);
  worksheet_repeat_rows(sheet, 0, kHeadRow);
}

// The library writes to a file by name: this one has a name and lies in memory.
class MemoryFile {
 public:
  ~MemoryFile() { close(descriptor_); }
  std::string path() const { return absl::StrCat("/proc/self/fd/", descriptor_); }
  std::string Read() const {
    std::string bytes(static_cast<size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    size_t at = 0;
    while (at < bytes.size()) {
      const ssize_t count = pread(descriptor_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (count <= 0) return "";
      at += static_cast<size_t>(count);
    }
    return bytes;
  }

 private:
  int descriptor_ = memfd_create("workbook", MFD_CLOEXEC);
};

}  // namespace

absl::StatusOr<std::string> RenderXlsx(const Table& table) {
  const MemoryFile file;
  const std::string path = file.path();
  lxw_workbook_options options{.constant_memory = LXW_TRUE};
  lxw_workbook* workbook = workbook_new_opt(path.c_str(), &options);
  if (workbook == nullptr) return absl::ResourceExhaustedError("a workbook could not be made");
  const Formats formats = MakeFormats(workbook);
  lxw_worksheet* sheet = workbook_add_worksheet(workbook, nullptr);
  WriteHead(table, formats, sheet);
  lxw_row_t at = kHeadRow + 1;
  for (const Row& row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i) WriteCell(table, formats, sheet, at, static_cast<lxw_col_t>(i), row[i]);
    ++at;
  }
  for (size_t i = 0; i < table.totals.size(); ++i) {
    WriteCell(table, formats, sheet, at, static_cast<lxw_col_t>(i), table.totals[i]);
  }
  const lxw_error error = workbook_close(workbook);
  if (error != LXW_NO_ERROR) return absl::InternalError(lxw_strerror(error));
  return file.Read();
}

}  // namespace lintel::report
