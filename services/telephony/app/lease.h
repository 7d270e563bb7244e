// Who owns the exchange (DESIGN 6). The lease is needed to become owner, not to remain it: while PostgreSQL is away the
// owner goes on. Only another owner, seen in PostgreSQL, ends it. The epoch grows with each owner.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "platform/pg/database.h"

namespace lintel::telephony {

class Lease {
 public:
  // `holder`: this replica's name, the same after its restart, so that it need not wait for itself.
  Lease(pg::Database& job, std::string exchange, std::string holder);
  ~Lease() { Stop(); }

  // 0 while somebody else is the owner.
  int64_t epoch() const { return epoch_.load(); }

  // Acquires or renews once; the thread does so every kRenewEvery, and tests do.
  absl::Status Renew();

  void Start();
  // Gives the lease back, so that the next owner need not wait.
  void Stop();

 private:
  void Loop();
  pg::Database& job_;
  const std::string exchange_;
  const std::string holder_;
  std::atomic<int64_t> epoch_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lintel::telephony
