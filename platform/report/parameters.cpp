#include "platform/report/parameters.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

// Every report takes these, so that a console can keep them from one report to the next; what one does not need must
// still be well formed.
const std::map<std::string, ParameterType> kCommon = {
    {"project", ParameterType::kProject}, {"date", ParameterType::kDate}, {"month", ParameterType::kMonth}};

absl::Status NoDate(const std::string& field) { return InvalidField(field, "must be a date such as 2026-11-23"); }
absl::Status NoMonth(const std::string& field) { return InvalidField(field, "must be a month such as 2026-11"); }

std::string MonthOf(Date date) { return ToIsoDate(date).substr(0, 7); }

absl::StatusOr<Date> ParseMonth(const std::string& text) { return ParseDate(text + "-01"); }

std::string ValuesOf(const Parameter& parameter) {
  return absl::StrJoin(parameter.choices, ", ",
                       [](std::string* list, const Choice& choice) { list->append(choice.value); });
}

bool Holds(const When& when, const Bindings& answers) {
  return std::all_of(when.begin(), when.end(), [&](const auto& choice) {
    const auto answer = answers.find(choice.first);
    return answer != answers.end() && answer->second == choice.second;
  });
}

absl::Status AnswerOne(const Parameter& parameter, const std::string& text, Date today, Answered& answered) {
  const std::string field = "parameters." + parameter.name;
  switch (parameter.type) {
    case ParameterType::kProject: {
      answered.shown[parameter.name] = text;
      if (text.empty()) return absl::OkStatus();
      ASSIGN_OR_RETURN(answered.project, ParseId(field, text, "projects/*"));
      return absl::OkStatus();
    }
    case ParameterType::kReceipt: {
      answered.shown[parameter.name] = text;
      std::string id;
      if (!text.empty()) {
        ASSIGN_OR_RETURN(id, ParseId(field, text, "receipts/*"));
      }
      answered.bindings[parameter.name] = id;
      return absl::OkStatus();
    }
    case ParameterType::kDate: {
      const auto date = text.empty() ? absl::StatusOr<Date>(today) : ParseDate(text);
      if (!date.ok()) return NoDate(field);
      answered.bindings[parameter.name] = answered.shown[parameter.name] = ToIsoDate(*date);
      return absl::OkStatus();
    }
    case ParameterType::kMonth: {
      const auto first = ParseMonth(text.empty() ? MonthOf(today) : text);
      if (!first.ok()) return NoMonth(field);
      answered.bindings[parameter.name] = ToIsoDate(*first);
      answered.bindings[parameter.name + "_end"] = ToIsoDate(AddMonths(*first, 1));
      answered.shown[parameter.name] = MonthOf(*first);
      return absl::OkStatus();
    }
    case ParameterType::kNumber: {
      int number = parameter.fallback;
      const bool read = text.empty() || absl::SimpleAtoi(text, &number);
      if (!read || number < parameter.least || number > parameter.most) {
        return InvalidField(field, absl::StrCat("must be from ", parameter.least, " to ", parameter.most));
      }
      answered.bindings[parameter.name] = answered.shown[parameter.name] = absl::StrCat(number);
      return absl::OkStatus();
    }
    case ParameterType::kChoice: {
      const std::string& value = text.empty() ? parameter.choices.front().value : text;
      if (parameter.Find(value) == nullptr) return InvalidField(field, "must be one of " + ValuesOf(parameter));
      answered.bindings[parameter.name] = answered.shown[parameter.name] = value;
      return absl::OkStatus();
    }
  }
  return absl::InternalError("a parameter has no type");
}

bool IsNameCharacter(char c) { return absl::ascii_islower(static_cast<unsigned char>(c)) || c == '_'; }

// The length of what must be left alone at `at`: a quoted text, a comment, a cast, or one plain character.
size_t PlainLength(const std::string& sql, size_t at) {
  const auto until = [&](const char* end) {
    const size_t found = sql.find(end, at + 1);
    return found == std::string::npos ? sql.size() - at : found + 1 - at;
  };
  if (sql[at] == '\'' || sql[at] == '"') return until(sql[at] == '"' ? "\"" : "'");
  if (sql.compare(at, 2, "--") == 0) return until("\n");
  if (sql.compare(at, 2, "::") == 0) return 2;
  return 1;
}

}  // namespace

absl::StatusOr<Answered> Answer(const Definition& definition, const Question& question) {
  ASSIGN_OR_RETURN(const Date today, DateIn(question.now, question.zone));
  Answered answered{.bindings = {{"now", ToRfc3339(question.now)}, {"today", ToIsoDate(today)}}};
  std::map<std::string, std::string> rest = question.parameters;
  const auto date = rest.find("date");
  if (date != rest.end() && ParseDate(date->second).ok()) rest.try_emplace("month", date->second.substr(0, 7));
  for (const Parameter& parameter : definition.parameters) {
    const auto sent = rest.extract(parameter.name);
    RETURN_IF_ERROR(AnswerOne(parameter, sent.empty() ? "" : sent.mapped(), today, answered));
  }
  for (const Parameter& parameter : definition.parameters) {
    if (!Holds(parameter.when, answered.bindings)) answered.shown.erase(parameter.name);
  }
  Answered unused;
  for (const auto& [name, text] : rest) {
    const auto common = kCommon.find(name);
    if (common == kCommon.end()) return InvalidField("parameters." + name, "is not a parameter of " + definition.id);
    RETURN_IF_ERROR(AnswerOne({.name = name, .type = common->second}, text, today, unused));
  }
  return answered;
}

Definition Chosen(Definition definition, const Answered& answered) {
  const auto waits = [&](const auto& part) { return !Holds(part.when, answered.bindings); };
  std::erase_if(definition.parameters, waits);
  std::erase_if(definition.columns, waits);
  std::erase_if(definition.detail_columns, waits);
  if (definition.chart && definition.chart->category.empty()) {
    const auto& columns = definition.columns;
    const auto key = std::find_if(columns.begin(), columns.end(), [](const Column& column) { return column.key; });
    if (key != columns.end()) definition.chart->category = key->name;
  }
  return definition;
}

absl::Status CheckKey(const Column& column, const std::string& field, const std::string& text) {
  if (column.type == ColumnType::kDate && !ParseDate(text).ok()) return NoDate(field);
  if (column.type == ColumnType::kMonth && !ParseMonth(text).ok()) return NoMonth(field);
  return absl::OkStatus();
}

absl::StatusOr<BoundSql> Bind(const std::string& sql, const Bindings& bindings) {
  BoundSql bound;
  std::map<std::string, size_t> numbers;
  for (size_t at = 0; at < sql.size();) {
    const bool name_follows = sql[at] == ':' && at + 1 < sql.size() && IsNameCharacter(sql[at + 1]);
    if (!name_follows) {
      const size_t length = PlainLength(sql, at);
      bound.sql.append(sql, at, length);
      at += length;
      continue;
    }
    size_t end = at + 1;
    while (end < sql.size() && IsNameCharacter(sql[end])) ++end;
    const std::string name = sql.substr(at + 1, end - at - 1);
    const auto value = bindings.find(name);
    if (value == bindings.end())
      return absl::InternalError(absl::StrCat("the SQL uses :", name, ", which nobody gives"));
    const auto [number, is_new] = numbers.try_emplace(name, numbers.size() + 1);
    if (is_new) bound.values.push_back(value->second);
    absl::StrAppend(&bound.sql, "$", number->second);
    at = end;
  }
  return bound;
}

}  // namespace lintel::report
