#include "platform/pg/database.h"

#include <fmt/format.h>

#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel::pg {
namespace {

constexpr int kTries = 3;

std::string BeginText(const RunOptions& options) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(options.deadline - std::chrono::steady_clock::now());
  return fmt::format("BEGIN{}{}; SET LOCAL statement_timeout = {}; SET LOCAL lintel.tenant = '{}'",
                     options.isolation.empty() ? "" : " ISOLATION LEVEL " + options.isolation,
                     options.read_only ? " READ ONLY" : "", std::max<int64_t>(left.count(), 1), options.tenant);
}

bool WorthRetrying(const std::string& sqlstate) { return sqlstate == "40001" || sqlstate == "40P01"; }

absl::Status FromSqlError(const pqxx::sql_error& error) {
  const std::string& state = error.sqlstate();
  if (state == "57014") return absl::DeadlineExceededError("a statement ran past the deadline");
  if (state == "57P01" || state == "57P03" || state == "53300") {
    return WithReason(absl::StatusCode::kUnavailable, "DATABASE_AWAY", error.what());
  }
  return absl::InternalError(fmt::format("SQLSTATE {}: {}", state, error.what()));
}

// Leaves the session clean whatever happened; false when the connection is gone.
bool RollBack(pqxx::nontransaction& work) {
  try {
    work.exec("ROLLBACK");
    return true;
  } catch (const pqxx::failure&) {
    return false;
  }
}

}  // namespace

absl::Status Database::RunUntyped(const RunOptions& options, const std::function<absl::Status(Transaction&)>& body) {
  absl::Status last;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (std::chrono::steady_clock::now() >= options.deadline) {
      return last.ok() ? absl::DeadlineExceededError("no time left for the transaction") : last;
    }
    auto lease = pool_.Acquire(options.deadline);
    if (!lease.ok()) return lease.status();
    bool retry = false;
    last = RunOnce(*lease, options, body, retry);
    if (!retry) break;
  }
  if (last.ok() && on_commit_ && !options.read_only) on_commit_();
  return last;
}

absl::Status Database::RunOnce(Pool::Lease& lease, const RunOptions& options,
                               const std::function<absl::Status(Transaction&)>& body, bool& retry) {
  bool committing = false;
  try {
    pqxx::nontransaction work((*lease).raw());
    try {
      work.exec(BeginText(options));
      Transaction tx(*lease, work, options.tenant);
      const absl::Status status = body(tx);
      if (!status.ok()) {
        if (!RollBack(work)) lease.Discard();
        return status;
      }
      committing = true;
      work.exec("COMMIT");
      return absl::OkStatus();
    } catch (const pqxx::sql_error& error) {
      retry = WorthRetrying(error.sqlstate());
      const absl::Status status = FromSqlError(error);
      if (!RollBack(work)) lease.Discard();
      return status;
    } catch (const pqxx::broken_connection&) {
      throw;
    } catch (const std::exception&) {
      if (!RollBack(work)) lease.Discard();
      throw;
    }
  } catch (const pqxx::broken_connection& lost) {
    lease.Discard();
    if (committing) {
      return WithReason(absl::StatusCode::kUnknown, "COMMIT_IN_DOUBT", "the connection was lost during the commit");
    }
    retry = true;
    return WithReason(absl::StatusCode::kUnavailable, "DATABASE_AWAY", lost.what());
  }
}

absl::Status Database::LogRole() {
  static constexpr char kRole[] = "SELECT rolname, rolbypassrls FROM pg_roles WHERE rolname = current_user";
  return Execute({.read_only = true}, [](Transaction& tx) {
    const pqxx::result rows = tx.Query(kRole);
    log::Info("database role",
              {{"user", rows[0][0].as<std::string>()}, {"bypassesRowSecurity", rows[0][1].as<std::string>()}});
    return absl::OkStatus();
  });
}

}  // namespace lintel::pg
