#include "services/identity/api/operators_api.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/store/place_store.h"
#include "services/identity/store/session_store.h"

namespace lintel::identity {
namespace {

// The groups, team and department exist, and the caller has whatever the groups give.
absl::Status CheckReferences(pg::Transaction& tx, const Call& call, const Operator& made) {
  GroupStore groups(tx);
  std::vector<Grants> grants;
  for (const std::string& id : made.group_ids) {
    ASSIGN_OR_RETURN(const Group group, groups.Find(id));
    if (group.retired) return Refused("GROUP_RETIRED", "the group is retired", {{"group", group.display_name}});
    grants.push_back(group.grants);
  }
  if (made.team_id) RETURN_IF_ERROR(PlaceStore(tx, PlaceStore::Kind::kTeam).Find(*made.team_id).status());
  if (made.department_id) {
    RETURN_IF_ERROR(PlaceStore(tx, PlaceStore::Kind::kDepartment).Find(*made.department_id).status());
  }
  return CheckGivable(call, Widest(grants));
}

void EndSessions(pg::Transaction& tx, Outbox& outbox, const Operator& who, const std::string& reason, Instant now) {
  for (const std::string& id : SessionStore(tx, now).RevokeAllOf(who.id, "", reason)) {
    AnnounceRevoked(outbox, id, who.id, reason);
  }
}

}  // namespace

void OperatorsApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.OperatorsService/";
  server.Handle(service + "ListOperators", this, &OperatorsApi::ListOperators);
  server.Handle(service + "GetOperator", this, &OperatorsApi::GetOperator);
  server.Handle(service + "CreateOperator", this, &OperatorsApi::CreateOperator);
  server.Handle(service + "UpdateOperator", this, &OperatorsApi::UpdateOperator);
  server.Handle(service + "DisableOperator", this, &OperatorsApi::DisableOperator);
  server.Handle(service + "EnableOperator", this, &OperatorsApi::EnableOperator);
  server.Handle(service + "UnlockOperator", this, &OperatorsApi::UnlockOperator);
  server.Handle(service + "ResetPassword", this, &OperatorsApi::ResetPassword);
  server.Handle(service + "SignOutOperator", this, &OperatorsApi::SignOutOperator);
}

absl::StatusOr<v1::ListOperatorsResponse> OperatorsApi::ListOperators(const Call& call,
                                                                      const v1::ListOperatorsRequest& request) {
  ASSIGN_OR_RETURN(const List list, MakeList(OperatorStore::Spec(), ListRequestOf(request)));
  return commands_.database().Run<v1::ListOperatorsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListOperatorsResponse> {
        const auto page = OperatorStore(tx, wall_clock_()).ListOperators(list);
        v1::ListOperatorsResponse response;
        for (const Operator& one : page.operators) *response.add_operators() = ToProto(one);
        response.set_next_page_token(page.next_page_token);
        return response;
      });
}

absl::StatusOr<v1::Operator> OperatorsApi::GetOperator(const Call& call, const v1::GetOperatorRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "operators/*"));
  return commands_.database().Run<v1::Operator>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Operator> {
        ASSIGN_OR_RETURN(const Operator found, OperatorStore(tx, wall_clock_()).Find(id));
        return ToProto(found);
      });
}

absl::StatusOr<v1::Operator> OperatorsApi::CreateOperator(const Call& call, const v1::CreateOperatorRequest& request) {
  Operator made{.id = NewId()};
  ASSIGN_OR_RETURN(made.sign_in_name, CheckSignInName("operator.sign_in_name", request.operator_().sign_in_name()));
  RETURN_IF_ERROR(FromProto(request.operator_(), made));
  RETURN_IF_ERROR(CheckPassword("password", request.password(), made.sign_in_name));
  ASSIGN_OR_RETURN(const std::string hash, hasher_.Hash(request.password(), call.deadline()));
  // What is remembered of the request must not let anybody guess the password.
  v1::CreateOperatorRequest without_password = request;
  without_password.clear_password();
  return commands_.Run<v1::Operator>(call, without_password, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Operator> {
    made.created_time = made.updated_time = commands_.Now();
    RETURN_IF_ERROR(CheckReferences(tx, call, made));
    RETURN_IF_ERROR(OperatorStore(tx, wall_clock_()).Insert(made, hash));
    const v1::Operator answer = ToProto(made);
    Outbox(tx, call.CauseAt(commands_.Now()))
        .Append(OperatorChangedEvent(made, /*created=*/true), answer.name(), made.version,
                {.before = "", .after = AuditJson(answer)});
    return answer;
  });
}

template <class Request>
absl::StatusOr<v1::Operator> OperatorsApi::Change(
    const Call& call, const Request& request, const std::string& name,
    const std::function<absl::Status(pg::Transaction&, Outbox&, Operator&)>& change) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", name, "operators/*"));
  return commands_.Run<v1::Operator>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Operator> {
    OperatorStore operators(tx, wall_clock_());
    operators.LockTenant();
    ASSIGN_OR_RETURN(const Operator before, operators.FindForUpdate(id));
    Operator after = before;
    Outbox outbox(tx, call.CauseAt(commands_.Now()));
    RETURN_IF_ERROR(change(tx, outbox, after));
    ++after.version;
    after.updated_time = commands_.Now();
    operators.Update(after);
    RETURN_IF_ERROR(operators.CheckSomebodyManages());
    const v1::Operator answer = ToProto(after);
    outbox.Append(OperatorChangedEvent(after, /*created=*/false), answer.name(), after.version,
                  {.before = AuditJson(ToProto(before)), .after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::Operator> OperatorsApi::UpdateOperator(const Call& call, const v1::UpdateOperatorRequest& request) {
  const auto change = [&](pg::Transaction& tx, Outbox&, Operator& who) -> absl::Status {
    RETURN_IF_ERROR(CheckEtag("operator", request.operator_().etag(), who.version));
    v1::Operator wanted = ToProto(who);
    RETURN_IF_ERROR(
        ApplyUpdate(request.update_mask(),
                    {"display_name", "operator_groups", "department", "team", "all_projects", "projects", "language"},
                    request.operator_(), wanted));
    RETURN_IF_ERROR(FromProto(wanted, who));
    return CheckReferences(tx, call, who);
  };
  return Change(call, request, request.operator_().name(), change);
}

absl::StatusOr<v1::Operator> OperatorsApi::DisableOperator(const Call& call,
                                                           const v1::DisableOperatorRequest& request) {
  if (request.name() == call.principal().operator_name) return Refused("OPERATOR_SELF", "one cannot disable oneself");
  return Change(call, request, request.name(), [&](pg::Transaction& tx, Outbox& outbox, Operator& who) {
    who.active = false;
    EndSessions(tx, outbox, who, "disabled", wall_clock_());
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Operator> OperatorsApi::EnableOperator(const Call& call, const v1::EnableOperatorRequest& request) {
  return Change(call, request, request.name(), [&](pg::Transaction& tx, Outbox&, Operator& who) {
    who.active = true;
    return CheckReferences(tx, call, who);
  });
}

absl::StatusOr<v1::Operator> OperatorsApi::UnlockOperator(const Call& call, const v1::UnlockOperatorRequest& request) {
  return Change(call, request, request.name(), [&](pg::Transaction& tx, Outbox&, Operator& who) {
    OperatorStore(tx, wall_clock_()).Unlock(who.sign_in_name);
    who.lock_end_time.reset();
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Operator> OperatorsApi::ResetPassword(const Call& call, const v1::ResetPasswordRequest& request) {
  RETURN_IF_ERROR(CheckPassword("password", request.password(), ""));
  ASSIGN_OR_RETURN(const std::string hash, hasher_.Hash(request.password(), call.deadline()));
  v1::ResetPasswordRequest without_password = request;
  without_password.clear_password();
  return Change(call, without_password, request.name(),
                [&](pg::Transaction& tx, Outbox& outbox, Operator& who) -> absl::Status {
                  // Whoever may set a password may sign in as that operator, and so must have all that one's rights.
                  RETURN_IF_ERROR(CheckReferences(tx, call, who));
                  RETURN_IF_ERROR(CheckPassword("password", request.password(), who.sign_in_name));
                  OperatorStore operators(tx, wall_clock_());
                  operators.SetPassword(who.id, hash, /*change_required=*/true);
                  operators.Unlock(who.sign_in_name);
                  ++who.version;
                  who.password_change_required = true;
                  who.lock_end_time.reset();
                  EndSessions(tx, outbox, who, "password", wall_clock_());
                  return absl::OkStatus();
                });
}

absl::StatusOr<v1::Operator> OperatorsApi::SignOutOperator(const Call& call,
                                                           const v1::SignOutOperatorRequest& request) {
  return Change(call, request, request.name(), [&](pg::Transaction& tx, Outbox& outbox, Operator& who) {
    EndSessions(tx, outbox, who, "revoked", wall_clock_());
    return absl::OkStatus();
  });
}

}  // namespace lintel::identity
