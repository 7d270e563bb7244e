#include "services/identity/api/convert.h"

#include "absl/strings/str_cat.h"
#include "platform/i18n/reasons.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/text/text.h"

namespace lintel::identity {
namespace {

absl::StatusOr<std::optional<std::string>> OptionalId(const std::string& field, const std::string& name,
                                                      const std::string& pattern) {
  if (name.empty()) return std::optional<std::string>();
  ASSIGN_OR_RETURN(std::string id, ParseId(field, name, pattern));
  return std::optional<std::string>(std::move(id));
}

// Ids of names, each once, in the order given.
template <class Names>
absl::StatusOr<std::vector<std::string>> Ids(const std::string& field, const Names& names, const std::string& pattern,
                                             size_t most) {
  if (static_cast<size_t>(names.size()) > most) return InvalidField(field, absl::StrCat("takes at most ", most));
  std::vector<std::string> ids;
  for (int i = 0; i < names.size(); ++i) {
    ASSIGN_OR_RETURN(std::string id, ParseId(absl::StrCat(field, "[", i, "]"), names[i], pattern));
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
  }
  return ids;
}

}  // namespace

v1::Operator ToProto(const Operator& from) {
  v1::Operator to;
  to.set_name("operators/" + from.id);
  to.set_sign_in_name(from.sign_in_name);
  to.set_display_name(from.display_name);
  for (const std::string& id : from.group_ids) to.add_operator_groups("operatorGroups/" + id);
  if (from.department_id) to.set_department("departments/" + *from.department_id);
  if (from.team_id) to.set_team("teams/" + *from.team_id);
  to.set_all_projects(from.all_projects);
  for (const std::string& id : from.project_ids) to.add_projects("projects/" + id);
  to.set_language(from.language);
  to.set_state(from.active ? v1::ACTIVE : v1::DISABLED);
  to.set_password_change_required(from.password_change_required);
  if (from.lock_end_time) *to.mutable_lock_end_time() = ToProto(*from.lock_end_time);
  if (from.last_sign_in_time) *to.mutable_last_sign_in_time() = ToProto(*from.last_sign_in_time);
  *to.mutable_create_time() = ToProto(from.created_time);
  *to.mutable_update_time() = ToProto(from.updated_time);
  to.set_etag(std::to_string(from.version));
  return to;
}

v1::OperatorGroup ToProto(const Group& from) {
  v1::OperatorGroup to;
  to.set_name("operatorGroups/" + from.id);
  to.set_display_name(from.display_name);
  for (const auto& [right, reach] : from.grants) {
    auto* grant = to.add_rights();
    grant->set_right(right);
    grant->set_scope(static_cast<lintel::auth::Scope>(reach));
  }
  to.set_retired(from.retired);
  to.set_operator_count(from.operator_count);
  to.set_etag(std::to_string(from.version));
  return to;
}

v1::Code ToProto(const Code& from) {
  v1::Code to;
  to.set_name(absl::StrCat("codeTables/", from.code_table, "/codes/", from.code));
  to.set_code(from.code);
  to.set_label_zh(from.label_zh);
  to.set_label_en(from.label_en);
  to.set_position(from.position);
  to.set_retired(from.retired);
  to.set_etag(std::to_string(from.version));
  return to;
}

v1::Notice ToProto(const Notice& from, bool english) {
  v1::Notice to;
  to.set_name("notices/" + from.id);
  to.set_kind(from.kind);
  to.set_title(english && !from.title_en.empty() ? from.title_en : from.title_zh);
  to.set_body(english && !from.body_en.empty() ? from.body_en : from.body_zh);
  to.set_subject(from.subject);
  to.set_task(from.task);
  to.set_read(from.read_time.has_value());
  to.set_done(from.done_time.has_value());
  *to.mutable_create_time() = ToProto(from.created_time);
  return to;
}

v1::Department ToDepartment(const Place& from) {
  v1::Department to;
  to.set_name("departments/" + from.id);
  to.set_display_name(from.display_name);
  to.set_retired(from.retired);
  to.set_etag(std::to_string(from.version));
  return to;
}

v1::Team ToTeam(const Place& from) {
  v1::Team to;
  to.set_name("teams/" + from.id);
  to.set_display_name(from.display_name);
  if (from.department_id) to.set_department("departments/" + *from.department_id);
  to.set_retired(from.retired);
  to.set_etag(std::to_string(from.version));
  return to;
}

absl::Status FromProto(const v1::Operator& from, Operator& target) {
  RETURN_IF_ERROR(CheckText("operator.display_name", from.display_name(), {.least = 1, .most = 60}));
  target.display_name = Trimmed(from.display_name());
  ASSIGN_OR_RETURN(target.group_ids,
                   Ids("operator.operator_groups", from.operator_groups(), "operatorGroups/*", kMostGroups));
  ASSIGN_OR_RETURN(target.department_id, OptionalId("operator.department", from.department(), "departments/*"));
  ASSIGN_OR_RETURN(target.team_id, OptionalId("operator.team", from.team(), "teams/*"));
  ASSIGN_OR_RETURN(target.project_ids, Ids("operator.projects", from.projects(), "projects/*", kMostProjects));
  ASSIGN_OR_RETURN(target.language, CheckLanguage("operator.language", from.language()));
  target.all_projects = from.all_projects();
  return absl::OkStatus();
}

absl::Status FromProto(const v1::OperatorGroup& from, const RightCatalogue& catalogue, Group& target) {
  RETURN_IF_ERROR(CheckText("operator_group.display_name", from.display_name(), {.least = 1, .most = 60}));
  target.display_name = Trimmed(from.display_name());
  target.grants.clear();
  for (int i = 0; i < from.rights_size(); ++i) {
    const std::string field = absl::StrCat("operator_group.rights[", i, "]");
    if (!catalogue.Knows(from.rights(i).right())) return InvalidField(field + ".right", "does not exist");
    const int scope = from.rights(i).scope();
    if (scope < 1 || scope > 4) return InvalidField(field + ".scope", "must be OWN, TEAM, PROJECT or TENANT");
    target.grants[from.rights(i).right()] = static_cast<Reach>(scope);
  }
  return absl::OkStatus();
}

absl::Status CheckGivable(const Call& call, const Grants& given) {
  if (call.principal().is_service()) return absl::OkStatus();
  Grants own;
  for (const auto& [right, scope] : call.principal().rights) own[right] = static_cast<Reach>(scope);
  return CheckGrantable(given, own);
}

bool WantsEnglish(const Call& call) {
  return LanguageOf(call.language().empty() ? call.principal().language : call.language()) == "en";
}

absl::StatusOr<std::string> OwnId(const Call& call) {
  const auto id = ParseId("operator", call.principal().operator_name, "operators/*");
  if (id.ok()) return id;
  return WithReason(absl::StatusCode::kPermissionDenied, "RIGHT_MISSING", "only for operators",
                    {{"right", "operator"}});
}

}  // namespace lintel::identity
