// Where call records and agents' periods go when something ended: PostgreSQL, or the spool while that is away, from
// which they are caught up within a second of its return. A record is durable when Keep returns OK.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "lintel/telephony/v1/store.pb.h"
#include "platform/metrics/metrics.h"
#include "platform/pg/database.h"
#include "services/telephony/app/spool.h"

namespace lintel::telephony {

class RecordKeeper {
 public:
  // All must outlive it.
  RecordKeeper(pg::Database& app, Spool& spool, Clock clock, Metrics& metrics);
  ~RecordKeeper() { Stop(); }

  // Blocks at most kWriteLimit. Threads: any.
  absl::Status Keep(const v1::SpooledRecord& record);

  void Start();
  void Stop();
  // Writes what is spooled, oldest first; how many. The thread calls it, and tests do.
  absl::StatusOr<int> CatchUp();

 private:
  absl::Status Write(const v1::SpooledRecord& record);
  void Loop();

  pg::Database& app_;
  Spool& spool_;
  const Clock clock_;
  prometheus::Gauge& spooled_bytes_;
  std::mutex order_;  // Held while catching up, so that nothing overtakes the spool.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lintel::telephony
