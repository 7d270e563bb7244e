#include "platform/report/document.h"

#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "platform/clock/calendar.h"
#include "platform/money/money.h"
#include "platform/report/paper.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

using nlohmann::json;

constexpr size_t kMostPages = 500;
constexpr size_t kLongestField = 500;

enum class Kind { kText, kField, kLine, kRectangle, kRows };
enum class As { kPlain, kMoney, kCapitals, kDate };

const std::map<std::string, Kind> kKinds = {{"text", Kind::kText},
                                            {"field", Kind::kField},
                                            {"line", Kind::kLine},
                                            {"rectangle", Kind::kRectangle},
                                            {"rows", Kind::kRows}};
const std::map<std::string, As> kAs = {
    {"plain", As::kPlain}, {"money", As::kMoney}, {"capitals", As::kCapitals}, {"date", As::kDate}};
const std::map<std::string, Align> kAligns = {
    {"left", Align::kLeft}, {"center", Align::kCenter}, {"right", Align::kRight}};

template <class Value>
Value OneOf(const std::map<std::string, Value>& values, const json& object, const char* key,
            const std::string& fallback) {
  const auto found = values.find(object.value(key, fallback));
  if (found == values.end()) throw std::invalid_argument(absl::StrCat("unknown ", key, " in ", object.dump()));
  return found->second;
}

// "￥123,456.00", with the sign in front of it.
std::string MoneyText(int64_t fen) {
  std::string text = ToDecimal(Fen(fen));
  const size_t start = text.starts_with('-') ? 1 : 0;
  for (size_t at = text.find('.'); at > start + 3;) text.insert(at -= 3, 1, ',');
  return text.insert(start, "￥");
}

absl::StatusOr<std::string> Written(const std::string& value, As as, const std::string& where) {
  if (value.empty() || as == As::kPlain) return value;
  if (as == As::kDate) {
    const auto date = ParseDate(value);
    if (!date.ok()) return InvalidField(where, "must be a date such as 2026-11-23");
    return absl::StrFormat("%d年%d月%d日", static_cast<int>(date->year()), static_cast<unsigned>(date->month()),
                           static_cast<unsigned>(date->day()));
  }
  int64_t fen = 0;
  if (!absl::SimpleAtoi(value, &fen)) return InvalidField(where, "must be a whole number of fen");
  if (as == As::kMoney) return MoneyText(fen);
  const auto capitals = ToChineseCapitals(Fen(fen));
  if (!capitals.ok()) return InvalidField(where, "is too large to be written in capitals");
  return *capitals;
}

}  // namespace

struct Template::Item {
  Kind kind = Kind::kText;
  Box box;
  double x2 = 0;  // kLine
  double y2 = 0;
  TextStyle style;
  std::string text;  // kText; with kField it stands before the value.
  std::string field;
  As as = As::kPlain;
  bool printed = false;   // Already on a pre-printed form.
  double row_height = 0;  // kRows
  size_t most = 0;
  std::vector<Item> columns;

  static Item Read(const json& object) {
    Item item{.kind = OneOf(kKinds, object, "kind", ""),
              .box = {.x = object.at("x"),
                      .y = object.value("y", 0.0),
                      .width = object.value("width", 0.0),
                      .height = object.value("height", 0.0)},
              .x2 = object.value("x2", 0.0),
              .y2 = object.value("y2", 0.0),
              .style = {.points = object.value("points", 10.0),
                        .bold = object.value("bold", false),
                        .align = OneOf(kAligns, object, "align", "left"),
                        .wrap = object.value("wrap", false),
                        .grey = object.value("grey", 0.0)},
              .text = object.value("text", ""),
              .field = object.value("field", ""),
              .as = OneOf(kAs, object, "as", "plain"),
              .row_height = object.value("rowHeight", 0.0),
              .most = object.value("most", size_t{0})};
    item.printed = object.value("printed", item.kind != Kind::kField && item.kind != Kind::kRows);
    if ((item.kind == Kind::kField) == item.field.empty())
      throw std::invalid_argument("a field without its name, or a name without field: " + object.dump());
    for (json column : object.value("columns", json::array())) {
      column["kind"] = "field";
      item.columns.push_back(Read(column));
    }
    return item;
  }
};

absl::StatusOr<Template> Template::Parse(const std::string& text) {
  try {
    const json file = json::parse(text);
    if (file.at("renderer") != "boxes") return absl::InvalidArgumentError("the renderer is not `boxes`");
    Template parsed;
    parsed.id_ = file.at("id");
    parsed.version_ = file.at("version");
    parsed.width_ = file.at("width");
    parsed.height_ = file.at("height");
    for (const json& object : file.at("boxes")) {
      const auto item = std::make_shared<const Item>(Item::Read(object));
      parsed.items_.push_back(item);
      if (!item->field.empty()) parsed.known_fields_.insert(item->field);
      for (const Item& column : item->columns) parsed.known_row_fields_.insert(column.field);
      parsed.most_rows_ = std::max(parsed.most_rows_, item->most);
    }
    return parsed;
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(error.what());
  }
}

// Draws one page.
struct Template::Printer {
  Paper& paper;
  const DocumentPage& page;
  const std::string where;  // "pages[0]"
  bool preprinted;

  absl::Status Print(const Item& item) const {
    if (preprinted && item.printed) return absl::OkStatus();
    switch (item.kind) {
      case Kind::kText:
        return paper.Text(item.box, item.text, item.style);
      case Kind::kField:
        return PrintField(item, page.fields, item.box, where + ".fields.");
      case Kind::kLine:
        paper.Line(item.box.x, item.box.y, item.x2, item.y2);
        return absl::OkStatus();
      case Kind::kRectangle:
        paper.Rectangle(item.box);
        return absl::OkStatus();
      case Kind::kRows:
        return PrintRows(item);
    }
    return absl::OkStatus();
  }

  absl::Status PrintField(const Item& item, const Fields& fields, const Box& box, const std::string& place) const {
    const auto value = fields.find(item.field);
    if (value == fields.end() || value->second.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::string written, Written(value->second, item.as, place + item.field));
    return paper.Text(box, absl::StrCat(preprinted ? "" : item.text, written), item.style);
  }

  absl::Status PrintRows(const Item& item) const {
    for (size_t row = 0; row < page.rows.size(); ++row) {
      for (const Item& column : item.columns) {
        Box box = column.box;
        box.y = item.box.y + item.row_height * static_cast<double>(row);
        RETURN_IF_ERROR(PrintField(column, page.rows[row], box, absl::StrCat(where, ".rows[", row, "].fields.")));
      }
    }
    return absl::OkStatus();
  }
};

namespace {

absl::Status CheckFields(const Fields& fields, const std::set<std::string>& known, const std::string& place) {
  for (const auto& [name, value] : fields) {
    if (!known.contains(name)) return InvalidField(place + name, "is not a field of the template");
    if (value.size() > kLongestField)
      return InvalidField(place + name, absl::StrCat("must have at most ", kLongestField, " bytes"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> Template::Draw(const std::vector<DocumentPage>& pages, const DocumentOptions& options,
                                           const std::string& font) const {
  if (pages.empty() || pages.size() > kMostPages)
    return InvalidField("pages", absl::StrCat("must be 1 to ", kMostPages));
  ASSIGN_OR_RETURN(Paper paper, Paper::Open(width_, height_, font));
  for (size_t i = 0; i < pages.size(); ++i) {
    const std::string where = absl::StrCat("pages[", i, "]");
    RETURN_IF_ERROR(CheckFields(pages[i].fields, known_fields_, where + ".fields."));
    if (pages[i].rows.size() > most_rows_)
      return InvalidField(where + ".rows", absl::StrCat("must be at most ", most_rows_));
    for (const Fields& row : pages[i].rows) RETURN_IF_ERROR(CheckFields(row, known_row_fields_, where + ".rows."));
    if (i > 0) paper.NextPage();
    paper.Shift(options.offset_x_mm, options.offset_y_mm);
    const Printer printer{.paper = paper, .page = pages[i], .where = where, .preprinted = options.preprinted};
    for (const auto& item : items_) RETURN_IF_ERROR(printer.Print(*item));
    paper.Shift(-options.offset_x_mm, -options.offset_y_mm);
  }
  return paper.Finish();
}

}  // namespace lintel::report
