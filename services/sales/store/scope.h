// How far a reader sees, as SQL: the first six parameters of every scoped statement.
#pragma once

#include <string>
#include <vector>

#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"

// For tables with tenant_id, project_id, operator_name and team. Who sees a team's rows sees their own, too, whatever
// team they were made in; rows without a team are nobody's team's.
#define SALES_SCOPE                                                          \
  "tenant_id = $1::bigint AND ($2::boolean OR project_id = ANY($3::uuid[]))" \
  " AND ($4::text = 'WIDE' OR operator_name = $5::text"                      \
  " OR ($4::text = 'TEAM' AND team <> '' AND team = $6::text)) "

namespace lintel::sales {

inline std::vector<std::string> ScopeParameters(const Scope& scope) {
  const char* reach = scope.reach == Scope::Reach::kOwn ? "OWN" : scope.reach == Scope::Reach::kTeam ? "TEAM" : "WIDE";
  return {std::to_string(scope.tenant),
          scope.all_projects ? "true" : "false",
          pg::ArrayOf(scope.project_ids),
          reach,
          scope.operator_name,
          scope.team};
}

// For processes and jobs, which were authorised when they began.
inline Scope WholeTenant(int64_t tenant) {
  return {.reach = Scope::Reach::kTenant, .tenant = tenant, .all_projects = true};
}

// Ids that may be absent travel as empty text: nullif($n, '')::uuid.
inline std::string TextOrEmpty(const pqxx::field& field) { return field.is_null() ? "" : field.as<std::string>(); }

}  // namespace lintel::sales
