#include "platform/consumer/consumer.h"

#include <algorithm>

#include "platform/log/log.h"
#include "platform/relay/stream.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kBatch = 200;
constexpr auto kBlock = milliseconds(1000);
constexpr auto kPollOwner = milliseconds(500);  // While Redis is away.
constexpr auto kOwnerPatience = std::chrono::seconds(5);

constexpr char kStored[] = "SELECT epoch, position FROM consumer_positions WHERE source = $1";
constexpr char kLock[] = R"sql(
  INSERT INTO consumer_positions (source, epoch, position) VALUES ($1, 0, 0)
  ON CONFLICT (source) DO UPDATE SET source = excluded.source RETURNING epoch, position)sql";
constexpr char kMove[] = "UPDATE consumer_positions SET epoch = $2, position = $3 WHERE source = $1";

EventPosition PositionOf(const event::v1::Event& event) { return {event.epoch(), event.position()}; }

// Positions go on over epochs: the next event is one further whatever its epoch.
bool Follows(EventPosition at, const event::v1::Event& event) { return event.position() == at.position + 1; }

}  // namespace

Consumer::Consumer(std::string source, Channel& owner, Redis& redis, pg::Database& job, Metrics& metrics,
                   std::string stream)
    : source_(std::move(source)),
      stream_(stream.empty() ? StreamOf(source_) : std::move(stream)),
      owner_(owner),
      redis_(redis),
      job_(job),
      position_(metrics.Gauge("lintel_consumer_position", "Newest event applied", {{"source", source_}})),
      gaps_(metrics.Counter("lintel_consumer_gaps_total", "Reads that went to the owner", {{"source", source_}})),
      turns_("consumer", {{"source", source_}}, [this] { return Turn(kBlock).status(); }) {}

absl::StatusOr<int> Consumer::Turn(milliseconds patience) {
  ASSIGN_OR_RETURN(const EventPosition at, StoredPosition());
  absl::StatusOr<Events> events = FromRedis(at, patience);
  const bool redis_away = !events.ok();
  if (redis_away || (!events->empty() && !Follows(at, events->front()))) {
    if (!redis_away) gaps_.Increment();
    events = FromOwner(at);
    RETURN_IF_ERROR(events.status());
  }
  if (events->empty()) {
    if (redis_away) turns_.Rest(std::min(patience, kPollOwner));
    return 0;
  }
  if (!Follows(at, events->front())) {
    RETURN_IF_ERROR(Diverged(at, events->front()));
    return 0;
  }
  const absl::Status applied = Apply(at, *events);
  if (!applied.ok() && events->size() > 1) {
    // What comes before the one that fails must not wait for it.
    RETURN_IF_ERROR(Apply(at, std::span(*events).first(1)));
    return 1;
  }
  RETURN_IF_ERROR(applied);
  return static_cast<int>(events->size());
}

absl::StatusOr<EventPosition> Consumer::StoredPosition() {
  return job_.Run<EventPosition>({.read_only = true}, [&](pg::Transaction& tx) -> absl::StatusOr<EventPosition> {
    const pqxx::result rows = tx.Query(kStored, source_);
    if (rows.empty()) return EventPosition{};
    return EventPosition{rows[0][0].as<int64_t>(), rows[0][1].as<int64_t>()};
  });
}

absl::StatusOr<Consumer::Events> Consumer::FromRedis(EventPosition after, milliseconds patience) {
  ASSIGN_OR_RETURN(Events events, ReadStream(redis_, stream_, after, kBatch, patience));
  // What stands behind a gap inside the batch is read again once the gap is reached.
  const auto gap = std::adjacent_find(
      events.begin(), events.end(), [](const auto& one, const auto& next) { return !Follows(PositionOf(one), next); });
  if (gap != events.end()) events.erase(gap + 1, events.end());
  return events;
}

absl::StatusOr<Consumer::Events> Consumer::FromOwner(EventPosition after) {
  event::v1::ReadEventsRequest request;
  request.set_after_epoch(after.epoch);
  request.set_after_position(after.position);
  request.set_limit(kBatch);
  ASSIGN_OR_RETURN(const event::v1::ReadEventsResponse response,
                   owner_.Call<event::v1::ReadEventsResponse>("lintel.event.v1.EventLogService/ReadEvents", request,
                                                              {.deadline = SteadyClock::now() + kOwnerPatience}));
  return Events(response.events().begin(), response.events().end());
}

absl::Status Consumer::Apply(EventPosition after, std::span<const event::v1::Event> events) {
  const EventPosition end = PositionOf(events.back());
  const absl::Status applied = job_.Execute({}, [&](pg::Transaction& tx) -> absl::Status {
    const pqxx::row stored = tx.Query(kLock, source_)[0];
    if (EventPosition{stored[0].as<int64_t>(), stored[1].as<int64_t>()} != after) {
      return absl::AbortedError("another replica, or a rebuild, moved the position");
    }
    for (const event::v1::Event& event : events) RETURN_IF_ERROR(RunEffect(tx, event));
    tx.Query(kMove, source_, end.epoch, end.position);
    return absl::OkStatus();
  });
  if (applied.code() == absl::StatusCode::kAborted) return absl::OkStatus();
  if (applied.ok()) position_.Set(static_cast<double>(end.position));
  return applied;
}

absl::Status Consumer::RunEffect(pg::Transaction& tx, const event::v1::Event& event) {
  const auto effect = effects_.find(event.type());
  if (effect == effects_.end()) return absl::OkStatus();
  const absl::Status status = effect->second(tx, event);
  // An effect's own ABORTED would read as "moved".
  if (status.code() == absl::StatusCode::kAborted) return absl::UnavailableError(status.message());
  return status;
}

// The owner was restored from a backup older than what was read here: what was built rests on events that are gone.
absl::Status Consumer::Diverged(EventPosition at, const event::v1::Event& event) {
  log::Warn("source went back",
            {{"source", source_}, {"readTo", ToStreamId(at)}, {"next", ToStreamId(PositionOf(event))}});
  if (reset_) return Rebuild();
  return job_.Execute({}, [&](pg::Transaction& tx) {
    tx.Query(kLock, source_);
    tx.Query(kMove, source_, at.epoch, event.position() - 1);
    return absl::OkStatus();
  });
}

absl::Status Consumer::Rebuild() {
  return job_.Execute({.deadline = SteadyClock::now() + std::chrono::minutes(5)},
                      [&](pg::Transaction& tx) -> absl::Status {
                        tx.Query(kLock, source_);
                        if (reset_) RETURN_IF_ERROR(reset_(tx));
                        tx.Query(kMove, source_, 0, 0);
                        return absl::OkStatus();
                      });
}

}  // namespace lintel
