#include "platform/sheet/builder.h"

#include "absl/strings/str_cat.h"
#include "platform/status/status.h"

namespace lintel {

const std::string& SheetRow::At(size_t column) const {
  static const std::string kBlank;
  return column < cells.size() ? cells[column] : kBlank;
}

std::string CellName(size_t column, int row) {
  std::string letters;
  for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return absl::StrCat(letters, row);
}

namespace sheet {

absl::Status Unknown() {
  return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_UNKNOWN",
                    "The file is not a CSV, XLSX or XLS spreadsheet.");
}

absl::Status Encrypted() {
  return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_ENCRYPTED",
                    "The spreadsheet is protected with a password.");
}

absl::Status BadEncoding(const std::string& cell) {
  return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_ENCODING",
                    absl::StrCat("Cell ", cell, " holds bytes that are neither UTF-8 nor GB18030."), {{"cell", cell}});
}

absl::Status Broken(const std::string& cell, const std::string& cause) {
  return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_BROKEN",
                    absl::StrCat("The spreadsheet is damaged at ", cell, ": ", cause),
                    {{"cell", cell}, {"cause", cause}});
}

absl::Status TooLarge(const std::string& cell, const std::string& limit) {
  return WithReason(absl::StatusCode::kInvalidArgument, "SHEET_TOO_LARGE",
                    absl::StrCat("The spreadsheet goes beyond ", limit, " at ", cell, "."),
                    {{"cell", cell}, {"limit", limit}});
}

absl::Status SheetBuilder::Add(int row, size_t column, std::string text) {
  if (text.empty()) return absl::OkStatus();
  const std::string cell = CellName(column, row);
  if (column >= static_cast<size_t>(limits_.columns)) return TooLarge(cell, absl::StrCat(limits_.columns, " columns"));
  if (text.size() > limits_.cell_bytes) return TooLarge(cell, absl::StrCat(limits_.cell_bytes, " bytes in one cell"));
  text_bytes_ += text.size();
  if (text_bytes_ > limits_.text_bytes) return TooLarge(cell, absl::StrCat(limits_.text_bytes, " bytes of text"));
  if (sheet_.rows.empty() || sheet_.rows.back().number < row) {
    if (sheet_.rows.size() >= static_cast<size_t>(limits_.rows))
      return TooLarge(cell, absl::StrCat(limits_.rows, " rows"));
    sheet_.rows.push_back(SheetRow{.number = row});
  }
  SheetRow& last = sheet_.rows.back();
  if (last.number != row) return Broken(cell, "rows are out of order");
  if (last.cells.size() <= column) last.cells.resize(column + 1);
  last.cells[column] = std::move(text);
  return absl::OkStatus();
}

void SheetBuilder::Doubt(int row, size_t column, const std::string& cause) {
  if (sheet_.doubtful.size() < kMostDoubts) sheet_.doubtful.push_back({CellName(column, row), cause});
}

Sheet SheetBuilder::Take(std::string name) && {
  sheet_.name = std::move(name);
  return std::move(sheet_);
}

}  // namespace sheet
}  // namespace lintel
