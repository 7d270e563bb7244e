#include "platform/pg/pool.h"

#include <fmt/format.h>

#include "platform/status/status.h"

#ifdef __SANITIZE_ADDRESS__
// libpqxx 6.4 does not free the result of a statement during which the server ended the connection; fontconfig hides
// the pointers to its cache from the checker. There is one such function per program, so this one speaks for both.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx\nleak:libfontconfig\n"; }
#endif

namespace lintel::pg {
namespace {

// The session writes instants in UTC and ISO, which transaction.h reads back; the planner's generic plans are right for
// our short statements.
std::string ConnectionText(const PoolOptions& options) {
  return fmt::format(
      "{} user={} connect_timeout=3 application_name={} keepalives_idle=5 "
      "options='-c search_path={} -c TimeZone=UTC -c DateStyle=ISO -c client_min_messages=warning'",
      options.connection, options.role, options.role, options.schema);
}

}  // namespace

Connection::Connection(const PoolOptions& options) : connection_(ConnectionText(options)) {}

const std::string& Connection::Prepare(const char* sql) {
  auto [entry, is_new] = prepared_.try_emplace(sql);
  if (is_new) {
    entry->second = fmt::format("s{}", prepared_.size());
    connection_.prepare(entry->second, sql);
  }
  return entry->second;
}

Pool::Pool(PoolOptions options) : options_(std::move(options)) {}

Pool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->Return(std::move(connection_));
}

absl::StatusOr<Pool::Lease> Pool::Acquire(std::chrono::steady_clock::time_point deadline) {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    const auto available = [&] { return !idle_.empty() || lent_ < options_.size; };
    if (!freed_.wait_until(lock, deadline, available)) {
      return WithReason(absl::StatusCode::kResourceExhausted, "OVERLOADED", "no database connection came free in time");
    }
    ++lent_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection) return Lease(this, std::move(connection));
  try {
    return Lease(this, std::make_unique<Connection>(options_));
  } catch (const pqxx::failure& failure) {
    Return(nullptr);
    return WithReason(absl::StatusCode::kUnavailable, "DATABASE_AWAY", failure.what());
  }
}

void Pool::Return(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  --lent_;
  if (connection) idle_.push_back(std::move(connection));
  freed_.notify_one();
}

}  // namespace lintel::pg
