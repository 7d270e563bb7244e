// From the outbox to Redis (DESIGN 3.4). Of all replicas of a service one relays: whoever holds the advisory lock of
// its schema. It seals unsealed rows in id order with gapless positions and the hash chain, and only then publishes
// them. Publishing twice is harmless (the entry's id is its position), and Redis may be emptied at any time: every
// second the relay compares its head with the stream's last id and appends what is missing.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "platform/metrics/metrics.h"
#include "platform/redis/redis.h"
#include "platform/relay/event_log.h"

namespace lintel {

struct RelayOptions {
  pg::PoolOptions connection;  // Of the job role; the relay has one connection of its own, which holds the lock.
  std::string stream;          // StreamOf(service)
};

class Relay {
 public:
  // `redis` and `metrics` must outlive the relay.
  Relay(RelayOptions options, Redis& redis, Metrics& metrics);
  ~Relay();

  // Seals and publishes in a thread of its own until Stop: woken by Wake (after a commit of this process), and every
  // 100 ms for what other replicas committed.
  void Start();
  void Stop();
  void Wake();

  // One step each; the thread calls them, and so do tests. Not for two threads.
  // Gives positions to at most 500 rows; how many, or 0 while another replica holds the lock.
  absl::StatusOr<int> Seal();
  // Appends to the stream what is sealed and not in it yet.
  absl::Status Publish();

 private:
  bool Turn();
  void Loop();
  absl::Status FindStreamEnd();
  absl::StatusOr<int> PublishPage();
  void LogHead();

  const RelayOptions options_;
  Redis& redis_;
  pg::Pool pool_;
  pg::Database database_{pool_};
  EventLog log_{database_};
  prometheus::Counter& sealed_;
  prometheus::Gauge& position_;

  bool leads_ = false;                      // As of the last Seal.
  ChainHead head_;                          // As of the last Seal that found rows.
  std::optional<EventPosition> published_;  // The stream's end; unknown after a failure.
  std::chrono::steady_clock::time_point compared_at_;
  std::chrono::steady_clock::time_point head_logged_at_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lintel
