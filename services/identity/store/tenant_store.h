// Tenants. They are made by `lintel-identity bootstrap`, never by a call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "platform/pg/transaction.h"

namespace lintel::identity {

struct Tenant {
  int64_t id = 0;
  std::string display_name;
  std::string time_zone;
  std::string language;
};

// The transaction's own tenant.
std::optional<Tenant> FindTenant(pg::Transaction& tx);
// All of them; as the job role.
std::vector<Tenant> ListTenants(pg::Transaction& job_tx);
// As the job role; the id of the one of that name if there is one already.
int64_t EnsureTenant(pg::Transaction& job_tx, const Tenant& tenant, Instant now);

}  // namespace lintel::identity
