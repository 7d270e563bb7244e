#include "services/identity/api/me_api.h"

#include "platform/status/status.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/store/notice_store.h"
#include "services/identity/store/operator_store.h"
#include "services/identity/store/place_store.h"
#include "services/identity/store/session_store.h"
#include "services/identity/store/tenant_store.h"

namespace lintel::identity {
namespace {

constexpr int kMostPreferences = 200;
constexpr size_t kLargestPreferences = 64 << 10;
constexpr size_t kLongestKey = 100;

size_t SizeOf(const std::map<std::string, std::string>& values) {
  size_t size = 0;
  for (const auto& [key, value] : values) size += key.size() + value.size();
  return size;
}

v1::Preferences ToProto(const std::map<std::string, std::string>& values) {
  v1::Preferences preferences;
  for (const auto& [key, value] : values) (*preferences.mutable_values())[key] = value;
  return preferences;
}

void AddPlaces(pg::Transaction& tx, const Operator& own, v1::Me& me) {
  if (own.team_id) me.set_team("teams/" + *own.team_id);
  if (own.department_id) me.set_department("departments/" + *own.department_id);
  const auto names = DisplayNames(tx, {me.team(), me.department()});
  if (const auto team = names.find(me.team()); team != names.end()) me.set_team_display_name(team->second);
  if (const auto department = names.find(me.department()); department != names.end()) {
    me.set_department_display_name(department->second);
  }
}

}  // namespace

void MeApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.OperatorsService/";
  server.Handle(service + "GetMe", this, &MeApi::GetMe);
  server.Handle(service + "ChangePassword", this, &MeApi::ChangePassword);
  server.Handle(service + "GetPreferences", this, &MeApi::GetPreferences);
  server.Handle(service + "UpdatePreferences", this, &MeApi::UpdatePreferences);
}

absl::StatusOr<v1::Me> MeApi::GetMe(const Call& call, const v1::GetMeRequest&) {
  ASSIGN_OR_RETURN(const std::string own_id, OwnId(call));
  return app_.Run<v1::Me>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Me> {
    ASSIGN_OR_RETURN(const Operator own, OperatorStore(tx, wall_clock_()).Find(own_id));
    v1::Me me;
    me.set_name("operators/" + own.id);
    me.set_sign_in_name(own.sign_in_name);
    me.set_display_name(own.display_name);
    me.set_language(own.language);
    AddPlaces(tx, own, me);
    for (const auto& [right, scope] : call.principal().rights) {
      auto* grant = me.add_rights();
      grant->set_right(right);
      grant->set_scope(scope);
    }
    me.set_all_projects(own.all_projects);
    for (const std::string& id : own.project_ids) me.add_projects("projects/" + id);
    for (const std::string& feature : call.principal().features) me.add_features(feature);
    if (const auto tenant = FindTenant(tx)) {
      me.set_tenant_display_name(tenant->display_name);
      me.set_time_zone(tenant->time_zone);
    }
    GroupStore groups(tx);
    for (const std::string& id : own.group_ids) {
      ASSIGN_OR_RETURN(const Group group, groups.Find(id));
      if (!group.retired) me.add_operator_group_display_names(group.display_name);
    }
    me.set_password_change_required(own.password_change_required);
    const auto counts = NoticeStore(tx, own.id).Count();
    me.set_unread_notices(counts.unread);
    me.set_open_tasks(counts.open_tasks);
    me.set_test_mode(test_mode_);
    return me;
  });
}

absl::StatusOr<v1::ChangePasswordResponse> MeApi::ChangePassword(const Call& call,
                                                                 const v1::ChangePasswordRequest& request) {
  ASSIGN_OR_RETURN(const std::string own_id, OwnId(call));
  std::string sign_in_name;
  std::string old_hash;
  RETURN_IF_ERROR(app_.Execute(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::Status {
    OperatorStore operators(tx, wall_clock_());
    ASSIGN_OR_RETURN(const Operator own, operators.Find(own_id));
    sign_in_name = own.sign_in_name;
    old_hash = operators.PasswordHash(own_id);
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(const bool right, hasher_.Verify(old_hash, request.old_password(), call.deadline()));
  if (!right) return WithReason(absl::StatusCode::kUnauthenticated, "PASSWORD_WRONG", "the old password is not right");
  RETURN_IF_ERROR(CheckPassword("new_password", request.new_password(), sign_in_name));
  if (request.new_password() == request.old_password()) return InvalidField("new_password", "must be a new one");
  ASSIGN_OR_RETURN(const std::string hash, hasher_.Hash(request.new_password(), call.deadline()));
  RETURN_IF_ERROR(app_.Execute(call.Transaction(), [&](pg::Transaction& tx) {
    OperatorStore(tx, wall_clock_()).SetPassword(own_id, hash, /*change_required=*/false);
    Outbox outbox(tx, call.CauseAt(wall_clock_()));
    outbox.Record("operators/" + own_id, {.before = "", .after = R"({"password":"changed"})"});
    const std::string current = call.principal().session.substr(call.principal().session.find('/') + 1);
    for (const std::string& id : SessionStore(tx, wall_clock_()).RevokeAllOf(own_id, current, "password")) {
      AnnounceRevoked(outbox, id, own_id, "password");
    }
    return absl::OkStatus();
  }));
  return v1::ChangePasswordResponse();
}

absl::StatusOr<v1::Preferences> MeApi::GetPreferences(const Call& call, const v1::GetPreferencesRequest&) {
  ASSIGN_OR_RETURN(const std::string own_id, OwnId(call));
  return app_.Run<v1::Preferences>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Preferences> {
    return ToProto(OperatorStore(tx, wall_clock_()).Preferences(own_id));
  });
}

absl::StatusOr<v1::Preferences> MeApi::UpdatePreferences(const Call& call,
                                                         const v1::UpdatePreferencesRequest& request) {
  ASSIGN_OR_RETURN(const std::string own_id, OwnId(call));
  for (const auto& [key, value] : request.preferences().values()) {
    if (key.empty() || key.size() > kLongestKey || key.find('\0') != std::string::npos ||
        value.find('\0') != std::string::npos) {
      return InvalidField("preferences.values", "keys must have 1 to 100 characters");
    }
  }
  return app_.Run<v1::Preferences>(call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::Preferences> {
    OperatorStore operators(tx, wall_clock_());
    for (const auto& [key, value] : request.preferences().values()) operators.SetPreference(own_id, key, value);
    const auto values = operators.Preferences(own_id);
    if (values.size() > kMostPreferences || SizeOf(values) > kLargestPreferences) {
      return InvalidField("preferences.values", "must be at most 200 keys and 64 KiB together");
    }
    return ToProto(values);
  });
}

}  // namespace lintel::identity
