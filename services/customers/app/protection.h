// How long a registration protects a consultant's claim (CFG-10): the firm's own setting, asked of identity and kept
// for a minute. While identity is away the last answer holds, and 30 days before there was any.
#pragma once

#include <chrono>
#include <map>
#include <mutex>

#include "platform/server/call.h"

namespace lintel::customers {

class Protection {
 public:
  explicit Protection(Channel& identity) : identity_(identity) {}
  // Threads: any.
  int DaysFor(const Call& call);

 private:
  struct Known {
    int days = 30;
    std::chrono::steady_clock::time_point until;
  };
  Channel& identity_;
  std::mutex mutex_;
  std::map<int64_t, Known> known_;  // By tenant.
};

}  // namespace lintel::customers
