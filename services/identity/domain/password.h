// Passwords: what is allowed, and Argon2id with a bound on how many run at once (each takes 19 MiB and 0.1 s).
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"

namespace lintel::identity {

// INVALID_ARGUMENT that names `field`: 8 to 256 bytes, not the sign-in name, not one character over and over.
absl::Status CheckPassword(const std::string& field, const std::string& password, const std::string& sign_in_name);

struct HashCost {
  uint64_t passes = 2;
  size_t memory_bytes = size_t{19} << 20;
};

// Threads: any. Callers beyond `at_once` wait; beyond kMostWaiting, or past their deadline, RESOURCE_EXHAUSTED
// OVERLOADED.
class PasswordHasher {
 public:
  static constexpr int kMostWaiting = 64;
  using Deadline = std::chrono::steady_clock::time_point;

  explicit PasswordHasher(HashCost cost, int at_once = 2);

  // "$argon2id$v=19$..." with its own salt.
  absl::StatusOr<std::string> Hash(const std::string& password, Deadline deadline);
  // Whether they belong together. An empty `hash` (nobody of that name) takes as long as a real one and answers false.
  absl::StatusOr<bool> Verify(const std::string& hash, const std::string& password, Deadline deadline);
  // The cost was raised since this hash was made.
  bool NeedsRehash(const std::string& hash) const;

 private:
  class Seat;
  absl::Status Enter(Deadline deadline);
  void Leave();

  const HashCost cost_;
  const int at_once_;
  std::string nobody_;  // A hash that no password fits.
  std::mutex mutex_;
  std::condition_variable left_;
  int inside_ = 0;
  int waiting_ = 0;
};

}  // namespace lintel::identity
