#include "platform/consumer/consumer.h"

#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kBatch = 200;
constexpr auto kBlock = milliseconds(1000);
constexpr auto kPollOwner = milliseconds(500);  // While Redis is away.
constexpr auto kPause = milliseconds(1000);     // After a failure.
constexpr auto kOwnerPatience = std::chrono::seconds(5);

constexpr char kStored[] = "SELECT epoch, position FROM consumer_positions WHERE source = $1";
constexpr char kLock[] = R"sql(
  INSERT INTO consumer_positions (source, epoch, position) VALUES ($1, 0, 0)
  ON CONFLICT (source) DO UPDATE SET source = excluded.source RETURNING epoch, position)sql";
constexpr char kMove[] = "UPDATE consumer_positions SET epoch = $2, position = $3 WHERE source = $1";

EventPosition PositionOf(const event::v1::Event& event) { return {event.epoch(), event.position()}; }

// Positions go on over epochs: the next event is one further whatever its epoch.
bool Follows(EventPosition at, const event::v1::Event& event) { return event.position() == at.position + 1; }

// One entry of XREAD's answer: [id, [field, value, ...]].
absl::StatusOr<event::v1::Event> ToEvent(const RedisReply& entry) {
  if (entry.items.size() == 2) {
    const std::vector<RedisReply>& fields = entry.items[1].items;
    event::v1::Event event;
    if (fields.size() >= 2 && fields[0].text == "e" && event.ParseFromString(fields[1].text)) return event;
  }
  return absl::DataLossError("an entry of the stream is no event");
}

}  // namespace

Consumer::Consumer(std::string source, Channel& owner, Redis& redis, pg::Database& job, Metrics& metrics,
                   std::string stream)
    : source_(std::move(source)),
      stream_(stream.empty() ? StreamOf(source_) : std::move(stream)),
      owner_(owner),
      redis_(redis),
      job_(job),
      position_(metrics.Gauge("lintel_consumer_position", "Newest event applied", {{"source", source_}})),
      gaps_(metrics.Counter("lintel_consumer_gaps_total", "Reads that went to the owner", {{"source", source_}})) {}

Consumer::~Consumer() { Stop(); }

void Consumer::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Consumer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Consumer::Rest(milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] { return stopping_; });
}

void Consumer::Loop() {
  bool failing = false;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    absl::Status status;
    try {
      status = Turn(kBlock).status();
    } catch (const std::exception& failure) {
      status = absl::InternalError(failure.what());
    }
    if (!status.ok() && !failing) {
      log::Error("consumer stands still", {{"source", source_}, {"error", std::string(status.message())}});
    } else if (status.ok() && failing) {
      log::Info("consumer goes on", {{"source", source_}});
    }
    failing = !status.ok();
    if (failing) Rest(kPause);
  }
}

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
    if (redis_away) Rest(std::min(patience, kPollOwner));
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
  const auto deadline = SteadyClock::now() + patience + std::chrono::seconds(2);
  ASSIGN_OR_RETURN(const RedisReply reply, redis_.Run({"XREAD", "COUNT", std::to_string(kBatch), "BLOCK",
                                                       std::to_string(std::max<int64_t>(patience.count(), 1)),
                                                       "STREAMS", stream_, ToStreamId(after)},
                                                      deadline));
  Events events;
  if (reply.items.empty() || reply.items[0].items.size() < 2) return events;
  for (const RedisReply& entry : reply.items[0].items[1].items) {
    ASSIGN_OR_RETURN(event::v1::Event event, ToEvent(entry));
    // What stands behind a gap inside the batch is read again once the gap is reached.
    if (!events.empty() && !Follows(PositionOf(events.back()), event)) break;
    events.push_back(std::move(event));
  }
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
