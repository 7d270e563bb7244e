// Redis with a deadline on everything: RAII over hiredis. Redis is never the only copy of anything, so callers treat
// REDIS_AWAY as "later", not as a failure of their own.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

struct redisContext;

namespace lintel {

// An answer of Redis, as a tree.
struct RedisReply {
  enum class Kind { kNil, kInteger, kText, kArray, kError };
  Kind kind = Kind::kNil;
  int64_t integer = 0;
  std::string text;  // kText (any bytes) and kError
  std::vector<RedisReply> items;
};

using RedisCommand = std::vector<std::string>;

class Redis {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // `address`: the path of a socket, or host:port. Nothing is connected until the first command. The process ignores
  // SIGPIPE from now on: hiredis writes to connections that Redis may have closed.
  explicit Redis(std::string address);
  ~Redis();

  // UNAVAILABLE REDIS_AWAY when it cannot be reached or hangs up, DEADLINE_EXCEEDED when the answer is late, INTERNAL
  // with Redis' own words when it refuses. Threads: any; each has a connection of its own while its command runs. A
  // connection that Redis had closed while it lay idle is replaced and the command sent again, so a command must be
  // harmless when repeated.
  absl::StatusOr<RedisReply> Run(const RedisCommand& command, Deadline deadline);

  // Sends all at once. Refusals are items of kind kError, in their place.
  absl::StatusOr<std::vector<RedisReply>> RunAll(const std::vector<RedisCommand>& commands, Deadline deadline);

 private:
  struct Close {
    void operator()(redisContext* context) const;
  };
  using Connection = std::unique_ptr<redisContext, Close>;

  absl::StatusOr<Connection> Connect(Deadline deadline) const;
  Connection TakeIdle();
  void Return(Connection connection);
  static absl::StatusOr<std::vector<RedisReply>> Exchange(redisContext& context,
                                                          const std::vector<RedisCommand>& commands, Deadline deadline);

  const std::string address_;
  std::mutex mutex_;
  std::vector<Connection> idle_;
};

}  // namespace lintel
