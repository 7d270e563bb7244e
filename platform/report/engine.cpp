#include "platform/report/engine.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "absl/strings/str_cat.h"
#include "platform/log/log.h"
#include "platform/report/parameters.h"
#include "platform/status/status.h"

namespace lintel::report {
namespace {

// Every service with an engine has this dimension.
constexpr char kProjects[] = "SELECT project_id, display_name FROM dim_project";

Value ReadValue(const pqxx::row& row, const Column& column) {
  const pqxx::field field = row[column.name];
  if (field.is_null()) return {};
  Value value{.null = false, .text = field.as<std::string>()};
  if (column.type == ColumnType::kInstant) value.text = ToRfc3339(pg::ToInstant(field));
  if (column.type == ColumnType::kCustomer) value.name = value.text;
  if (column.type == ColumnType::kResource) value.name = row[column.name + "_name"].as<std::string>("");
  return value;
}

// Until its owner tells the name, and for who may not read it: enough to tell two customers apart.
std::string Anonymous(const std::string& customer, const std::string& language) {
  const std::string tail = customer.size() > 4 ? customer.substr(customer.size() - 4) : customer;
  return absl::StrCat(language == "en" ? "Customer …" : "客户…", tail);
}

// "projects/{p}" is compared by its id, everything else as it is.
std::string KeyOf(const std::string& text) { return text.substr(text.rfind('/') + 1); }

}  // namespace

struct Engine::Turn {
  const Engine& engine;
  const Reader& reader;
  const Ask& ask;
  Definition definition;  // As it is for the choices that were made.
  Answered answered;
  Table table;

  pg::RunOptions Transaction() const {
    const auto limit = std::chrono::steady_clock::now() + engine.options_.time_limit;
    return {.tenant = reader.scope.tenant,
            .deadline = std::min(reader.deadline, limit),
            .read_only = true,
            .isolation = "REPEATABLE READ"};
  }

  absl::Status Prepare(const std::string& name, const Definition& whole) {
    const Instant now = engine.clock_();
    ASSIGN_OR_RETURN(answered, Answer(whole, {.parameters = ask.parameters, .now = now, .zone = engine.options_.zone}));
    definition = Chosen(whole, answered);
    for (const Column& column : whole.columns) {
      if (column.key) answered.bindings["key_" + column.name] = "";
    }
    table = {.name = name,
             .title = definition.title.In(reader.language),
             .language = reader.language,
             .zone = engine.options_.zone,
             .as_of = ToRfc3339(now),
             .parameter_values = answered.shown};
    return absl::OkStatus();
  }

  // Binds :projects to the one asked for, or to all in the reader's scope.
  absl::Status BindProjects(pg::Transaction& tx) {
    std::vector<std::string> ids;
    std::string display_name;
    for (const auto& row : tx.Query(kProjects)) {
      const std::string id = row[0].as<std::string>();
      if (id == answered.project) display_name = row[1].as<std::string>();
      if (reader.scope.MayUseProject(id) && (answered.project.empty() || id == answered.project)) ids.push_back(id);
    }
    if (!answered.project.empty() && ids.empty()) return Missing("project", answered.project);
    answered.bindings["projects"] = pg::ArrayOf(ids);
    answered.bindings["everywhere"] = reader.scope.all_projects && answered.project.empty() ? "true" : "false";
    answered.bindings["zone"] = engine.options_.zone;
    answered.bindings["language"] = reader.language;
    table.parameters.clear();
    for (const Parameter& parameter : definition.parameters) {
      std::string shown = answered.shown[parameter.name];
      if (parameter.type == ParameterType::kProject)
        shown = display_name.empty() ? (reader.language == "en" ? "all" : "全部") : display_name;
      if (const Choice* choice = parameter.Find(shown)) shown = choice->title.In(reader.language);
      if (!shown.empty()) table.parameters.emplace_back(parameter.title.In(reader.language), shown);
    }
    return absl::OkStatus();
  }

  absl::Status Fetch(pg::Transaction& tx, const std::string& sql) {
    ASSIGN_OR_RETURN(const BoundSql bound, Bind(sql, answered.bindings));
    const int most = engine.options_.most_rows;
    const pqxx::result result = tx.QueryText(absl::StrCat(bound.sql, "\nLIMIT ", most + 1), bound.values);
    if (result.size() > static_cast<size_t>(most)) {
      return WithReason(absl::StatusCode::kResourceExhausted, "REPORT_TOO_LARGE", "The report has too many rows.",
                        {{"limit", absl::StrCat(most)}});
    }
    table.rows.clear();
    for (const auto& row : result) {
      Row& values = table.rows.emplace_back();
      for (const Column& column : table.columns) values.push_back(ReadValue(row, column));
    }
    return absl::OkStatus();
  }

  absl::Status Figures(pg::Transaction& tx) {
    RETURN_IF_ERROR(BindProjects(tx));
    table.columns = definition.columns;
    table.chart = definition.chart;
    RETURN_IF_ERROR(Fetch(tx, definition.figures_sql));
    HideSmallGroups(table);
    return AddTotals(table);
  }

  const Column* Opened() const {
    const auto& columns = definition.columns;
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) {
      return column.opens && CamelCase(column.name) == ask.detail_column;
    });
    return found == columns.end() ? nullptr : &*found;
  }

  absl::Status BindKey() {
    std::map<std::string, std::string> rest = ask.detail_key;
    answered.bindings["all"] = rest.empty() ? "true" : "false";
    for (const Column& column : definition.columns) {
      if (!column.key) continue;
      if (ask.detail_key.empty()) continue;
      const std::string field = "detail.key." + CamelCase(column.name);
      const auto sent = rest.extract(CamelCase(column.name));
      if (sent.empty()) return InvalidField(field, "is missing");
      RETURN_IF_ERROR(CheckKey(column, field, sent.mapped()));
      answered.bindings["key_" + column.name] = KeyOf(sent.mapped());
    }
    if (!rest.empty()) return InvalidField("detail.key." + rest.begin()->first, "is not a key of " + definition.id);
    return absl::OkStatus();
  }

  bool IsAskedRow(const Row& row) const {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (!table.columns[i].key) continue;
      const std::string& value = row[i].name.empty() ? row[i].text : row[i].name;
      if (answered.bindings.at("key_" + table.columns[i].name) != KeyOf(value)) return false;
    }
    return true;
  }

  // What is too small to be shown is too small to be opened, and so is the total next to it.
  absl::Status CheckGroup(const Column& opened) const {
    const auto column = static_cast<size_t>(&opened - definition.columns.data());
    for (const Row& row : table.rows) {
      if (row[column].hidden && (ask.detail_key.empty() || IsAskedRow(row))) {
        return Refused("GROUP_TOO_SMALL", "A group under five people is not opened.",
                       {{"least", absl::StrCat(kLeastPeople)}});
      }
    }
    return absl::OkStatus();
  }

  absl::Status Detail(pg::Transaction& tx) {
    const Column* opened = Opened();
    if (opened == nullptr) return InvalidField("detail.column", "is not a figure of " + definition.id + " that opens");
    RETURN_IF_ERROR(BindKey());
    answered.bindings["column"] = opened->name;
    const bool counts_people =
        std::any_of(definition.columns.begin(), definition.columns.end(), [](const Column& c) { return c.people; });
    if (counts_people) {
      RETURN_IF_ERROR(Figures(tx));
      RETURN_IF_ERROR(CheckGroup(*opened));
    }
    RETURN_IF_ERROR(BindProjects(tx));
    table.columns = definition.detail_columns;
    table.columns.push_back({.name = "figure",
                             .type = opened->type,
                             .title = opened->title,
                             .definition = opened->definition,
                             .total = true});
    table.chart.reset();
    RETURN_IF_ERROR(Fetch(tx, definition.detail_sql));
    return AddTotals(table);
  }

  void Name() {
    std::set<std::string> wanted;
    ForEachCustomer([&](Value& value) { wanted.insert(value.name); });
    std::map<std::string, std::string> names;
    if (reader.may_see_customers && ask.names && !wanted.empty()) names = ask.names({wanted.begin(), wanted.end()});
    ForEachCustomer([&](Value& value) {
      const auto name = names.find(value.name);
      value.text = name == names.end() ? Anonymous(value.name, reader.language) : name->second;
    });
  }

  void ForEachCustomer(const std::function<void(Value&)>& each) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].type != ColumnType::kCustomer) continue;
      for (Row& row : table.rows) {
        if (!row[i].null) each(row[i]);
      }
    }
  }
};

Engine::Engine(std::span<const EmbeddedFile> files, pg::Database& facts, Clock clock, EngineOptions options)
    : facts_(facts), clock_(std::move(clock)), options_(std::move(options)) {
  for (const EmbeddedFile& file : files) {
    auto definition = ParseDefinition(std::string(file.text));
    if (!definition.ok()) {
      log::Error("report definition is wrong",
                 {{"file", std::string(file.name)}, {"cause", std::string(definition.status().message())}});
      std::abort();
    }
    definitions_.push_back(*std::move(definition));
  }
  std::sort(definitions_.begin(), definitions_.end(),
            [](const Definition& a, const Definition& b) { return a.id < b.id; });
}

absl::StatusOr<const Definition*> Engine::Find(const std::string& name) const {
  for (const Definition& definition : definitions_) {
    if (options_.collection + "/" + definition.id == name) return &definition;
  }
  return Missing(options_.collection == "reports" ? "report" : "analysis", name);
}

absl::StatusOr<Table> Engine::Run(const std::string& name, const Reader& reader, const Ask& ask) const {
  ASSIGN_OR_RETURN(const Definition* whole, Find(name));
  Turn turn{.engine = *this, .reader = reader, .ask = ask, .definition = {}, .answered = {}, .table = {}};
  RETURN_IF_ERROR(turn.Prepare(name, *whole));
  const bool detail = !ask.detail_column.empty() || !ask.detail_key.empty();
  RETURN_IF_ERROR(facts_.Execute(turn.Transaction(),
                                 [&](pg::Transaction& tx) { return detail ? turn.Detail(tx) : turn.Figures(tx); }));
  turn.Name();
  return std::move(turn.table);
}

}  // namespace lintel::report
