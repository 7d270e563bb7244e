// The caller as handlers see it: who, which tenant, how far each right reaches.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "lintel/auth/principal.pb.h"

namespace lintel {

// How far an answer may reach. Every store method that lists or loads takes one, and SQL applies it.
struct Scope {
  enum class Reach { kOwn, kTeam, kProject, kTenant };
  Reach reach = Reach::kOwn;
  int64_t tenant = 0;
  std::string operator_name;  // operators/{o}: rows of kOwn belong to it
  std::string team;           // teams/{t}: rows of kTeam
  bool all_projects = false;
  std::vector<std::string> project_ids;  // UUIDs, when not all

  bool MayUseProject(const std::string& project_id) const;
};

struct Principal {
  int64_t tenant = 0;
  std::string operator_name;  // operators/{o}; for a service token the original actor, empty for a job
  std::string display_name;
  std::string session;  // sessions/{s}
  std::string team;
  std::string department;
  std::string language;
  std::map<std::string, auth::Scope> rights;
  bool all_projects = false;
  std::set<std::string> project_ids;
  std::set<std::string> features;
  std::string service;  // Set when the caller is a service.

  bool is_service() const { return !service.empty(); }
  // Services hold every right; they were authorised by the operator's own call.
  bool Has(const std::string& right) const { return is_service() || rights.contains(right); }
  // What to write into audit and requests: operators/{o} or services/{s}.
  std::string Actor() const { return operator_name.empty() ? "services/" + service : operator_name; }
  // The scope of one right; kTenant over all projects for services.
  Scope ScopeOf(const std::string& right) const;
};

Principal FromProto(const auth::Principal& message);

}  // namespace lintel
