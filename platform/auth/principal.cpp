#include "platform/auth/principal.h"

#include <algorithm>

namespace lintel {
namespace {

Scope::Reach ToReach(auth::Scope scope) {
  switch (scope) {
    case auth::TENANT:
      return Scope::Reach::kTenant;
    case auth::PROJECT:
      return Scope::Reach::kProject;
    case auth::TEAM:
      return Scope::Reach::kTeam;
    default:
      return Scope::Reach::kOwn;
  }
}

}  // namespace

bool Scope::MayUseProject(const std::string& project_id) const {
  return all_projects || std::find(project_ids.begin(), project_ids.end(), project_id) != project_ids.end();
}

Scope Principal::ScopeOf(const std::string& right) const {
  Scope scope{.tenant = tenant,
              .operator_name = operator_name,
              .team = team,
              .all_projects = all_projects,
              .project_ids = {project_ids.begin(), project_ids.end()}};
  if (is_service()) {
    scope.reach = Scope::Reach::kTenant;
    scope.all_projects = true;
    return scope;
  }
  const auto granted = rights.find(right);
  scope.reach = granted == rights.end() ? Scope::Reach::kOwn : ToReach(granted->second);
  return scope;
}

Principal FromProto(const auth::Principal& message) {
  Principal principal{.tenant = message.tenant_id(),
                      .operator_name = message.operator_name(),
                      .display_name = message.display_name(),
                      .session = message.session(),
                      .team = message.team(),
                      .department = message.department(),
                      .language = message.language(),
                      .all_projects = message.all_projects(),
                      .features = {message.features().begin(), message.features().end()}};
  for (const auto& grant : message.rights()) principal.rights[grant.right()] = grant.scope();
  for (const std::string& project : message.projects()) {
    principal.project_ids.insert(project.substr(project.find('/') + 1));
  }
  return principal;
}

}  // namespace lintel
