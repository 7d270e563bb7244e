#include "services/sales/api/setup_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/list/run.h"
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/sales/api/setup_convert.h"

namespace lintel::sales {
namespace {

constexpr char kPackage[] = "lintel.sales.v1.";

constexpr char kConsultants[] = R"sql(
  SELECT id, code, display_name, operator_name, team, team_display_name, join_date, leave_date, version
    FROM consultants WHERE tenant_id = $1::bigint)sql";
constexpr char kRanges[] = R"sql(
  SELECT r.id, r.project_id, r.prefix, r.first, r.last, r.digits, r.next, r.created_time,
         (SELECT count(*) FROM contract_numbers n WHERE n.tenant_id = r.tenant_id AND n.range_id = r.id AND n.state = 'USED') AS used,
         (SELECT count(*) FROM contract_numbers n WHERE n.tenant_id = r.tenant_id AND n.range_id = r.id AND n.state = 'VOID') AS voided
    FROM contract_number_ranges r
   WHERE r.tenant_id = $1::bigint AND ($2::boolean OR r.project_id = ANY($3::uuid[])))sql";
constexpr char kNumbers[] = R"sql(
  SELECT n.number, n.text, n.state, n.contract_id, n.time, n.contract_id AS id
    FROM contract_numbers n JOIN contract_number_ranges r ON r.tenant_id = n.tenant_id AND r.id = n.range_id
   WHERE n.tenant_id = $1::bigint AND n.range_id = $2::uuid AND ($3::boolean OR r.project_id = ANY($4::uuid[])))sql";
constexpr char kReminders[] = R"sql(
  SELECT document, kind, due_time, remind_time, fired, room_label, consultant_id, id
    FROM reminders WHERE tenant_id = $1::bigint AND ($2::boolean OR project_id = ANY($3::uuid[])))sql";

std::vector<std::string> ScopeParameters(const Scope& scope) {
  return {std::to_string(scope.tenant), scope.all_projects ? "true" : "false", pg::ArrayOf(scope.project_ids)};
}

v1::ConsultantChanged Changed(const Consultant& consultant) {
  v1::ConsultantChanged event;
  event.set_consultant("consultants/" + consultant.id);
  event.set_code(consultant.code);
  event.set_team(consultant.team);
  event.set_operator_name(consultant.operator_name);
  event.set_version(consultant.version);
  return event;
}

absl::StatusOr<std::string> ParsePolicyName(const Call& call, const std::string& field, const std::string& name) {
  ASSIGN_OR_RETURN(const std::string id, ParseId(field, name, "projects/*/policy"));
  if (!call.scope().MayUseProject(id)) return Missing("project", id);
  return id;
}

}  // namespace

void SetupService::Register(Server& server) {
  const std::string package = kPackage;
  server.Handle(package + "ConsultantsService/CreateConsultant", this, &SetupService::CreateConsultant);
  server.Handle(package + "ConsultantsService/GetConsultant", this, &SetupService::GetConsultant);
  server.Handle(package + "ConsultantsService/ListConsultants", this, &SetupService::ListConsultants);
  server.Handle(package + "ConsultantsService/UpdateConsultant", this, &SetupService::UpdateConsultant);
  server.Handle(package + "PoliciesService/GetPolicy", this, &SetupService::GetPolicy);
  server.Handle(package + "PoliciesService/UpdatePolicy", this, &SetupService::UpdatePolicy);
  server.Handle(package + "PoliciesService/ListReminders", this, &SetupService::ListReminders);
  server.Handle(package + "ContractsService/CreateContractNumberRange", this, &SetupService::CreateContractNumberRange);
  server.Handle(package + "ContractsService/ListContractNumberRanges", this, &SetupService::ListContractNumberRanges);
  server.Handle(package + "ContractsService/ListContractNumbers", this, &SetupService::ListContractNumbers);
}

absl::StatusOr<v1::Consultant> SetupService::CreateConsultant(const Call& call,
                                                              const v1::CreateConsultantRequest& request) {
  ASSIGN_OR_RETURN(Consultant consultant, ParseConsultant(request.consultant()));
  consultant.id = NewId();
  return commands_.Run<v1::Consultant>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consultant> {
    RETURN_IF_ERROR(SetupStore(tx, call.tenant()).InsertConsultant(consultant, commands_.Now()));
    const v1::Consultant made = ToProto(consultant);
    Outbox(tx, call.CauseAt(commands_.Now())).Append(Changed(consultant), made.name(), 1, {.after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::Consultant> SetupService::GetConsultant(const Call& call, const v1::GetConsultantRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "consultants/*"));
  return commands_.database().Run<v1::Consultant>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consultant> {
        ASSIGN_OR_RETURN(const Consultant consultant, SetupStore(tx, call.tenant()).FindConsultant(id));
        return ToProto(consultant);
      });
}

absl::StatusOr<v1::ListConsultantsResponse> SetupService::ListConsultants(const Call& call,
                                                                          const v1::ListConsultantsRequest& request) {
  static const ListSpec spec{.fields = {{"code", {.column = "code", .sortable = true}},
                                        {"display_name", {.column = "display_name", .sortable = true}},
                                        {"operator_name", {.column = "operator_name"}},
                                        {"team", {.column = "team"}},
                                        {"leave_date", {.column = "leave_date", .type = FieldType::kDate}}},
                             .default_order = "code"};
  ASSIGN_OR_RETURN(const List list, MakeList(spec, ListRequestOf(request)));
  using Response = v1::ListConsultantsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = RunList(tx, kConsultants, {std::to_string(call.tenant())}, list);
    Response response;
    for (const auto& row : page.rows()) *response.add_consultants() = ToProto(ToConsultant(row));
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::Consultant> SetupService::UpdateConsultant(const Call& call,
                                                              const v1::UpdateConsultantRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("consultant.name", request.consultant().name(), "consultants/*"));
  ASSIGN_OR_RETURN(Consultant after, ParseConsultant(request.consultant()));
  return commands_.Run<v1::Consultant>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consultant> {
    SetupStore store{tx, call.tenant()};
    ASSIGN_OR_RETURN(const Consultant before, store.FindConsultantForUpdate(id));
    if (!request.consultant().etag().empty() && request.consultant().etag() != std::to_string(before.version)) {
      return StaleEtag("consultant");
    }
    if (after.code != before.code) return InvalidField("consultant.code", "never changes");
    after.id = id;
    RETURN_IF_ERROR(store.SaveConsultant(after));
    const v1::Consultant made = ToProto(after);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Append(Changed(after), made.name(), after.version,
                {.before = AuditJson(ToProto(before)), .after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::Policy> SetupService::GetPolicy(const Call& call, const v1::GetPolicyRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParsePolicyName(call, "name", request.name()));
  return commands_.database().Run<v1::Policy>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Policy> {
    return ToProto(project_id, SetupStore(tx, call.tenant()).PolicyAt(project_id, commands_.Now()));
  });
}

absl::StatusOr<v1::Policy> SetupService::UpdatePolicy(const Call& call, const v1::UpdatePolicyRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParsePolicyName(call, "policy.name", request.policy().name()));
  return commands_.Run<v1::Policy>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Policy> {
    const Cause cause = call.CauseAt(commands_.Now());
    SetupStore store{tx, call.tenant()};
    const Policy before = store.PolicyAt(project_id, cause.now);
    if (!request.policy().etag().empty() && request.policy().etag() != std::to_string(before.version)) {
      return StaleEtag("policy");
    }
    ASSIGN_OR_RETURN(Policy after, ParsePolicy(request.policy(), before));
    after.version = before.version + 1;
    after.valid_from = cause.now;
    store.InsertPolicy(project_id, after, cause.actor);
    const v1::Policy made = ToProto(project_id, after);
    Outbox(tx, cause).Record(made.name(), {.before = AuditJson(ToProto(project_id, before)), .after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::ListRemindersResponse> SetupService::ListReminders(const Call& call,
                                                                      const v1::ListRemindersRequest& request) {
  static const ListSpec spec{
      .fields = {{"kind", {.column = "kind"}},
                 {"document", {.column = "document"}},
                 {"fired", {.column = "fired", .type = FieldType::kBoolean}},
                 {"due_time", {.column = "due_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "due_time"};
  ASSIGN_OR_RETURN(const List list, MakeList(spec, ListRequestOf(request)));
  using Response = v1::ListRemindersResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = RunList(tx, kReminders, ScopeParameters(call.scope()), list);
    Response response;
    for (const auto& row : page.rows()) {
      v1::Reminder& reminder = *response.add_reminders();
      reminder.set_document(row[0].as<std::string>());
      reminder.set_kind(row[1].as<std::string>());
      *reminder.mutable_due_time() = ToProto(pg::ToInstant(row[2]));
      *reminder.mutable_remind_time() = ToProto(pg::ToInstant(row[3]));
      reminder.set_fired(row[4].as<bool>());
      reminder.set_room_label(row[5].as<std::string>());
      reminder.set_consultant("consultants/" + row[6].as<std::string>());
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::ContractNumberRange> SetupService::CreateContractNumberRange(
    const Call& call, const v1::CreateContractNumberRangeRequest& request) {
  const v1::ContractNumberRange& wanted = request.contract_number_range();
  StoredRange stored{
      .id = NewId(),
      .range = {.prefix = wanted.prefix(), .first = wanted.first(), .last = wanted.last(), .digits = wanted.digits()}};
  ASSIGN_OR_RETURN(stored.project_id, ParseId("contract_number_range.project", wanted.project(), "projects/*"));
  if (!call.scope().MayUseProject(stored.project_id)) return Missing("project", stored.project_id);
  RETURN_IF_ERROR(CheckRange(stored.range));
  stored.next = stored.range.first;
  using Range = v1::ContractNumberRange;
  return commands_.Run<Range>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Range> {
    RETURN_IF_ERROR(SetupStore(tx, call.tenant()).InsertRange(stored, commands_.Now()));
    const Range made = ToProto(stored);
    Outbox(tx, call.CauseAt(commands_.Now())).Record(made.name(), {.after = AuditJson(made)});
    return made;
  });
}

absl::StatusOr<v1::ListContractNumberRangesResponse> SetupService::ListContractNumberRanges(
    const Call& call, const v1::ListContractNumberRangesRequest& request) {
  static const ListSpec spec{
      .fields = {{"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "create_time"};
  ASSIGN_OR_RETURN(const List list, MakeList(spec, ListRequestOf(request)));
  using Response = v1::ListContractNumberRangesResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = RunList(tx, kRanges, ScopeParameters(call.scope()), list);
    Response response;
    for (const auto& row : page.rows()) {
      *response.add_contract_number_ranges() = ToProto(StoredRange{.id = row["id"].as<std::string>(),
                                                                   .project_id = row["project_id"].as<std::string>(),
                                                                   .range = {.prefix = row["prefix"].as<std::string>(),
                                                                             .first = row["first"].as<int64_t>(),
                                                                             .last = row["last"].as<int64_t>(),
                                                                             .digits = row["digits"].as<int>()},
                                                                   .next = row["next"].as<int64_t>(),
                                                                   .used = row["used"].as<int64_t>(),
                                                                   .voided = row["voided"].as<int64_t>()});
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::ListContractNumbersResponse> SetupService::ListContractNumbers(
    const Call& call, const v1::ListContractNumbersRequest& request) {
  static const ListSpec spec{
      .fields = {{"number", {.column = "number", .type = FieldType::kInteger, .sortable = true}}},
      .default_order = "number"};
  ASSIGN_OR_RETURN(const std::string range_id, ParseId("parent", request.parent(), "contractNumberRanges/*"));
  ASSIGN_OR_RETURN(const List list, MakeList(spec, ListRequestOf(request, request.parent())));
  using Response = v1::ListContractNumbersResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Scope& scope = call.scope();
    const Listed page = RunList(
        tx, kNumbers,
        {std::to_string(scope.tenant), range_id, scope.all_projects ? "true" : "false", pg::ArrayOf(scope.project_ids)},
        list);
    Response response;
    for (const auto& row : page.rows()) {
      v1::ContractNumber& number = *response.add_numbers();
      number.set_number(row[1].as<std::string>());
      number.set_state(row[2].as<std::string>());
      number.set_contract("contracts/" + row[3].as<std::string>());
      *number.mutable_time() = ToProto(pg::ToInstant(row[4]));
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

}  // namespace lintel::sales
