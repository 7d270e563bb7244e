#include "services/identity/store/tenant_store.h"

namespace lintel::identity {
namespace {

constexpr char kFind[] = "SELECT tenant_id, display_name, time_zone, language FROM tenants WHERE tenant_id = $1";
constexpr char kList[] = "SELECT tenant_id, display_name, time_zone, language FROM tenants ORDER BY tenant_id";
constexpr char kInsert[] = R"sql(
  INSERT INTO tenants (display_name, time_zone, language, created_time) VALUES ($1, $2, $3, $4)
  ON CONFLICT (display_name) DO NOTHING)sql";
constexpr char kByName[] = "SELECT tenant_id FROM tenants WHERE display_name = $1";

Tenant ToTenant(const pqxx::row& row) {
  return {.id = row["tenant_id"].as<int64_t>(),
          .display_name = row["display_name"].as<std::string>(),
          .time_zone = row["time_zone"].as<std::string>(),
          .language = row["language"].as<std::string>()};
}

}  // namespace

std::optional<Tenant> FindTenant(pg::Transaction& tx) {
  const pqxx::result rows = tx.Query(kFind, tx.tenant());
  if (rows.empty()) return std::nullopt;
  return ToTenant(rows[0]);
}

std::vector<Tenant> ListTenants(pg::Transaction& job_tx) {
  std::vector<Tenant> tenants;
  for (const auto& row : job_tx.Query(kList)) tenants.push_back(ToTenant(row));
  return tenants;
}

int64_t EnsureTenant(pg::Transaction& job_tx, const Tenant& tenant, Instant now) {
  job_tx.Query(kInsert, tenant.display_name, tenant.time_zone, tenant.language, now);
  return job_tx.Query(kByName, tenant.display_name)[0][0].as<int64_t>();
}

}  // namespace lintel::identity
