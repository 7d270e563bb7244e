// The one place that opens, commits and retries transactions.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "platform/pg/pool.h"
#include "platform/pg/transaction.h"

namespace lintel::pg {

struct RunOptions {
  int64_t tenant = 0;  // Row-level security shows only this tenant's rows. 0 shows none to an app role.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  bool read_only = false;
  std::string isolation;  // Empty: READ COMMITTED. "REPEATABLE READ" for snapshots.
};

class Database {
 public:
  // Logs the role and whether it bypasses row-level security; `pool` must outlive this.
  explicit Database(Pool& pool) : pool_(pool) {}

  // Runs `body` in one transaction and commits when it answers OK; any other answer, or an exception, rolls back.
  // Serialization failures, deadlocks and connections lost before the commit are tried up to three times, so `body` may
  // run more than once and must not touch outside state. A connection lost during the commit is never retried: UNKNOWN
  // with reason COMMIT_IN_DOUBT, and the caller's request_id settles it. Statements are cut off at the deadline.
  template <class T>
  absl::StatusOr<T> Run(const RunOptions& options, const std::function<absl::StatusOr<T>(Transaction&)>& body) {
    absl::StatusOr<T> answer = absl::InternalError("transaction never ran");
    const absl::Status ended = RunUntyped(options, [&](Transaction& tx) {
      answer = body(tx);
      return answer.status();
    });
    if (!ended.ok()) return ended;
    return answer;
  }

  // The same without an answer.
  absl::Status Execute(const RunOptions& options, const std::function<absl::Status(Transaction&)>& body) {
    return RunUntyped(options, body);
  }

  // After each commit, in the committing thread: wakes the relay. Set before the first Run.
  void OnCommit(std::function<void()> hook) { on_commit_ = std::move(hook); }

  // Logs current_user and rolbypassrls as the live pool sees them. Ends with UNAVAILABLE when the database is away.
  absl::Status LogRole();

 private:
  absl::Status RunUntyped(const RunOptions& options, const std::function<absl::Status(Transaction&)>& body);
  absl::Status RunOnce(Pool::Lease& lease, const RunOptions& options,
                       const std::function<absl::Status(Transaction&)>& body, bool& retry);

  Pool& pool_;
  std::function<void()> on_commit_;
};

}  // namespace lintel::pg
