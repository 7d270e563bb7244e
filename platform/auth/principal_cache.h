// Principals as identity resolved them, for at most five seconds; while identity is away the last answer serves until
// the token itself ends (DESIGN 3.7).
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"

namespace lintel {

class PrincipalCache {
 public:
  // Asks identity; UNAUTHENTICATED when the session is over, UNAVAILABLE or DEADLINE_EXCEEDED when identity is away.
  using Resolve = std::function<absl::StatusOr<Principal>(const auth::TokenClaims&)>;

  // With the call itself under the 5 s that DESIGN allows.
  static constexpr std::chrono::milliseconds kLongestAge = std::chrono::seconds(4);

  // `age`: how long an answer is good when nothing tells of a change.
  explicit PrincipalCache(Resolve resolve, std::chrono::milliseconds age = kLongestAge)
      : resolve_(std::move(resolve)), age_(age) {}

  // Threads: any. Two threads may resolve the same session at once; that is harmless.
  absl::StatusOr<Principal> Get(const auth::TokenClaims& claims);

  // The session is over: what was known of it serves no more, not even while identity is away.
  void Drop(const std::string& session);
  // What `changed` picks is asked for anew; while identity is away the last answer goes on serving.
  void Expire(const std::function<bool(const Principal&)>& changed);

 private:
  struct Entry {
    Principal principal;
    std::chrono::steady_clock::time_point resolved_at;
    bool expired = false;
  };
  const Resolve resolve_;
  const std::chrono::milliseconds age_;
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;  // By session; cleared when it grows past kMostEntries.
  int64_t changes_ = 0;                   // Drops and expiries: an answer asked for before one is not kept after it.
};

}  // namespace lintel
