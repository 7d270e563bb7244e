#include "services/sales/api/reconciliations_service.h"

#include <nlohmann/json.hpp>

#include "platform/list/run.h"
#include "platform/status/status.h"
#include "platform/wire/values.h"

namespace lintel::sales {
namespace {

constexpr char kMethod[] = "lintel.sales.v1.ReconciliationsService/ListReconciliations";

constexpr char kSelect[] = R"sql(
  SELECT id, project_id, run_time, deals, differences, jsonb_array_length(differences) AS difference_count
    FROM reconciliations
   WHERE tenant_id = $1::bigint AND ($2::boolean OR project_id = ANY($3::uuid[])))sql";

const ListSpec& Spec() {
  static const ListSpec spec{
      .fields = {{"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"run_time", {.column = "run_time", .type = FieldType::kInstant, .sortable = true}},
                 {"difference_count", {.column = "difference_count", .type = FieldType::kInteger, .sortable = true}}},
      .default_order = "run_time desc"};
  return spec;
}

v1::Reconciliation ToProto(const pqxx::row& row) {
  v1::Reconciliation run;
  run.set_name("reconciliations/" + row["id"].as<std::string>());
  run.set_project("projects/" + row["project_id"].as<std::string>());
  *run.mutable_run_time() = lintel::ToProto(pg::ToInstant(row["run_time"]));
  run.set_deals(row["deals"].as<int>());
  for (const auto& found : nlohmann::json::parse(row["differences"].as<std::string>())) {
    v1::Difference& difference = *run.add_differences();
    difference.set_subject(found.at("subject").get<std::string>());
    difference.set_what(found.at("what").get<std::string>());
  }
  run.set_difference_count(run.differences_size());
  return run;
}

}  // namespace

void ReconciliationsService::Register(Server& server) {
  server.Handle(kMethod, this, &ReconciliationsService::ListReconciliations);
}

absl::StatusOr<v1::ListReconciliationsResponse> ReconciliationsService::ListReconciliations(
    const Call& call, const v1::ListReconciliationsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(Spec(), ListRequestOf(request)));
  using Response = v1::ListReconciliationsResponse;
  return database_.Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Scope& scope = call.scope();
    const Listed page = RunList(
        tx, kSelect,
        {std::to_string(scope.tenant), scope.all_projects ? "true" : "false", pg::ArrayOf(scope.project_ids)}, list);
    Response response;
    for (const pqxx::row& row : page.rows()) *response.add_reconciliations() = ToProto(row);
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

}  // namespace lintel::sales
