#include "platform/sheet/worksheet.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "platform/sheet/number_text.h"
#include "platform/sheet/xlsx_parts.h"
#include "platform/status/status.h"

namespace lintel::sheet {
namespace {

constexpr int kLastRow = 1'048'576;  // ECMA-376's own bounds: beyond them a reference is damage, not size.
constexpr size_t kLastColumn = 16'383;

struct CellReference {
  size_t column = 0;  // From 0.
  int row = 0;        // From 1.
};

std::optional<CellReference> ParseReference(const std::string& text) {
  CellReference reference;
  size_t at = 0;
  for (; at < text.size() && at < 3 && absl::ascii_isupper(static_cast<unsigned char>(text[at])); ++at) {
    reference.column = reference.column * 26 + static_cast<size_t>(text[at] - 'A' + 1);
  }
  const bool row_is_number = absl::SimpleAtoi(text.substr(at), &reference.row);
  if (at == 0 || !row_is_number || reference.row < 1 || reference.row > kLastRow) return std::nullopt;
  if (--reference.column > kLastColumn) return std::nullopt;
  return reference;
}

}  // namespace

absl::Status WorksheetHandler::Start(std::string_view name, const XmlAttributes& attributes) {
  collecting_ = false;
  if (name == "row") return StartRow(Attribute(attributes, "r"));
  if (name == "c") return StartCell(attributes);
  if (name == "rPh") phonetic_ = true;
  collecting_ = in_cell_ && (name == "v" || (name == "t" && !phonetic_));
  return absl::OkStatus();
}

absl::Status WorksheetHandler::End(std::string_view name) {
  collecting_ = false;
  if (name == "rPh") phonetic_ = false;
  if (name != "c" || !in_cell_) return absl::OkStatus();
  in_cell_ = false;
  return EndCell();
}

absl::Status WorksheetHandler::Text(std::string_view text) {
  if (!collecting_) return absl::OkStatus();
  if (value_.size() + text.size() > limits_.cell_bytes) {
    return TooLarge(CellName(column_, row_), absl::StrCat(limits_.cell_bytes, " bytes in one cell"));
  }
  value_.append(text);
  return absl::OkStatus();
}

absl::Status WorksheetHandler::StartRow(const std::string& number) {
  const int expected = row_ + 1;
  if (number.empty()) {
    row_ = expected;
  } else if (!absl::SimpleAtoi(number, &row_) || row_ < expected || row_ > kLastRow) {
    return Broken(absl::StrCat("row ", number), "the row's number is not the next one");
  }
  column_ = 0;
  next_column_ = 0;
  return absl::OkStatus();
}

absl::Status WorksheetHandler::StartCell(const XmlAttributes& attributes) {
  const std::string& text = Attribute(attributes, "r");
  column_ = next_column_;
  if (!text.empty()) {
    const std::optional<CellReference> reference = ParseReference(text);
    if (!reference || reference->row != row_) return Broken(text, "the cell is not in this row");
    column_ = reference->column;
  }
  next_column_ = column_ + 1;
  type_ = Attribute(attributes, "t");
  style_ = 0;
  if (const std::string& style = Attribute(attributes, "s"); !style.empty() && !absl::SimpleAtoi(style, &style_)) {
    return Broken(CellName(column_, row_), "the style is not a number");
  }
  value_.clear();
  in_cell_ = true;
  return absl::OkStatus();
}

absl::Status WorksheetHandler::EndCell() {
  if (value_.empty()) return absl::OkStatus();
  if (type_ == "s") return EndSharedText();
  if (type_ == "b") return builder_.Add(row_, column_, value_ == "1" ? "TRUE" : "FALSE");
  if (type_ == "str" || type_ == "inlineStr" || type_ == "d") return builder_.Add(row_, column_, Unescape(value_));
  if (type_ == "e") {
    builder_.Doubt(row_, column_, absl::StrCat("the formula failed with ", value_));
    return builder_.Add(row_, column_, value_);
  }
  const bool date = style_ < context_.date_styles.size() && context_.date_styles[style_];
  const NumberText number = date ? DateToText(value_, context_.since_1904) : NumberToText(value_);
  if (number.lost_digits)
    builder_.Doubt(row_, column_, "a number this long has lost its last digits; format the column as text");
  return builder_.Add(row_, column_, number.text);
}

absl::Status WorksheetHandler::EndSharedText() {
  size_t index = 0;
  if (!absl::SimpleAtoi(value_, &index) || index >= context_.shared_texts.size()) {
    return Broken(CellName(column_, row_), "the cell points to a shared text that is not there");
  }
  return builder_.Add(row_, column_, context_.shared_texts[index]);
}

}  // namespace lintel::sheet
