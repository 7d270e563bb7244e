#include "platform/relay/relay.h"

#include "absl/strings/escaping.h"
#include "platform/log/log.h"
#include "platform/relay/stream.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kBatch = 500;
constexpr auto kPoll = std::chrono::milliseconds(100);
constexpr auto kPause = std::chrono::milliseconds(1000);  // After a failure, and while another replica leads.
constexpr auto kCompareEvery = std::chrono::seconds(1);
constexpr auto kLogHeadEvery = std::chrono::minutes(1);
constexpr auto kRedisPatience = std::chrono::seconds(2);
constexpr char kLongestStream[] = "100000";  // About; older events are read through ReadEvents.
constexpr int64_t kRefill = 10000;           // Of an emptied stream at most this many events are put back.

// The lock belongs to the session. The setting remembers that this session has it, so that it is taken only once; both
// end with the connection.
constexpr char kLead[] = R"sql(
  SELECT CASE WHEN coalesce(current_setting('lintel.relay', true), '') = 'leads' THEN 'leads'
              WHEN pg_try_advisory_lock(hashtextextended('lintel.relay/' || current_schema(), 0))
              THEN set_config('lintel.relay', 'leads', false) ELSE '' END,
         EXISTS (SELECT 1 FROM outbox WHERE position IS NULL))sql";
constexpr char kHead[] = "SELECT epoch, position, hash FROM outbox_head FOR UPDATE";
constexpr char kUnsealed[] = "SELECT " LINTEL_OUTBOX_COLUMNS " FROM outbox WHERE position IS NULL ORDER BY id LIMIT $1";
constexpr char kSeal[] = R"sql(
  UPDATE outbox AS o SET epoch = $1, position = $2 + s.place, hash = decode(s.hash, 'hex')
    FROM unnest($3::bigint[], $4::text[]) WITH ORDINALITY AS s(id, hash, place)
   WHERE o.id = s.id AND o.position IS NULL)sql";
constexpr char kMoveHead[] = "UPDATE outbox_head SET position = $1, hash = $2";

pg::PoolOptions OneConnection(pg::PoolOptions options) {
  options.size = 1;
  return options;
}

// Seals what `tx` sees, at most a batch; how many rows, and the head after them.
int SealBatch(pg::Transaction& tx, ChainHead& head) {
  const pqxx::row row = tx.Query(kHead)[0];
  head = {row[0].as<int64_t>(), row[1].as<int64_t>(), pg::ToBytes(row[2])};
  const int64_t before = head.position;
  std::vector<std::string> ids;
  std::vector<std::string> hashes;
  for (const pqxx::row& raw : tx.Query(kUnsealed, kBatch)) {
    OutboxRow sealed = ToOutboxRow(raw);
    sealed.epoch = head.epoch;
    sealed.position = ++head.position;
    head.hash = ChainHash(head.hash, sealed);
    ids.push_back(std::to_string(sealed.id));
    hashes.push_back(absl::BytesToHexString(head.hash));
  }
  if (ids.empty()) return 0;
  const pqxx::result sealed = tx.Query(kSeal, head.epoch, before, pg::ArrayOf(ids), pg::ArrayOf(hashes));
  // The head's lock and ours make this impossible; a gap would be for ever, so it is checked.
  if (sealed.affected_rows() != ids.size()) throw std::runtime_error("rows were sealed by somebody else");
  tx.Query(kMoveHead, head.position, pg::Bytes(head.hash));
  return static_cast<int>(ids.size());
}

bool IsAlreadyThere(const RedisReply& reply) {
  return reply.text.find("equal or smaller than the target stream top item") != std::string::npos;
}

}  // namespace

Relay::Relay(RelayOptions options, Redis& redis, Metrics& metrics)
    : options_(std::move(options)),
      redis_(redis),
      pool_(OneConnection(options_.connection)),
      sealed_(metrics.Counter("lintel_relay_sealed_events_total", "Outbox rows given a position")),
      position_(metrics.Gauge("lintel_relay_published_position", "Position of the newest event in Redis")) {}

Relay::~Relay() { Stop(); }

void Relay::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Relay::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Relay::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void Relay::Loop() {
  bool failing = false;
  for (;;) {
    bool good = false;
    try {
      good = Turn();
    } catch (const std::exception& failure) {
      log::Error("relay failed", {{"error", failure.what()}});
    }
    if (good == failing) {
      failing = !good;
      good ? log::Info("relay leads") : log::Info("relay waits", {{"stream", options_.stream}});
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, good ? kPoll : kPause, [&] { return stopping_ || (woken_ && good); });
    if (stopping_) return;
    woken_ = false;
  }
}

// False when there is nothing to hurry for: another replica leads, or PostgreSQL or Redis is away.
bool Relay::Turn() {
  int sealed = 0;
  do {
    const absl::StatusOr<int> count = Seal();
    if (!count.ok()) {
      log::Warn("relay cannot seal", {{"error", std::string(count.status().message())}});
      return false;
    }
    if (!leads_) return false;
    sealed = *count;
    if (const absl::Status published = Publish(); !published.ok()) {
      log::Warn("relay cannot publish", {{"error", std::string(published.message())}});
      if (sealed < kBatch) return false;
    }
  } while (sealed == kBatch);
  LogHead();
  return true;
}

absl::StatusOr<int> Relay::Seal() {
  ChainHead head;
  int count = 0;
  bool leads = false;
  const absl::Status done = database_.Execute({}, [&](pg::Transaction& tx) {
    const pqxx::row state = tx.Query(kLead)[0];
    leads = state[0].as<std::string>() == "leads";
    count = leads && state[1].as<bool>() ? SealBatch(tx, head) : 0;
    return absl::OkStatus();
  });
  leads_ = done.ok() && leads;
  if (!leads_) published_.reset();
  RETURN_IF_ERROR(done);
  if (count > 0) head_ = head;
  sealed_.Increment(count);
  return count;
}

absl::Status Relay::Publish() {
  if (!published_ || SteadyClock::now() - compared_at_ >= kCompareEvery) {
    published_.reset();
    RETURN_IF_ERROR(FindStreamEnd());
  } else if (EventPosition{head_.epoch, head_.position} <= *published_) {
    return absl::OkStatus();
  }
  for (;;) {
    const absl::StatusOr<int> count = PublishPage();
    if (!count.ok()) {
      published_.reset();
      return count.status();
    }
    if (*count < kBatch) return absl::OkStatus();
  }
}

// Where the stream ends. A stream whose end our database does not know belongs to one that is gone (a backup was
// restored, a test ended): it is dropped.
absl::Status Relay::FindStreamEnd() {
  const auto deadline = SteadyClock::now() + kRedisPatience;
  ASSIGN_OR_RETURN(EventPosition end, EndOfStream(redis_, options_.stream, deadline));
  ASSIGN_OR_RETURN(const event::v1::ReadEventsResponse page, log_.Read({end.epoch, end.position - 1}, 1, deadline));
  const bool known =
      !page.events().empty() && page.events(0).epoch() == end.epoch && page.events(0).position() == end.position;
  if (end != EventPosition{} && !known) {
    log::Warn("stream is not of this database and starts anew", {{"stream", options_.stream}});
    ASSIGN_OR_RETURN(const RedisReply dropped, redis_.Run({"DEL", options_.stream}, deadline));
    end = {};
  }
  if (end == EventPosition{} && page.head_position() > kRefill) {
    end = {page.head_epoch(), page.head_position() - kRefill};
  }
  published_ = end;
  compared_at_ = SteadyClock::now();
  return absl::OkStatus();
}

absl::StatusOr<int> Relay::PublishPage() {
  ASSIGN_OR_RETURN(const event::v1::ReadEventsResponse page,
                   log_.Read(*published_, kBatch, SteadyClock::now() + kRedisPatience));
  if (page.events().empty()) return 0;
  std::vector<RedisCommand> commands;
  for (const event::v1::Event& event : page.events()) {
    commands.push_back({"XADD", options_.stream, "MAXLEN", "~", kLongestStream,
                        ToStreamId({event.epoch(), event.position()}), "e", event.SerializeAsString()});
  }
  ASSIGN_OR_RETURN(const std::vector<RedisReply> replies, redis_.RunAll(commands, SteadyClock::now() + kRedisPatience));
  for (const RedisReply& reply : replies) {
    if (reply.kind == RedisReply::Kind::kError && !IsAlreadyThere(reply)) return absl::UnavailableError(reply.text);
  }
  const event::v1::Event& last = *page.events().rbegin();
  published_ = {last.epoch(), last.position()};
  position_.Set(static_cast<double>(last.position()));
  return page.events_size();
}

// The head, written outside the database each minute: who rewrites the whole chain is found by it.
void Relay::LogHead() {
  const auto now = SteadyClock::now();
  if (head_.hash.empty() || now - head_logged_at_ < kLogHeadEvery) return;
  head_logged_at_ = now;
  log::Info("chain head", {{"stream", options_.stream},
                           {"epoch", std::to_string(head_.epoch)},
                           {"position", std::to_string(head_.position)},
                           {"hash", absl::BytesToHexString(head_.hash)}});
}

}  // namespace lintel
