#include "services/identity/api/groups_api.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/update/update.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/store/operator_store.h"

namespace lintel::identity {
void GroupsApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.OperatorsService/";
  server.Handle(service + "ListRights", this, &GroupsApi::ListRights);
  server.Handle(service + "ListOperatorGroups", this, &GroupsApi::ListOperatorGroups);
  server.Handle(service + "GetOperatorGroup", this, &GroupsApi::GetOperatorGroup);
  server.Handle(service + "CreateOperatorGroup", this, &GroupsApi::CreateOperatorGroup);
  server.Handle(service + "UpdateOperatorGroup", this, &GroupsApi::UpdateOperatorGroup);
  server.Handle(service + "RetireOperatorGroup", this, &GroupsApi::RetireOperatorGroup);
}

absl::StatusOr<v1::ListRightsResponse> GroupsApi::ListRights(const Call& call, const v1::ListRightsRequest&) {
  v1::ListRightsResponse response;
  const bool english = WantsEnglish(call);
  for (const Right& right : catalogue_.rights()) {
    v1::Right* to = response.add_rights();
    to->set_right(right.right);
    to->set_display_name(english ? right.en : right.zh);
    to->set_area(right.area);
    to->set_sensitive(right.sensitive);
  }
  return response;
}

absl::StatusOr<v1::ListOperatorGroupsResponse> GroupsApi::ListOperatorGroups(
    const Call& call, const v1::ListOperatorGroupsRequest& request) {
  ASSIGN_OR_RETURN(const List list,
                   MakeList(GroupStore::Spec(), ListRequestOf(request, request.show_retired() ? "all" : "used")));
  return commands_.database().Run<v1::ListOperatorGroupsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListOperatorGroupsResponse> {
        const auto page = GroupStore(tx).ListGroups(list, request.show_retired());
        v1::ListOperatorGroupsResponse response;
        for (const Group& group : page.groups) *response.add_operator_groups() = ToProto(group);
        response.set_next_page_token(page.next_page_token);
        return response;
      });
}

absl::StatusOr<v1::OperatorGroup> GroupsApi::GetOperatorGroup(const Call& call,
                                                              const v1::GetOperatorGroupRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "operatorGroups/*"));
  return commands_.database().Run<v1::OperatorGroup>(call.ReadOnly(),
                                                     [&](pg::Transaction& tx) -> absl::StatusOr<v1::OperatorGroup> {
                                                       ASSIGN_OR_RETURN(const Group group, GroupStore(tx).Find(id));
                                                       return ToProto(group);
                                                     });
}

absl::StatusOr<v1::OperatorGroup> GroupsApi::CreateOperatorGroup(const Call& call,
                                                                 const v1::CreateOperatorGroupRequest& request) {
  Group group{.id = NewId()};
  RETURN_IF_ERROR(FromProto(request.operator_group(), catalogue_, group));
  RETURN_IF_ERROR(CheckGivable(call, group.grants));
  return commands_.Run<v1::OperatorGroup>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::OperatorGroup> {
    RETURN_IF_ERROR(GroupStore(tx).Insert(group));
    const v1::OperatorGroup answer = ToProto(group);
    Outbox outbox(tx, call.CauseAt(commands_.Now()));
    AnnounceRightsChanged(outbox, answer.name(), group.version, {.before = "", .after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::OperatorGroup> GroupsApi::UpdateOperatorGroup(const Call& call,
                                                                 const v1::UpdateOperatorGroupRequest& request) {
  ASSIGN_OR_RETURN(const std::string id,
                   ParseId("operator_group.name", request.operator_group().name(), "operatorGroups/*"));
  return commands_.Run<v1::OperatorGroup>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::OperatorGroup> {
    OperatorStore operators(tx, commands_.Now());
    operators.LockTenant();
    GroupStore groups(tx);
    ASSIGN_OR_RETURN(const Group before, groups.FindForUpdate(id));
    RETURN_IF_ERROR(CheckEtag("operator group", request.operator_group().etag(), before.version));
    v1::OperatorGroup wanted = ToProto(before);
    RETURN_IF_ERROR(ApplyUpdate(request.update_mask(), {"display_name", "rights"}, request.operator_group(), wanted));
    Group after = before;
    RETURN_IF_ERROR(FromProto(wanted, catalogue_, after));
    RETURN_IF_ERROR(CheckGivable(call, after.grants));
    ++after.version;
    RETURN_IF_ERROR(groups.Update(after));
    RETURN_IF_ERROR(operators.CheckSomebodyManages());
    const v1::OperatorGroup answer = ToProto(after);
    Outbox outbox(tx, call.CauseAt(commands_.Now()));
    AnnounceRightsChanged(outbox, answer.name(), after.version,
                          {.before = AuditJson(ToProto(before)), .after = AuditJson(answer)});
    return answer;
  });
}

absl::StatusOr<v1::OperatorGroup> GroupsApi::RetireOperatorGroup(const Call& call,
                                                                 const v1::RetireOperatorGroupRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "operatorGroups/*"));
  return commands_.Run<v1::OperatorGroup>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::OperatorGroup> {
    GroupStore groups(tx);
    ASSIGN_OR_RETURN(const Group before, groups.FindForUpdate(id));
    if (before.operator_count > 0) {
      return Refused("GROUP_IN_USE", "active operators belong to the group",
                     {{"operators", std::to_string(before.operator_count)}});
    }
    if (before.retired) return ToProto(before);
    Group after = before;
    after.retired = true;
    ++after.version;
    RETURN_IF_ERROR(groups.Update(after));
    Outbox outbox(tx, call.CauseAt(commands_.Now()));
    AnnounceRightsChanged(outbox, "operatorGroups/" + id, after.version,
                          {.before = AuditJson(ToProto(before)), .after = AuditJson(ToProto(after))});
    return ToProto(after);
  });
}

}  // namespace lintel::identity
