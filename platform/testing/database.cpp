#include "platform/testing/database.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>

#include "platform/ids/ids.h"
#include "platform/migrate/migrate.h"

namespace lintel::testing {
namespace {

std::string Required(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) throw std::runtime_error(std::string(name) + " is not set: run the tests with ./lintel test");
  return value;
}

// LINTEL_TEST_PG without its user and dbname.
std::string Server() {
  std::string server;
  std::string text = Required("LINTEL_TEST_PG") + " ";
  for (size_t at = 0, space; (space = text.find(' ', at)) != std::string::npos; at = space + 1) {
    const std::string word = text.substr(at, space - at);
    if (word.rfind("user=", 0) != 0 && word.rfind("dbname=", 0) != 0) server += word + " ";
  }
  return server;
}

std::string Admin(const std::string& database) { return Server() + "user=postgres dbname=" + database; }

std::string TemplateName(const std::string& service, std::span<const EmbeddedFile> migrations) {
  std::string all;
  for (const EmbeddedFile& file : PlatformMigrations()) all += file.text;
  for (const EmbeddedFile& file : migrations) all += file.text;
  return fmt::format("lt_{}_{:016x}", service, std::hash<std::string>{}(all));
}

// Creates the template once per cluster, whoever comes first; a database whose migration failed is not left behind.
void EnsureTemplate(const std::string& name, const std::string& service, std::span<const EmbeddedFile> migrations) {
  pqxx::connection admin(Admin("postgres"));
  pqxx::nontransaction work(admin);
  work.exec("SELECT pg_advisory_lock(hashtextextended('lintel.template', 0))");
  if (work.exec_params("SELECT 1 FROM pg_database WHERE datname = $1", name + "_ready").empty()) {
    work.exec(fmt::format("DROP DATABASE IF EXISTS {}", name));
    work.exec(fmt::format("CREATE DATABASE {}", name));
    const absl::Status migrated = Migrate({.admin_connection = Admin(name), .service = service}, migrations);
    if (!migrated.ok()) throw std::runtime_error(std::string(migrated.message()));
    work.exec(fmt::format("ALTER DATABASE {0} RENAME TO {0}_ready", name));
  }
  work.exec("SELECT pg_advisory_unlock_all()");
}

std::string Clone(const std::string& service, std::span<const EmbeddedFile> migrations) {
  const std::string base = TemplateName(service, migrations);
  EnsureTemplate(base, service, migrations);
  const std::string name = fmt::format("t_{}_{}", service, RandomHex(6));
  pqxx::connection admin(Admin("postgres"));
  pqxx::nontransaction work(admin);
  // Cloning refuses while another session clones the same template's files; take turns.
  work.exec("SELECT pg_advisory_lock(hashtextextended('lintel.template', 0))");
  work.exec(fmt::format("CREATE DATABASE {} TEMPLATE {}_ready STRATEGY FILE_COPY", name, base));
  work.exec("SELECT pg_advisory_unlock_all()");
  return name;
}

}  // namespace

TestDatabase::TestDatabase(const std::string& service, std::span<const EmbeddedFile> migrations)
    : service_(service),
      name_(Clone(service, migrations)),
      connection_(Server() + "dbname=" + name_),
      app_pool_({.connection = connection_, .role = service + "_app", .schema = service}),
      job_pool_({.connection = connection_, .role = service + "_job", .schema = service}) {}

TestDatabase::~TestDatabase() {
  try {
    pqxx::connection admin(Admin("postgres"));
    pqxx::nontransaction(admin).exec(fmt::format("DROP DATABASE {} WITH (FORCE)", name_));
  } catch (const std::exception&) {
    // The cluster is thrown away after the tests; a test must not fail for its broom.
  }
}

std::string TestDatabase::Value(const std::string& sql) {
  pqxx::connection connection(connection_ + " user=" + service_ + "_job options='-c search_path=" + service_ + "'");
  const pqxx::result rows = pqxx::nontransaction(connection).exec(sql);
  return rows.empty() || rows[0][0].is_null() ? "" : rows[0][0].as<std::string>();
}

void TestDatabase::Execute(const std::string& sql) { Value(sql); }

std::string TestRedis() { return Required("LINTEL_TEST_REDIS"); }

}  // namespace lintel::testing
