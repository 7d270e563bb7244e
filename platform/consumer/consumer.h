// Another service's events, each applied exactly once (DESIGN 3.4): the effect and the position it was read to commit
// in one transaction. The fast way is Redis; a gap there, or Redis away, is filled through the owner's ReadEvents.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "platform/client/channel.h"
#include "platform/consumer/turns.h"
#include "platform/metrics/metrics.h"
#include "platform/redis/redis.h"
#include "platform/relay/event_log.h"

namespace lintel {

// Reads one source. A service has one of these per service it listens to, each with a thread of its own.
class Consumer {
 public:
  using Effect = std::function<absl::Status(pg::Transaction&, const event::v1::Event&)>;

  // `job`: effects run as the job role, which sees all tenants, so an effect names event.tenant_id() itself. All of
  // them must outlive the consumer.
  Consumer(std::string source, Channel& owner, Redis& redis, pg::Database& job, Metrics& metrics,
           std::string stream = "");

  // What an event of this type does. It runs in a transaction that may be tried again, together with its neighbours, so
  // it touches nothing else and calls nobody. A failure stops this source until it succeeds: nothing is skipped.
  // Types without an effect are passed over.
  template <class Payload>
  void On(std::function<absl::Status(pg::Transaction&, const event::v1::Event&, const Payload&)> effect) {
    effects_[Payload::descriptor()->full_name()] =
        [effect = std::move(effect)](pg::Transaction& tx, const event::v1::Event& event) -> absl::Status {
      Payload payload;
      if (!payload.ParseFromString(event.payload())) return absl::DataLossError("an event's payload cannot be read");
      return effect(tx, event, payload);
    };
  }

  // Empties what the effects built, for a rebuild from zero.
  void OnReset(std::function<absl::Status(pg::Transaction&)> reset) { reset_ = std::move(reset); }

  void Start() { turns_.Start(); }
  void Stop() { turns_.Stop(); }

  // Empties what was built and reads everything again from the first event; also while running.
  absl::Status Rebuild();

  // Reads and applies once, waiting at most `patience` for something new; how many events it moved on by. The thread
  // calls it, and so do tests. Not for two threads.
  absl::StatusOr<int> Turn(std::chrono::milliseconds patience);

 private:
  using Events = std::vector<event::v1::Event>;

  absl::StatusOr<EventPosition> StoredPosition();
  absl::StatusOr<Events> FromRedis(EventPosition after, std::chrono::milliseconds patience);
  absl::StatusOr<Events> FromOwner(EventPosition after);
  absl::Status Apply(EventPosition after, std::span<const event::v1::Event> events);
  absl::Status RunEffect(pg::Transaction& tx, const event::v1::Event& event);
  absl::Status Diverged(EventPosition at, const event::v1::Event& event);

  const std::string source_;
  const std::string stream_;
  Channel& owner_;
  Redis& redis_;
  pg::Database& job_;
  prometheus::Gauge& position_;
  prometheus::Counter& gaps_;
  std::map<std::string, Effect> effects_;
  std::function<absl::Status(pg::Transaction&)> reset_;
  Turns turns_;  // Last: its thread uses the others.
};

}  // namespace lintel
