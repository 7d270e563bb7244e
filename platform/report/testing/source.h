// A service that has announced events, for tests of who reads them: its own outbox, relay and ReadEvents.
#pragma once

#include <memory>
#include <string>

#include "platform/consumer/consumer.h"
#include "platform/ids/ids.h"
#include "platform/relay/relay.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"

namespace lintel::testing {

class EventSource {
 public:
  // `name`: "sales". Each has a Redis stream of its own that goes with it.
  explicit EventSource(std::string name);
  ~EventSource();

  // Announces one event, as its service would have at `time`. Throws when it cannot.
  void Announce(int64_t tenant, const google::protobuf::Message& event, const std::string& aggregate, int64_t version,
                const std::string& time);
  // Seals and publishes what was announced.
  void Relay();
  // Redis forgets the stream; only ReadEvents is left.
  void ForgetStream();

  std::unique_ptr<Consumer> NewConsumer(pg::Database& reader, Metrics& metrics);
  // One that finds no Redis and reads everything from the owner.
  std::unique_ptr<Consumer> NewConsumerWithoutRedis(pg::Database& reader, Metrics& metrics);

 private:
  const std::string name_;
  const std::string stream_ = "t:" + NewId();
  TestDatabase database_{"events", {}};
  Redis redis_{TestRedis()};
  Redis no_redis_{"/nonexistent/redis.sock"};
  Metrics metrics_{"test"};
  lintel::Relay relay_;
  EventLog log_{database_.job()};
  TestServer host_;
};

// Turns until nothing new comes. Throws when a turn fails.
void CatchUp(Consumer& consumer);

}  // namespace lintel::testing
