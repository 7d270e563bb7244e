#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "platform/report/paper.h"
#include "platform/report/render.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

constexpr double kWidth = 297;  // A4 across, millimetres.
constexpr double kHeight = 210;
constexpr double kMargin = 12;
constexpr double kRowHeight = 6;
constexpr double kCellPadding = 1.2;
constexpr double kNarrowest = 12;
constexpr size_t kMeasuredRows = 200;  // Widths are judged by so many rows.
constexpr TextStyle kCell{.points = 8.5};
constexpr TextStyle kHead{.points = 8.5, .bold = true, .wrap = true};
constexpr TextStyle kSmall{.points = 7.5, .grey = 0.35};

struct Layout {
  std::vector<double> widths;
  double head_height = kRowHeight;
  size_t rows_per_page = 1;
};

Layout Plan(const Table& table, Paper& paper) {
  Layout layout;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    double width = std::max(kNarrowest, paper.WidthOf(table.columns[i].title.In(table.language), kHead) * 0.7);
    for (size_t row = 0; row < std::min(table.rows.size(), kMeasuredRows); ++row) {
      width = std::max(width, paper.WidthOf(Shown(table, table.columns[i], table.rows[row][i]), kCell));
    }
    layout.widths.push_back(width + 2 * kCellPadding);
  }
  const double total = std::accumulate(layout.widths.begin(), layout.widths.end(), 0.0);
  const double scale = (kWidth - 2 * kMargin) / total;
  for (size_t i = 0; i < layout.widths.size(); ++i) {
    layout.widths[i] *= scale;
    const double height =
        paper.HeightOf(table.columns[i].title.In(table.language), layout.widths[i] - 2 * kCellPadding, kHead);
    layout.head_height = std::max(layout.head_height, height + 2 * kCellPadding);
  }
  layout.rows_per_page = static_cast<size_t>((kHeight - 2 * kMargin - 14 - layout.head_height - 6) / kRowHeight);
  return layout;
}

class TablePrinter {
 public:
  TablePrinter(const Table& table, Paper& paper) : table_(table), paper_(paper), layout_(Plan(table, paper)) {}

  absl::Status Print() {
    const size_t lines = table_.rows.size() + (table_.totals.empty() ? 0 : 1);
    const size_t pages = std::max<size_t>(1, (lines + layout_.rows_per_page - 1) / layout_.rows_per_page);
    for (size_t page = 0; page < pages; ++page) {
      if (page > 0) paper_.NextPage();
      RETURN_IF_ERROR(Head());
      for (size_t i = page * layout_.rows_per_page; i < std::min(lines, (page + 1) * layout_.rows_per_page); ++i) {
        RETURN_IF_ERROR(Line(i < table_.rows.size() ? table_.rows[i] : table_.totals, i >= table_.rows.size()));
      }
      RETURN_IF_ERROR(Foot(page + 1, pages));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Head() {
    std::string parameters;
    for (const auto& [title, value] : table_.parameters) absl::StrAppend(&parameters, title, " ", value, "    ");
    RETURN_IF_ERROR(
        paper_.Text({.x = kMargin, .y = kMargin, .width = 120}, table_.title, {.points = 14, .bold = true}));
    RETURN_IF_ERROR(paper_.Text({.x = kMargin + 120, .y = kMargin + 2, .width = kWidth - 2 * kMargin - 120}, parameters,
                                {.points = 9, .align = Align::kRight}));
    y_ = kMargin + 10;
    paper_.Fill({.x = kMargin, .y = y_, .width = kWidth - 2 * kMargin, .height = layout_.head_height}, 0.92);
    double x = kMargin;
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      TextStyle style = kHead;
      style.align = AlignOf(i);
      RETURN_IF_ERROR(
          paper_.Text(CellBox(x, i, layout_.head_height), table_.columns[i].title.In(table_.language), style));
      x += layout_.widths[i];
    }
    y_ += layout_.head_height;
    return absl::OkStatus();
  }

  absl::Status Line(const Row& row, bool total) {
    double x = kMargin;
    for (size_t i = 0; i < row.size(); ++i) {
      TextStyle style = kCell;
      style.bold = total;
      style.align = AlignOf(i);
      const std::string text = total && i == 0 && row[0].null ? (table_.language == "en" ? "Total" : "合计")
                                                              : Shown(table_, table_.columns[i], row[i]);
      RETURN_IF_ERROR(paper_.Text(CellBox(x, i, 0), text, style));
      x += layout_.widths[i];
    }
    if (total) paper_.Line(kMargin, y_, kWidth - kMargin, y_, 0.3);
    y_ += kRowHeight;
    paper_.Line(kMargin, y_, kWidth - kMargin, y_, 0.05);
    return absl::OkStatus();
  }

  absl::Status Foot(size_t page, size_t pages) {
    const double y = kHeight - kMargin;
    const std::string as_of = Shown(table_, {.type = ColumnType::kInstant}, {.null = false, .text = table_.as_of});
    const bool english = table_.language == "en";
    RETURN_IF_ERROR(paper_.Text({.x = kMargin, .y = y, .width = 150},
                                absl::StrCat(table_.title, english ? "  as of " : "  截至 ", as_of), kSmall));
    TextStyle right = kSmall;
    right.align = Align::kRight;
    const std::string number =
        english ? absl::StrCat("Page ", page, " of ", pages) : absl::StrCat("第 ", page, " 页 共 ", pages, " 页");
    return paper_.Text({.x = kWidth - kMargin - 60, .y = y, .width = 60}, number, right);
  }

  Align AlignOf(size_t column) const { return table_.columns[column].IsNumber() ? Align::kRight : Align::kLeft; }

  Box CellBox(double x, size_t column, double height) const {
    return {.x = x + kCellPadding,
            .y = y_ + kCellPadding,
            .width = layout_.widths[column] - 2 * kCellPadding,
            .height = height};
  }

  const Table& table_;
  Paper& paper_;
  const Layout layout_;
  double y_ = 0;
};

}  // namespace

absl::StatusOr<std::string> RenderPdf(const Table& table, const std::string& font) {
  ASSIGN_OR_RETURN(Paper paper, Paper::Open(kWidth, kHeight, font));
  RETURN_IF_ERROR(TablePrinter(table, paper).Print());
  return paper.Finish();
}

}  // namespace lintel::report
