// A report or analysis is one .sql file: a JSON front in its opening comment, then the SQL of the figures after the
// line
// `-- figures` and the SQL of the rows behind them after `-- detail`. The file stays valid SQL that an editor can
// colour. platform/report/README.md shows one in full.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::report {

// A text in both languages; neither may be empty.
struct Texts {
  std::string zh;
  std::string en;
  const std::string& In(const std::string& language) const { return language == "en" ? en : zh; }
};

// What a parameter or a column waits for: the choice that must have been made, by parameter. Empty: always there.
using When = std::map<std::string, std::string>;

enum class ColumnType {
  kText,
  kCode,      // Shown by its label.
  kInteger,   //
  kMoney,     // SQL gives fen.
  kArea,      // SQL gives hundredths of a square metre.
  kPercent,   // SQL gives parts per million.
  kDate,      //
  kMonth,     // SQL gives 2026-11.
  kInstant,   // SQL gives timestamptz; shown in the report's time zone.
  kResource,  // SQL gives <name> (what is shown) and <name>_name (projects/{p}/rooms/{r}).
  kCustomer,  // SQL gives customers/{c}; the name is asked of its owner when the reader may see it.
  kCapitals,  // SQL gives fen; shown as 人民币…整.
};

struct Column {
  std::string name;  // snake_case in SQL; JSON has it in lowerCamelCase.
  ColumnType type = ColumnType::kText;
  Texts title;
  Texts definition;
  std::map<std::string, Texts> labels;
  bool key = false;     // Tells rows apart. With `opens`, detail SQL gets it as :key_<name>.
  bool opens = false;   // A figure: detail rows exist for it, and their `figure` column sums up to it.
  bool people = false;  // Counts people: shown as "<5" below five.
  bool total = false;   // Summed in the totals' row.
  When when;            // Columns that never meet may share a name.

  bool IsNumber() const;
};

enum class ParameterType { kProject, kDate, kMonth, kReceipt, kNumber, kChoice };

struct Choice {
  std::string value;  // WEEK
  Texts title;
};

struct Parameter {
  std::string name;
  ParameterType type = ParameterType::kProject;
  Texts title;
  int least = 0;  // kNumber
  int most = 0;
  int fallback = 0;
  std::vector<Choice> choices;  // kChoice; the first is taken when it is left out.
  When when;

  const Choice* Find(const std::string& value) const;
};

struct Chart {
  std::string kind;      // bar, line, pie
  std::string category;  // A column; empty: the first key.
  std::vector<std::string> series;
};

struct Definition {
  std::string id;  // RPT-01
  Texts title;
  Texts note;
  std::vector<Parameter> parameters;
  std::vector<Column> columns;
  std::vector<Column> detail_columns;
  std::optional<Chart> chart;
  std::string document;  // The template its PDF is drawn with, one page per row; empty: a table.
  std::string figures_sql;
  std::string detail_sql;

  const Column* Find(const std::string& column) const;
};

// INVALID_ARGUMENT that says what is wrong with the file: a text missing in a language, a column without a definition,
// an unknown type, a chart or total of a column that cannot be drawn or summed, something that waits for a choice
// nobody offers, SQL that does not narrow itself to :projects.
absl::StatusOr<Definition> ParseDefinition(const std::string& text);

// "list_price" -> "listPrice".
std::string CamelCase(const std::string& snake_case);

// The word of the contract for a type: "money".
std::string TypeName(ColumnType type);
std::string TypeName(ParameterType type);

}  // namespace lintel::report
