// A bounded pool of connections of one database role. libpqxx connections are not for two threads: one lends, one
// returns.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::pg {

struct PoolOptions {
  std::string connection;  // libpq keywords without user: "host=... port=... dbname=lintel".
  std::string role;        // "inventory_app" or "inventory_job".
  std::string schema;      // search_path.
  int size = 6;            // Connections at most.
};

// One connection and the statements prepared on it.
class Connection {
 public:
  explicit Connection(const PoolOptions& options);
  // The name of the prepared statement for `sql`, preparing it on first use.
  const std::string& Prepare(const char* sql);
  pqxx::connection& raw() { return connection_; }

 private:
  pqxx::connection connection_;
  std::map<const char*, std::string> prepared_;
};

class Pool {
 public:
  explicit Pool(PoolOptions options);

  class Lease {
   public:
    Lease(Pool* pool, std::unique_ptr<Connection> connection) : pool_(pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    Connection& operator*() { return *connection_; }
    // The connection is broken: it is closed instead of going back.
    void Discard() { connection_.reset(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Waits for a free connection until `deadline`. RESOURCE_EXHAUSTED (OVERLOADED) when none came free, UNAVAILABLE
  // (DATABASE_AWAY) when PostgreSQL cannot be reached.
  absl::StatusOr<Lease> Acquire(std::chrono::steady_clock::time_point deadline);

  const PoolOptions& options() const { return options_; }

 private:
  void Return(std::unique_ptr<Connection> connection);

  const PoolOptions options_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int lent_ = 0;
};

}  // namespace lintel::pg
