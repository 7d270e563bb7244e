// A limited child process for libraries that are not trusted with our own: it gets bytes, it gives bytes, and it can do
// nothing else. It has no environment, no files but its socket, bounded memory and processor time, dies with its
// parent, and is killed and replaced when it is late or broken. The child's side is platform/helper/serve.h.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel {

struct HelperLimits {
  size_t memory_bytes = 1u << 30;  // Address space. Not applied under the address sanitizer, which reserves terabytes.
  int processor_seconds = 60;      // Over the child's life.
  size_t request_bytes = 64u << 20;
  size_t reply_bytes = 256u << 20;
  int calls = 1'000;  // After so many the child is replaced, so that nothing it leaks grows.
};

class Helper {
 public:
  // The child is started by the first call. `program` is a path; `arguments` follow it.
  explicit Helper(std::string program, std::vector<std::string> arguments = {}, HelperLimits limits = {});
  ~Helper();
  Helper(const Helper&) = delete;
  Helper& operator=(const Helper&) = delete;

  // One request, one reply; calls from several threads wait for each other within their deadline. After a failure the
  // next call starts a fresh child.
  // UNAVAILABLE, reason HELPER_FAILED: could not be started, or died. DEADLINE_EXCEEDED, reason HELPER_LATE.
  // OUT_OF_RANGE, reason HELPER_LIMIT: a request or reply beyond its limit.
  absl::StatusOr<std::string> Call(std::string_view request, std::chrono::milliseconds timeout);

  // The running child, or 0; for tests and logs.
  pid_t pid() const;
  // Whether a child was ever started: tells a program that is missing from one that died of its request.
  bool started() const;

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  absl::Status Start();
  void Kill();
  absl::Status Send(std::string_view bytes, Deadline deadline);
  absl::Status Receive(char* bytes, size_t count, Deadline deadline);
  absl::StatusOr<std::string> Exchange(std::string_view request, Deadline deadline);

  const std::string program_;
  const std::vector<std::string> arguments_;
  const HelperLimits limits_;
  mutable std::timed_mutex mutex_;  // Guards what follows.
  pid_t pid_ = 0;
  int socket_ = -1;
  int calls_ = 0;
  bool started_ = false;
};

// `name` beside the running program, where all of our programs lie.
std::string ProgramBeside(const std::string& name);

}  // namespace lintel
