// A service's own sealed events: read by its relay for Redis and, through ReadEvents, by consumers that missed some.
#pragma once

#include "lintel/event/v1/event.pb.h"
#include "platform/relay/chain.h"
#include "platform/server/call.h"

namespace lintel {

// A place in one service's events. Nothing was read yet: {0, 0}.
struct EventPosition {
  int64_t epoch = 0;
  int64_t position = 0;
  auto operator<=>(const EventPosition&) const = default;
};

// "1-42": the id of the stream's entry.
std::string ToStreamId(EventPosition position);
EventPosition FromStreamId(const std::string& id);

// "lintel:sales:events".
std::string StreamOf(const std::string& service);

class EventLog {
 public:
  // The job role's database: events of all tenants in one order.
  explicit EventLog(pg::Database& job) : job_(job) {}

  // lintel.event.v1.EventLogService/ReadEvents.
  absl::StatusOr<event::v1::ReadEventsResponse> ReadEvents(const Call& call,
                                                           const event::v1::ReadEventsRequest& request);

  // At most `limit` sealed events after `after`, in order, and the head.
  absl::StatusOr<event::v1::ReadEventsResponse> Read(EventPosition after, int limit,
                                                     std::chrono::steady_clock::time_point deadline);

 private:
  pg::Database& job_;
};

}  // namespace lintel
