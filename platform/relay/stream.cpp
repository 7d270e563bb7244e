#include "platform/relay/stream.h"

#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr auto kAnswerTime = std::chrono::seconds(2);  // Redis' own, beyond what it was asked to wait.

// One entry of an answer: [id, [field, value, ...]].
absl::StatusOr<event::v1::Event> ToEvent(const RedisReply& entry) {
  if (entry.items.size() == 2) {
    const std::vector<RedisReply>& fields = entry.items[1].items;
    event::v1::Event event;
    if (fields.size() >= 2 && fields[0].text == "e" && event.ParseFromString(fields[1].text)) return event;
  }
  return absl::DataLossError("an entry of the stream is no event");
}

}  // namespace

absl::StatusOr<EventPosition> EndOfStream(Redis& redis, const std::string& stream, Redis::Deadline deadline) {
  ASSIGN_OR_RETURN(const RedisReply last, redis.Run({"XREVRANGE", stream, "+", "-", "COUNT", "1"}, deadline));
  if (last.items.empty() || last.items[0].items.empty()) return EventPosition{};
  return FromStreamId(last.items[0].items[0].text);
}

absl::StatusOr<std::vector<event::v1::Event>> ReadStream(Redis& redis, const std::string& stream, EventPosition after,
                                                         int most, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience + kAnswerTime;
  ASSIGN_OR_RETURN(const RedisReply reply, redis.Run({"XREAD", "COUNT", std::to_string(most), "BLOCK",
                                                      std::to_string(std::max<int64_t>(patience.count(), 1)), "STREAMS",
                                                      stream, ToStreamId(after)},
                                                     deadline));
  std::vector<event::v1::Event> events;
  if (reply.items.empty() || reply.items[0].items.size() < 2) return events;
  for (const RedisReply& entry : reply.items[0].items[1].items) {
    ASSIGN_OR_RETURN(event::v1::Event event, ToEvent(entry));
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace lintel
