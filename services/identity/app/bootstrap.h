// How a tenant, its groups, its code tables and its first operators come into being: `lintel-identity bootstrap`.
#pragma once

#include <string>
#include <vector>

#include "platform/pg/database.h"
#include "services/identity/domain/code_tables.h"
#include "services/identity/domain/password.h"
#include "services/identity/domain/rights.h"

namespace lintel::identity {

struct BootstrapOrder {
  std::string tenant = "Lintel";
  std::string time_zone = "Asia/Shanghai";
  std::string language = "zh-CN";
  // Sign-in names; each is a group of rights.json too ("admin", "cashier"). "{group}-{n}" is a further member.
  std::vector<std::string> operators;
  std::string password;  // For all of them; not to be changed at first sign-in.
};

struct BootstrapResult {
  int64_t tenant = 0;
  std::vector<std::pair<std::string, std::string>> operators;  // Sign-in name and operators/{o}.
};

// Makes what is missing; whoever exists gets the password. Safe to run again. `job` sees all tenants.
absl::StatusOr<BootstrapResult> Bootstrap(pg::Database& job, pg::Database& app, PasswordHasher& hasher,
                                          const RightCatalogue& rights, const std::vector<CodeTable>& code_tables,
                                          const BootstrapOrder& order, Instant now);

}  // namespace lintel::identity
