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

  explicit PrincipalCache(Resolve resolve) : resolve_(std::move(resolve)) {}

  // Threads: any. Two threads may resolve the same session at once; that is harmless.
  absl::StatusOr<Principal> Get(const auth::TokenClaims& claims);

  // SessionRevoked or OperatorChanged arrived: the next Get asks again.
  void Drop(const std::string& session);
  void DropAll();

 private:
  struct Entry {
    Principal principal;
    std::chrono::steady_clock::time_point resolved_at;
  };
  const Resolve resolve_;
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;  // By session; cleared when it grows past kMostEntries.
};

}  // namespace lintel
