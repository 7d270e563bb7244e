// Work for later, one table per service (DESIGN 3.14): reminders, expiry, schedules, imports. A job's effect commits in
// the transaction that completes it, so it fires once, whatever restarts.
#pragma once

#include <string>

#include "platform/outbox/outbox.h"
#include "platform/pg/database.h"

namespace lintel {

struct Job {
  std::string id;
  int64_t tenant = 0;
  std::string kind;  // "holds.expire"
  std::string key;   // With kind and tenant unique: scheduling twice is harmless.
  Instant run_at;
  std::string payload;  // A serialized message of the owner's.
  std::string actor;    // Who asked for it: operators/{o} or services/{s}.
  int attempts = 0;     // This run included.
};

// Scheduling, inside the transaction of what it follows from.
class Jobs {
 public:
  Jobs(pg::Transaction& tx, Instant now) : tx_(tx), now_(now) {}

  // The job's id: a new one's, or that of the job which has its kind and key already, left as it is.
  std::string Schedule(const Job& job);
  // The same, but a job with this kind and key is set to wait for `job.run_at` with the new payload, whatever its
  // state.
  std::string Reschedule(const Job& job);
  // What has not run will not; false when there was nothing to cancel.
  bool Cancel(int64_t tenant, const std::string& kind, const std::string& key);

 private:
  pg::Transaction& tx_;
  const Instant now_;
};

}  // namespace lintel
