#include "services/sales/api/people_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "services/sales/api/deal_start.h"
#include "services/sales/app/hand_over.h"

namespace lintel::sales {
namespace {

constexpr char kConsultants[] = "lintel.sales.v1.ConsultantsService/";
constexpr char kPolicies[] = "lintel.sales.v1.PoliciesService/";
constexpr char kFirmZone[] = "Asia/Shanghai";  // In which a consultant's days are counted.

constexpr char kReminders[] = R"sql(
  SELECT * FROM (
    SELECT id, tenant_id, project_id, operator_name, team, 'holds/' || id AS document, 'HOLD_EXPIRES' AS kind,
           expire_time AS due_time, remind_time, reminded, room_label, consultant_id
      FROM holds WHERE state = 'ACTIVE'
    UNION ALL
    SELECT id, tenant_id, project_id, operator_name, team, 'subscriptions/' || id, 'SIGN_BY', sign_by_time, remind_time,
           reminded, room_label, consultant_id
      FROM subscriptions WHERE state = 'ACTIVE') AS due
   WHERE )sql" SALES_SCOPE;

const ListSpec& ReminderSpec() {
  static const ListSpec spec{
      .fields = {{"due_time", {.column = "due_time", .type = FieldType::kInstant, .sortable = true}},
                 {"remind_time", {.column = "remind_time", .type = FieldType::kInstant}},
                 {"kind", {.column = "kind"}},
                 {"fired", {.column = "reminded", .type = FieldType::kBoolean}},
                 {"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"consultant", {.column = "consultant_id", .type = FieldType::kId, .pattern = "consultants/*"}}},
      .default_order = "due_time"};
  return spec;
}

absl::Status CodeTaken() {
  return WithReason(absl::StatusCode::kAlreadyExists, "CONSULTANT_CODE_TAKEN", "another consultant has this code");
}

absl::Status OperatorTaken() {
  return WithReason(absl::StatusCode::kAlreadyExists, "CONSULTANT_OPERATOR_TAKEN",
                    "the operator is another consultant already");
}

}  // namespace

void PeopleService::Register(Server& server) {
  const std::string consultants = kConsultants;
  server.Handle(consultants + "CreateConsultant", this, &PeopleService::CreateConsultant);
  server.Handle(consultants + "GetConsultant", this, &PeopleService::GetConsultant);
  server.Handle(consultants + "ListConsultants", this, &PeopleService::ListConsultants);
  server.Handle(consultants + "UpdateConsultant", this, &PeopleService::UpdateConsultant);
  server.Handle(consultants + "HandOverDeals", this, &PeopleService::HandOverDeals);
  const std::string policies = kPolicies;
  server.Handle(policies + "GetPolicy", this, &PeopleService::GetPolicy);
  server.Handle(policies + "UpdatePolicy", this, &PeopleService::UpdatePolicy);
  server.Handle(policies + "ListReminders", this, &PeopleService::ListReminders);
}

absl::StatusOr<v1::Consultant> PeopleService::CreateConsultant(const Call& call,
                                                               const v1::CreateConsultantRequest& request) {
  ASSIGN_OR_RETURN(const Consultant parsed, ParseConsultant(request.consultant()));
  return commands_.Run<v1::Consultant>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consultant> {
    const Cause cause = call.CauseAt(commands_.Now());
    Consultant consultant = parsed;
    consultant.id = NewId();
    ConsultantStore store(tx, call.tenant());
    if (!store.Insert(consultant, cause.now)) {
      return store.FindByOperator(consultant.operator_name) ? OperatorTaken() : CodeTaken();
    }
    v1::Consultant reply = ToProto(consultant);
    Outbox(tx, cause).Append(ConsultantChangedEvent(consultant), reply.name(), 1, {.after = AuditJson(reply)});
    return reply;
  });
}

absl::StatusOr<v1::Consultant> PeopleService::GetConsultant(const Call& call, const v1::GetConsultantRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "consultants/*"));
  return commands_.database().Run<v1::Consultant>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consultant> {
        ASSIGN_OR_RETURN(const Consultant consultant, ConsultantStore(tx, call.tenant()).Find(id));
        return ToProto(consultant);
      });
}

absl::StatusOr<v1::ListConsultantsResponse> PeopleService::ListConsultants(const Call& call,
                                                                           const v1::ListConsultantsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(ConsultantStore::Spec(), ListRequestOf(request)));
  using Response = v1::ListConsultantsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = ConsultantStore(tx, call.tenant()).List(list);
    Response response;
    for (const pqxx::row& row : page.rows()) {
      *response.add_consultants() = ToProto(ConsultantStore::ToConsultant(row));
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

absl::StatusOr<v1::Consultant> PeopleService::UpdateConsultant(const Call& call,
                                                               const v1::UpdateConsultantRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("consultant.name", request.consultant().name(), "consultants/*"));
  return commands_.Run<v1::Consultant>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Consultant> {
    ConsultantStore store(tx, call.tenant());
    ASSIGN_OR_RETURN(const Consultant before, store.FindForUpdate(id));
    RETURN_IF_ERROR(CheckEtag("consultant", request.consultant().etag(), before.version));
    const std::string& code = request.consultant().code();
    if (!code.empty() && code != before.code) return InvalidField("consultant.code", "cannot be changed");
    v1::Consultant wanted = ToProto(before);
    RETURN_IF_ERROR(
        ApplyUpdate(request.update_mask(),
                    {"display_name", "operator_name", "team", "team_display_name", "join_date", "leave_date"},
                    request.consultant(), wanted));
    ASSIGN_OR_RETURN(Consultant after, ParseConsultant(wanted));
    after.id = id;
    if (!store.Save(after)) return OperatorTaken();
    v1::Consultant reply = ToProto(after);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Append(ConsultantChangedEvent(after), reply.name(), after.version,
                {.before = AuditJson(ToProto(before)), .after = AuditJson(reply)});
    return reply;
  });
}

absl::StatusOr<v1::HandOverDealsResponse> PeopleService::HandOverDeals(const Call& call,
                                                                       const v1::HandOverDealsRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "consultants/*"));
  ASSIGN_OR_RETURN(const std::string successor, ParseId("successor", request.successor(), "consultants/*"));
  if (successor == id) return InvalidField("successor", "must be another consultant");
  std::optional<Date> leave_date;
  if (request.has_leave_date()) {
    ASSIGN_OR_RETURN(leave_date, ToDate("leave_date", request.leave_date()));
  }
  const std::string team_name = TeamNameFor(commands_.database(), call, peers_, successor);
  using Response = v1::HandOverDealsResponse;
  return commands_.Run<Response>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Cause cause = call.CauseAt(commands_.Now());
    ConsultantStore store(tx, call.tenant());
    ASSIGN_OR_RETURN(const Consultant before, store.FindForUpdate(id));
    RETURN_IF_ERROR(CheckEtag("consultant", request.etag(), before.version));
    ASSIGN_OR_RETURN(const Date today, DateIn(cause.now, kFirmZone));
    ASSIGN_OR_RETURN(Seller seller, SellerFor(tx, call, "successor", successor, today));
    if (seller.team_name.empty()) seller.team_name = team_name;
    Response response;
    ASSIGN_OR_RETURN(const auto documents, HandOver(tx, cause, processes_, before, seller));
    for (const std::string& document : documents) response.add_documents(document);
    Consultant after = before;
    if (leave_date) after.leave_date = leave_date;
    if (!store.Save(after)) return OperatorTaken();
    *response.mutable_consultant() = ToProto(after);
    Outbox(tx, cause).Append(ConsultantChangedEvent(after), response.consultant().name(), after.version,
                             {.before = AuditJson(ToProto(before)), .after = AuditJson(response)});
    return response;
  });
}

absl::StatusOr<v1::Policy> PeopleService::GetPolicy(const Call& call, const v1::GetPolicyRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("name", request.name(), "projects/*/policy"));
  if (!call.scope().MayUseProject(project_id)) return Missing("project", project_id);
  return commands_.database().Run<v1::Policy>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Policy> {
    return ToProto(project_id, PolicyStore(tx, call.tenant()).Find(project_id));
  });
}

absl::StatusOr<v1::Policy> PeopleService::UpdatePolicy(const Call& call, const v1::UpdatePolicyRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("policy.name", request.policy().name(), "projects/*/policy"));
  if (!call.scope().MayUseProject(project_id)) return Missing("project", project_id);
  return commands_.Run<v1::Policy>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Policy> {
    PolicyStore store(tx, call.tenant());
    const Policy before = store.Find(project_id);
    RETURN_IF_ERROR(CheckEtag("policy", request.policy().etag(), before.version));
    v1::Policy wanted = ToProto(project_id, before);
    RETURN_IF_ERROR(ApplyUpdate(request.update_mask(),
                                {"hold_period", "longest_hold", "most_extensions", "hold_fee", "subscription_period",
                                 "deposit", "deposit_kind", "reminder_lead", "alerts_off", "hold_expiry_releases",
                                 "consultant_discount_limit_ppm", "manager_discount_limit_ppm"},
                                request.policy(), wanted));
    ASSIGN_OR_RETURN(Policy after, ParsePolicy(wanted));
    after.version = before.version + 1;
    after.valid_from = commands_.Now();
    if (!store.Append(project_id, after, call.principal().Actor())) return StaleEtag("policy");
    v1::Policy reply = ToProto(project_id, after);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Record(reply.name(), {.before = AuditJson(ToProto(project_id, before)), .after = AuditJson(reply)});
    return reply;
  });
}

absl::StatusOr<v1::ListRemindersResponse> PeopleService::ListReminders(const Call& call,
                                                                       const v1::ListRemindersRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(ReminderSpec(), ListRequestOf(request)));
  using Response = v1::ListRemindersResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    const Listed page = RunList(tx, kReminders, ScopeParameters(call.scope()), list);
    Response response;
    for (const pqxx::row& row : page.rows()) {
      v1::Reminder& reminder = *response.add_reminders();
      reminder.set_document(row["document"].as<std::string>());
      reminder.set_kind(row["kind"].as<std::string>());
      *reminder.mutable_due_time() = ToProto(pg::ToInstant(row["due_time"]));
      *reminder.mutable_remind_time() = ToProto(pg::ToInstant(row["remind_time"]));
      reminder.set_fired(row["reminded"].as<bool>());
      reminder.set_room_label(row["room_label"].as<std::string>());
      if (!row["consultant_id"].is_null()) {
        reminder.set_consultant("consultants/" + row["consultant_id"].as<std::string>());
      }
    }
    response.set_next_page_token(page.next_page_token());
    return response;
  });
}

}  // namespace lintel::sales
