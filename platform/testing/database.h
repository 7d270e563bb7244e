// A database of its own for each test, cloned from a migrated template. The server is the throw-away cluster that
// `./lintel test` starts and names in LINTEL_TEST_PG.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "platform/migrate/embedded.h"
#include "platform/pg/database.h"

namespace lintel::testing {

class TestDatabase {
 public:
  // Clones the template of `service` (made on first use, keyed by the migrations' contents). Throws without
  // LINTEL_TEST_PG.
  TestDatabase(const std::string& service, std::span<const EmbeddedFile> migrations);
  ~TestDatabase();

  pg::Database& app() { return app_; }
  pg::Database& job() { return job_; }
  pg::Pool& app_pool() { return app_pool_; }
  pg::Pool& job_pool() { return job_pool_; }
  // libpq keywords without user; pg::PoolOptions::connection.
  const std::string& connection() const { return connection_; }

  // One value of a query run as the job role, which sees all tenants; "" for null or no row.
  std::string Value(const std::string& sql);
  // Runs statements as the job role.
  void Execute(const std::string& sql);

 private:
  const std::string service_;
  const std::string name_;
  const std::string connection_;
  pg::Pool app_pool_;
  pg::Pool job_pool_;
  pg::Database app_{app_pool_};
  pg::Database job_{job_pool_};
};

// LINTEL_TEST_REDIS: the socket of the throw-away Redis. Throws when absent.
std::string TestRedis();

}  // namespace lintel::testing
