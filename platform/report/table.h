// The answer of a report before it takes a form: columns in the reader's language and exact values.
#pragma once

#include <string>
#include <vector>

#include "platform/report/definition.h"

namespace lintel::report {

// Exact text by column type: fen, hundredths, parts per million, ISO dates, RFC 3339 instants; `name` is the
// resource's.
struct Value {
  bool null = true;
  bool hidden = false;  // Too few people to show.
  std::string text;
  std::string name;
};

using Row = std::vector<Value>;

struct Table {
  std::string name;  // reports/RPT-01
  std::string title;
  std::string language;                                         // zh or en
  std::string zone;                                             // Of instants in files and on paper.
  std::string as_of;                                            // RFC 3339
  std::vector<std::pair<std::string, std::string>> parameters;  // Title and value as shown, for people.
  std::map<std::string, std::string> parameter_values;          // By name, for programs.
  std::vector<Column> columns;
  std::vector<Row> rows;
  Row totals;  // Empty when nothing is summed.
  std::optional<Chart> chart;
};

// Groups smaller than this are not shown (DESIGN: nobody is to be told from an analysis).
inline constexpr int64_t kLeastPeople = 5;

// Hides people counts from 1 to 4, and in a row with one every measure that would tell it (a share, a sum of money).
void HideSmallGroups(Table& table);

// Sums the columns that have a total. A total that would tell what is hidden - one group alone, or groups that together
// are fewer than five - stays blank. OUT_OF_RANGE when a sum does not fit.
absl::Status AddTotals(Table& table);

// As people read it: "2,913,426.72", "96.42", "12.34%", "2026-11-23 14:30", a code's label, "<5". Blank when null.
std::string Shown(const Table& table, const Column& column, const Value& value);
// Without thousands separators, for files that programs read.
std::string Plain(const Table& table, const Column& column, const Value& value);

}  // namespace lintel::report
