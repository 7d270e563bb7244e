// Keeps this process's cache of principals true between two questions (DESIGN 3.7): it follows what identity announces,
// from the stream's end on. No position is stored, for the cache itself is only memory; what passes while Redis is away
// is answered by asking anew for everybody, and the cache's own age stays the safety net.
#pragma once

#include <optional>
#include <string>

#include "platform/auth/principal_cache.h"
#include "platform/consumer/turns.h"
#include "platform/redis/redis.h"
#include "platform/relay/event_log.h"

namespace lintel {

class PrincipalWatch {
 public:
  // `cache` and `redis` must outlive it. `stream`: identity's.
  PrincipalWatch(PrincipalCache& cache, Redis& redis, std::string stream = StreamOf("identity"));

  void Start() { turns_.Start(); }
  void Stop() { turns_.Stop(); }

  // Finds the stream's end, or reads on from it and waits at most `patience` for something new. The thread calls it,
  // and so do tests. Not for two threads.
  absl::Status Turn(std::chrono::milliseconds patience);

 private:
  absl::Status FindEnd();
  absl::Status ReadOn(std::chrono::milliseconds patience);
  void Apply(const event::v1::Event& event);

  PrincipalCache& cache_;
  Redis& redis_;
  const std::string stream_;
  std::optional<EventPosition> at_;  // Unknown before the first turn and after a failure.
  Turns turns_;                      // Last: its thread uses the others.
};

}  // namespace lintel
