// JSON for programs and the console, CSV for spreadsheets and whatever else reads lines.
#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "platform/report/render.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

using json = nlohmann::ordered_json;

int64_t NumberOf(const Value& value) {
  int64_t number = 0;
  (void)absl::SimpleAtoi(value.text, &number);
  return number;
}

json ToJson(const Table& table, const Column& column, const Value& value) {
  if (value.null) return nullptr;
  if (value.hidden) return absl::StrCat("<", kLeastPeople);
  switch (column.type) {
    case ColumnType::kInteger:
    case ColumnType::kPercent:
      return NumberOf(value);
    case ColumnType::kMoney:
      return {{"minorUnits", value.text}, {"currencyCode", "CNY"}};
    case ColumnType::kResource:
    case ColumnType::kCustomer:
      return {{"name", value.name}, {"displayName", value.text}};
    case ColumnType::kCapitals:
      return Plain(table, column, value);
    default:
      return value.text;
  }
}

json ToJson(const Table& table, const Row& row) {
  json object = json::object();
  for (size_t i = 0; i < table.columns.size(); ++i) {
    object[CamelCase(table.columns[i].name)] = ToJson(table, table.columns[i], row[i]);
  }
  return object;
}

json ToJson(const Column& column, const std::string& language) {
  json object{{"name", CamelCase(column.name)},
              {"type", TypeName(column.type)},
              {"title", column.title.In(language)},
              {"definition", column.definition.In(language)},
              {"key", column.key},
              {"opens", column.opens},
              {"people", column.people}};
  json labels = json::object();
  for (const auto& [code, label] : column.labels) labels[code] = label.In(language);
  object["labels"] = std::move(labels);
  return object;
}

size_t IndexOf(const Table& table, const std::string& column) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == column) return i;
  }
  return 0;  // ParseDefinition has checked that it is there.
}

// Hidden groups leave a gap in the plot.
json Point(const Value& value) {
  if (value.null || value.hidden) return nullptr;
  return NumberOf(value);
}

json ToJson(const Table& table, const Chart& chart) {
  const size_t category = IndexOf(table, chart.category);
  json categories = json::array();
  for (const Row& row : table.rows) categories.push_back(Plain(table, table.columns[category], row[category]));
  json series = json::array();
  for (const std::string& name : chart.series) {
    const size_t index = IndexOf(table, name);
    json data = json::array();
    for (size_t row = 0; row < table.rows.size(); ++row) {
      json point = Point(table.rows[row][index]);
      data.push_back(chart.kind == "pie" ? json{{"name", categories[row]}, {"value", point}} : point);
    }
    series.push_back({{"type", chart.kind},
                      {"name", table.columns[index].title.In(table.language)},
                      {"column", CamelCase(name)},
                      {"data", std::move(data)}});
  }
  return {{"kind", chart.kind},
          {"unit", TypeName(table.columns[IndexOf(table, chart.series.front())].type)},
          {"xAxis", {{"type", "category"}, {"data", std::move(categories)}}},
          {"series", std::move(series)}};
}

// Quotes a CSV cell when needed; `inert` keeps spreadsheet programs from running it.
std::string CsvCell(std::string text, bool inert) {
  if (inert && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(0, 1, '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

std::string CsvLine(const Table& table, const Row& row) {
  std::string line;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) line += ',';
    line += CsvCell(Plain(table, table.columns[i], row[i]), !table.columns[i].IsNumber());
  }
  return line + "\r\n";
}

}  // namespace

absl::StatusOr<Format> ParseFormat(const std::string& text) {
  static const std::map<std::string, Format> kFormats = {{"", Format::kJson},
                                                         {"JSON", Format::kJson},
                                                         {"CSV", Format::kCsv},
                                                         {"XLSX", Format::kXlsx},
                                                         {"PDF", Format::kPdf}};
  const auto found = kFormats.find(text);
  if (found == kFormats.end()) return InvalidField("format", "must be JSON, CSV, XLSX or PDF");
  return found->second;
}

std::string ContentType(Format format) {
  switch (format) {
    case Format::kCsv:
      return "text/csv; charset=utf-8";
    case Format::kXlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case Format::kPdf:
      return "application/pdf";
    default:
      return "application/json";
  }
}

std::string FileName(const Table& table, Format format) {
  static const std::map<Format, std::string> kEndings = {
      {Format::kJson, "json"}, {Format::kCsv, "csv"}, {Format::kXlsx, "xlsx"}, {Format::kPdf, "pdf"}};
  return absl::StrCat(table.name.substr(table.name.find('/') + 1), "_", table.as_of.substr(0, 10), ".",
                      kEndings.at(format));
}

std::string RenderJson(const Table& table) {
  json columns = json::array();
  for (const Column& column : table.columns) columns.push_back(ToJson(column, table.language));
  json rows = json::array();
  for (const Row& row : table.rows) rows.push_back(ToJson(table, row));
  const json answer{{"name", table.name},
                    {"title", table.title},
                    {"parameters", table.parameter_values},
                    {"asOf", table.as_of},
                    {"columns", std::move(columns)},
                    {"rows", std::move(rows)},
                    {"totals", table.totals.empty() ? json(nullptr) : ToJson(table, table.totals)},
                    {"chart", table.chart ? ToJson(table, *table.chart) : json(nullptr)}};
  return answer.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string RenderCsv(const Table& table) {
  std::string text = "\xEF\xBB\xBF";
  for (size_t i = 0; i < table.columns.size(); ++i) {
    absl::StrAppend(&text, i > 0 ? "," : "", CsvCell(table.columns[i].title.In(table.language), true));
  }
  text += "\r\n";
  for (const Row& row : table.rows) text += CsvLine(table, row);
  if (!table.totals.empty()) text += CsvLine(table, table.totals);
  return text;
}

}  // namespace lintel::report
