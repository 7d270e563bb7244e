#include "platform/report/definition.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

using nlohmann::json;

const std::map<std::string, ColumnType> kColumnTypes = {
    {"text", ColumnType::kText},         {"code", ColumnType::kCode},         {"integer", ColumnType::kInteger},
    {"money", ColumnType::kMoney},       {"area", ColumnType::kArea},         {"percent", ColumnType::kPercent},
    {"date", ColumnType::kDate},         {"month", ColumnType::kMonth},       {"instant", ColumnType::kInstant},
    {"resource", ColumnType::kResource}, {"customer", ColumnType::kCustomer}, {"capitals", ColumnType::kCapitals},
};
const std::map<std::string, ParameterType> kParameterTypes = {
    {"project", ParameterType::kProject}, {"date", ParameterType::kDate},     {"month", ParameterType::kMonth},
    {"receipt", ParameterType::kReceipt}, {"number", ParameterType::kNumber}, {"choice", ParameterType::kChoice},
};
const std::set<std::string> kChartKinds = {"bar", "line", "pie"};

// What is wrong with a file is thrown inside this file only, and becomes a status in ParseDefinition.
struct Wrong {
  std::string what;
};

std::string Require(const json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string() || found->get<std::string>().empty()) {
    throw Wrong{absl::StrCat(where, " has no ", key)};
  }
  return found->get<std::string>();
}

Texts ReadTexts(const json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_object()) throw Wrong{absl::StrCat(where, " has no ", key)};
  const std::string place = absl::StrCat(where, ".", key);
  return {.zh = Require(*found, "zh", place), .en = Require(*found, "en", place)};
}

template <class Type>
Type ReadType(const json& object, const std::map<std::string, Type>& types, const std::string& where) {
  const auto found = types.find(Require(object, "type", where));
  if (found == types.end()) throw Wrong{absl::StrCat(where, " has an unknown type")};
  return found->second;
}

Column ReadColumn(const json& object) {
  Column column{.name = Require(object, "name", "a column")};
  const std::string where = "column " + column.name;
  column.type = ReadType(object, kColumnTypes, where);
  column.title = ReadTexts(object, "title", where);
  column.definition = ReadTexts(object, "definition", where);
  column.key = object.value("key", false);
  column.opens = object.value("opens", false);
  column.people = object.value("people", false);
  column.total = object.value("total", false);
  column.when = object.value("when", When{});
  const json labels = object.value("labels", json::object());
  for (const auto& [code, label] : labels.items()) {
    column.labels[code] = {.zh = Require(label, "zh", where + " label " + code),
                           .en = Require(label, "en", where + " label " + code)};
  }
  if (column.type == ColumnType::kCode && column.labels.empty()) throw Wrong{where + " is a code without labels"};
  if ((column.total || column.opens) && !column.IsNumber()) throw Wrong{where + " is not a number"};
  if (column.people && column.type != ColumnType::kInteger) throw Wrong{where + " counts people but is no integer"};
  return column;
}

// Whether two things wait for different choices of one parameter.
bool NeverMeet(const When& one, const When& other) {
  return std::any_of(one.begin(), one.end(), [&](const auto& choice) {
    const auto found = other.find(choice.first);
    return found != other.end() && found->second != choice.second;
  });
}

std::vector<Column> ReadColumns(const json& front, const char* key) {
  const auto found = front.find(key);
  if (found == front.end() || !found->is_array() || found->empty()) throw Wrong{absl::StrCat("no ", key)};
  std::vector<Column> columns;
  for (const json& object : *found) {
    const Column column = ReadColumn(object);
    for (const Column& other : columns) {
      const bool twice = other.name == column.name && !NeverMeet(other.when, column.when);
      if (twice) throw Wrong{absl::StrCat("two columns ", column.name)};
    }
    columns.push_back(column);
  }
  return columns;
}

std::vector<Choice> ReadChoices(const json& object, const std::string& where) {
  std::vector<Choice> choices;
  for (const json& one : object.value("choices", json::array())) {
    const std::string value = Require(one, "value", where + " choice");
    choices.push_back({.value = value, .title = ReadTexts(one, "title", where + " choice " + value)});
  }
  if (choices.size() < 2) throw Wrong{where + " leaves no choice"};
  return choices;
}

Parameter ReadParameter(const json& object) {
  Parameter parameter{.name = Require(object, "name", "a parameter")};
  const std::string where = "parameter " + parameter.name;
  parameter.type = ReadType(object, kParameterTypes, where);
  parameter.title = ReadTexts(object, "title", where);
  parameter.when = object.value("when", When{});
  if (parameter.type == ParameterType::kChoice) parameter.choices = ReadChoices(object, where);
  parameter.least = object.value("least", 0);
  parameter.most = object.value("most", 0);
  parameter.fallback = object.value("default", 0);
  const bool bounded =
      parameter.least >= 1 && parameter.least <= parameter.fallback && parameter.fallback <= parameter.most;
  if (parameter.type == ParameterType::kNumber && !bounded) throw Wrong{where + " is not bounded"};
  return parameter;
}

Chart ReadChart(const json& object, const Definition& definition) {
  Chart chart{.kind = Require(object, "kind", "chart"), .category = object.value("category", "")};
  if (!kChartKinds.contains(chart.kind)) throw Wrong{"chart has an unknown kind"};
  const bool keyed = std::any_of(definition.columns.begin(), definition.columns.end(),
                                 [](const Column& column) { return column.key; });
  if (chart.category.empty() ? !keyed : definition.Find(chart.category) == nullptr) {
    throw Wrong{"chart has a category that is no column"};
  }
  chart.series = object.value("series", std::vector<std::string>{});
  if (chart.series.empty()) throw Wrong{"chart has no series"};
  for (const std::string& series : chart.series) {
    const Column* column = definition.Find(series);
    if (column == nullptr || !column->IsNumber()) throw Wrong{"chart cannot draw " + series};
  }
  return chart;
}

struct Sections {
  std::string front;
  std::string figures;
  std::string detail;
};

Sections Split(const std::string& text) {
  const size_t front_end = text.find("*/");
  const size_t figures = text.find("\n-- figures\n");
  const size_t detail = text.find("\n-- detail\n");
  const bool ordered = text.starts_with("/*") && front_end < figures && figures < detail && detail != std::string::npos;
  if (!ordered) throw Wrong{"it is not a /* front */, then `-- figures`, then `-- detail`"};
  const auto after = [&](size_t at) { return text.find('\n', at + 1) + 1; };
  return {.front = text.substr(2, front_end - 2),
          .figures = text.substr(after(figures), detail + 1 - after(figures)),
          .detail = text.substr(after(detail))};
}

// What waits for a choice nobody can make would never be seen.
void CheckWhen(const Definition& definition, const When& when, const std::string& name) {
  for (const auto& choice : when) {
    const bool offered =
        std::any_of(definition.parameters.begin(), definition.parameters.end(), [&](const Parameter& parameter) {
          return parameter.name == choice.first && parameter.Find(choice.second) != nullptr;
        });
    if (!offered) throw Wrong{absl::StrCat(name, " waits for the choice ", choice.second, ", which nobody offers")};
  }
}

// A report that forgets whose projects it may show would show them all.
void CheckSql(const std::string& sql, const std::string& where) {
  if (sql.find(":projects") == std::string::npos) throw Wrong{where + " does not narrow itself to :projects"};
  if (sql.find("now()") != std::string::npos) throw Wrong{where + " asks the database for the time"};
}

Definition Read(const std::string& text) {
  const Sections sections = Split(text);
  const json front = json::parse(sections.front);
  Definition definition{.id = Require(front, "id", "the front"),
                        .title = ReadTexts(front, "title", "the front"),
                        .note = ReadTexts(front, "note", "the front"),
                        .columns = ReadColumns(front, "columns"),
                        .detail_columns = ReadColumns(front, "detailColumns"),
                        .document = front.value("document", ""),
                        .figures_sql = sections.figures,
                        .detail_sql = sections.detail};
  for (const json& object : front.value("parameters", json::array())) {
    definition.parameters.push_back(ReadParameter(object));
  }
  for (const Parameter& parameter : definition.parameters) CheckWhen(definition, parameter.when, parameter.name);
  for (const Column& column : definition.columns) CheckWhen(definition, column.when, column.name);
  for (const Column& column : definition.detail_columns) CheckWhen(definition, column.when, column.name);
  if (const auto chart = front.find("chart"); chart != front.end()) definition.chart = ReadChart(*chart, definition);
  CheckSql(definition.figures_sql, "the SQL of the figures");
  CheckSql(definition.detail_sql, "the SQL of the detail");
  const bool opens =
      std::any_of(definition.columns.begin(), definition.columns.end(), [](const Column& c) { return c.opens; });
  if (!opens) throw Wrong{"no figure opens its rows"};
  return definition;
}

template <class Type>
std::string NameIn(const std::map<std::string, Type>& types, Type type) {
  return std::find_if(types.begin(), types.end(), [&](const auto& entry) { return entry.second == type; })->first;
}

}  // namespace

bool Column::IsNumber() const {
  return type == ColumnType::kInteger || type == ColumnType::kMoney || type == ColumnType::kArea ||
         type == ColumnType::kPercent;
}

const Choice* Parameter::Find(const std::string& value) const {
  const auto found = std::find_if(choices.begin(), choices.end(), [&](const Choice& c) { return c.value == value; });
  return found == choices.end() ? nullptr : &*found;
}

const Column* Definition::Find(const std::string& column) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

absl::StatusOr<Definition> ParseDefinition(const std::string& text) {
  try {
    return Read(text);
  } catch (const Wrong& wrong) {
    return absl::InvalidArgumentError(wrong.what);
  } catch (const json::exception& error) {
    return absl::InvalidArgumentError(error.what());
  }
}

std::string CamelCase(const std::string& snake_case) {
  std::string camel;
  for (size_t at = 0; at < snake_case.size(); ++at) {
    const bool word = snake_case[at] == '_' && at + 1 < snake_case.size();
    camel += word ? absl::ascii_toupper(static_cast<unsigned char>(snake_case[++at])) : snake_case[at];
  }
  return camel;
}

std::string TypeName(ColumnType type) { return NameIn(kColumnTypes, type); }
std::string TypeName(ParameterType type) { return NameIn(kParameterTypes, type); }

}  // namespace lintel::report
