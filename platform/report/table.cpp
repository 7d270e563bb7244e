#include "platform/report/table.h"

#include <algorithm>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "platform/clock/calendar.h"
#include "platform/money/area.h"
#include "platform/money/money.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

int64_t NumberOf(const Value& value) {
  int64_t number = 0;
  (void)absl::SimpleAtoi(value.text, &number);  // A null counts as nothing.
  return number;
}

bool IsSmall(const Column& column, const Value& value) {
  return column.people && !value.null && NumberOf(value) > 0 && NumberOf(value) < kLeastPeople;
}

// The count, and every measure that would tell it; other counts of people stand for themselves.
void HideGroup(const std::vector<Column>& columns, Row& row, size_t count) {
  row[count].hidden = true;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].IsNumber() && !columns[i].people && !row[i].null) row[i].hidden = true;
  }
}

std::string Separated(const std::string& digits) {
  const size_t start = digits.starts_with('-') ? 1 : 0;
  const size_t end = std::min(digits.find('.'), digits.size());
  std::string text;
  for (size_t at = 0; at < digits.size(); ++at) {
    if (at > start && at < end && (end - at) % 3 == 0) text += ',';
    text += digits[at];
  }
  return text;
}

std::string LocalTime(const std::string& instant, const std::string& zone) {
  const auto parsed = ParseRfc3339(instant);
  if (!parsed.ok()) return instant;
  const auto date = DateIn(*parsed, zone);
  if (!date.ok()) return instant;
  const auto start = StartOfDay(*date, zone);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(*parsed - *start).count();
  return absl::StrFormat("%s %02d:%02d", ToIsoDate(*date), minutes / 60, minutes % 60);
}

std::string PercentText(int64_t ppm) {
  const int64_t hundredths = (std::abs(ppm) + 50) / 100;  // Half up at the second decimal.
  return absl::StrFormat("%s%d.%02d%%", ppm < 0 ? "-" : "", hundredths / 100, hundredths % 100);
}

std::string Text(const Table& table, const Column& column, const Value& value) {
  if (value.null) return "";
  if (value.hidden) return absl::StrCat("<", kLeastPeople);
  switch (column.type) {
    case ColumnType::kMoney:
      return ToDecimal(Fen(NumberOf(value)));
    case ColumnType::kArea:
      return ToDecimal(Area{NumberOf(value)});
    case ColumnType::kPercent:
      return PercentText(NumberOf(value));
    case ColumnType::kInstant:
      return LocalTime(value.text, table.zone);
    case ColumnType::kCapitals:
      return ToChineseCapitals(Fen(NumberOf(value))).value_or("");
    case ColumnType::kCode: {
      const auto label = column.labels.find(value.text);
      return label == column.labels.end() ? value.text : label->second.In(table.language);
    }
    default:
      return value.text;
  }
}

}  // namespace

void HideSmallGroups(Table& table) {
  for (Row& row : table.rows) {
    for (size_t column = 0; column < table.columns.size(); ++column) {
      if (IsSmall(table.columns[column], row[column])) HideGroup(table.columns, row, column);
    }
  }
}

absl::Status AddTotals(Table& table) {
  const bool any = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& c) { return c.total; });
  if (!any) return absl::OkStatus();
  table.totals.assign(table.columns.size(), Value{});
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (!table.columns[i].total) continue;
    int64_t sum = 0;
    int64_t hidden_sum = 0;
    int hidden_groups = 0;
    for (const Row& row : table.rows) {
      if (__builtin_add_overflow(sum, NumberOf(row[i]), &sum)) return absl::OutOfRangeError("a total does not fit");
      hidden_groups += row[i].hidden ? 1 : 0;
      hidden_sum += row[i].hidden ? NumberOf(row[i]) : 0;
    }
    const bool tells =
        hidden_groups == 1 || (hidden_groups > 1 && table.columns[i].people && hidden_sum < kLeastPeople);
    if (!tells) table.totals[i] = {.null = false, .text = absl::StrCat(sum)};
  }
  return absl::OkStatus();
}

std::string Shown(const Table& table, const Column& column, const Value& value) {
  const std::string text = Text(table, column, value);
  return column.IsNumber() && !value.hidden ? Separated(text) : text;
}

std::string Plain(const Table& table, const Column& column, const Value& value) { return Text(table, column, value); }

}  // namespace lintel::report
