#include "platform/migrate/migrate.h"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <map>
#include <pqxx/pqxx>
#include <set>
#include <vector>

#include "absl/strings/str_replace.h"
#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

std::string Checksum(const std::string& text) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  std::string hex;
  for (int i = 0; i < 16; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

// Roles belong to the whole cluster: another database's migration may create the same one at this very moment.
void CreateRoles(pqxx::work& tx, const std::string& service) {
  for (const auto& [suffix, attributes] : std::map<std::string, std::string>{{"owner", "LOGIN"},
                                                                             {"app", "LOGIN NOBYPASSRLS"},
                                                                             {"job", "LOGIN BYPASSRLS"},
                                                                             {"reader", "LOGIN NOBYPASSRLS"}}) {
    tx.exec(fmt::format(R"sql(
      DO $do$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{0}_{1}') THEN
          CREATE ROLE {0}_{1} {2};
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $do$)sql",
                        service, suffix, attributes));
  }
}

void CreateSchema(pqxx::work& tx, const std::string& s) {
  tx.exec(
      fmt::format("CREATE SCHEMA IF NOT EXISTS {0}; GRANT ALL ON SCHEMA {0} TO {0}_owner;"
                  "GRANT USAGE ON SCHEMA {0} TO {0}_app, {0}_job, {0}_reader;",
                  s));
  tx.exec(
      fmt::format("CREATE TABLE IF NOT EXISTS {}.migrations (name text PRIMARY KEY, checksum text NOT NULL,"
                  " applied_time timestamptz NOT NULL DEFAULT now())",
                  s));
}

std::map<std::string, std::string> Applied(pqxx::work& tx, const std::string& service) {
  std::map<std::string, std::string> applied;
  for (const auto& row : tx.exec(fmt::format("SELECT name, checksum FROM {}.migrations", service))) {
    applied[row[0].as<std::string>()] = row[1].as<std::string>();
  }
  return applied;
}

absl::Status Apply(pqxx::work& tx, const std::string& service, std::span<const EmbeddedFile> files) {
  std::map<std::string, std::string> applied = Applied(tx, service);
  std::vector<EmbeddedFile> all(PlatformMigrations().begin(), PlatformMigrations().end());
  all.insert(all.end(), files.begin(), files.end());
  for (const EmbeddedFile& file : all) {
    const std::string name(file.name);
    const std::string text(file.text);
    const auto known = applied.find(name);
    if (known != applied.end()) {
      if (known->second != Checksum(text)) {
        return Refused("MIGRATION_CHANGED", service + ": " + name + " was changed after it had been applied");
      }
      applied.erase(known);
      continue;
    }
    const std::string sql = absl::StrReplaceAll(text, {{"@schema@", service},
                                                       {"@owner@", service + "_owner"},
                                                       {"@app@", service + "_app"},
                                                       {"@job@", service + "_job"},
                                                       {"@reader@", service + "_reader"}});
    tx.exec(fmt::format("SET LOCAL ROLE {0}_owner; SET LOCAL search_path = {0}", service));
    tx.exec(sql);
    tx.exec("RESET ROLE");
    tx.exec_params(fmt::format("INSERT INTO {}.migrations (name, checksum) VALUES ($1, $2)", service), name,
                   Checksum(text));
    log::Info("migration applied", {{"service", service}, {"file", name}});
  }
  if (applied.empty()) return absl::OkStatus();
  return Refused("SCHEMA_NEWER",
                 service + ": the database knows " + applied.begin()->first + ", this program does not");
}

}  // namespace

absl::Status Migrate(const MigrateOptions& options, std::span<const EmbeddedFile> files) {
  try {
    pqxx::connection connection(options.admin_connection);
    {
      pqxx::work tx(connection);
      CreateRoles(tx, options.service);
      tx.commit();
    }
    pqxx::work tx(connection);
    tx.exec("SELECT pg_advisory_xact_lock(hashtextextended('lintel.migrate', 0))");
    CreateSchema(tx, options.service);
    RETURN_IF_ERROR(Apply(tx, options.service, files));
    tx.commit();
    return absl::OkStatus();
  } catch (const pqxx::failure& failure) {
    return absl::UnavailableError(options.service + ": " + failure.what());
  }
}

}  // namespace lintel
