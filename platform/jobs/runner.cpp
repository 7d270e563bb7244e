#include "platform/jobs/runner.h"

#include <nlohmann/json.hpp>

#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr auto kPoll = std::chrono::milliseconds(500);
constexpr int kMostAttempts = 10;
constexpr auto kLongestBackoff = std::chrono::seconds(300);

// Leases live by PostgreSQL's own clock; when a job is due is the product's time ($1).
constexpr char kClaim[] = R"sql(
  UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_token = gen_random_uuid(),
                  lease_until = now() + interval '60 seconds', updated_time = $1
   WHERE id = (SELECT id FROM jobs
                WHERE kind = ANY($2::text[])
                  AND (state = 'waiting' AND run_at <= $1 OR state = 'running' AND lease_until < now())
                ORDER BY run_at FOR UPDATE SKIP LOCKED LIMIT 1)
  RETURNING id, tenant_id, kind, key, run_at, payload, actor, attempts, lease_token)sql";

constexpr char kComplete[] = R"sql(
  UPDATE jobs SET state = 'done', progress = 100, response = nullif($3, ''), lease_token = NULL, lease_until = NULL,
                  updated_time = $4
   WHERE id = $1 AND lease_token = $2 AND state = 'running' RETURNING 1)sql";
constexpr char kAdvance[] = R"sql(
  UPDATE jobs SET progress = $3::int, lease_until = now() + interval '60 seconds', updated_time = $4
   WHERE id = $1 AND lease_token = $2 AND state = 'running' RETURNING 1)sql";
constexpr char kAgain[] = R"sql(
  UPDATE jobs SET state = 'waiting', run_at = $3::timestamptz, attempts = 0, lease_token = NULL, lease_until = NULL,
                  updated_time = $4
   WHERE id = $1 AND lease_token = $2 AND state = 'running' RETURNING 1)sql";
constexpr char kFail[] = R"sql(
  UPDATE jobs SET state = $3, run_at = $4, error_code = $5, error_reason = $6, error_text = $7, lease_token = NULL,
                  lease_until = NULL, updated_time = $8
   WHERE id = $1 AND lease_token = $2 AND state = 'running')sql";

// What the operation's reader is told in their language: {message, field, metadata}.
std::string ErrorJson(const absl::Status& status) {
  const nlohmann::json json = {
      {"message", status.message()}, {"field", FieldOf(status)}, {"metadata", MetadataOf(status)}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Cause JobRun::CauseNow() const {
  return {.tenant = job_.tenant, .actor = job_.actor, .action = "jobs/" + job_.kind, .now = Now()};
}

absl::Status JobRun::InLease(const char* sql, const std::string& value,
                             const std::function<absl::StatusOr<std::string>(pg::Transaction&)>& effect) {
  return database_.Execute(
      {.tenant = job_.tenant, .deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30)},
      [&](pg::Transaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string answer, effect(tx));
        // Last, so that the row is locked only while we commit.
        const auto rows = tx.Query(sql, job_.id, lease_, value.empty() ? answer : value, Now());
        if (rows.empty()) return absl::CancelledError("the job was cancelled or taken over");
        return absl::OkStatus();
      });
}

absl::Status JobRun::Complete(const std::function<absl::StatusOr<std::string>(pg::Transaction&)>& effect) {
  const absl::Status status = InLease(kComplete, "", effect);
  ended_ = ended_ || status.ok();
  return status;
}

absl::Status JobRun::Advance(int percent, const std::function<absl::Status(pg::Transaction&)>& effect) {
  return InLease(kAdvance, std::to_string(percent), [&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
    RETURN_IF_ERROR(effect(tx));
    return "";
  });
}

absl::Status JobRun::Again(Instant run_at, const std::function<absl::Status(pg::Transaction&)>& effect) {
  const absl::Status status =
      InLease(kAgain, ToRfc3339(run_at), [&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
        RETURN_IF_ERROR(effect(tx));
        return "";
      });
  ended_ = ended_ || status.ok();
  return status;
}

JobRunner::JobRunner(pg::Database& app, pg::Database& job, Clock clock, Metrics& metrics)
    : app_(app),
      job_(job),
      clock_(std::move(clock)),
      failed_(metrics.Counter("lintel_jobs_failed_total", "Jobs that were given up")) {}

JobRunner::~JobRunner() { Stop(); }

void JobRunner::Handle(const std::string& kind, JobHandler handler) { handlers_[kind] = std::move(handler); }

void JobRunner::Start(int threads) {
  for (int i = 0; i < threads && !handlers_.empty(); ++i) threads_.emplace_back([this] { Loop(); });
}

void JobRunner::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void JobRunner::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void JobRunner::Loop() {
  for (;;) {
    bool ran = false;
    try {
      const absl::StatusOr<bool> one = RunOne();
      ran = one.ok() && *one;
    } catch (const std::exception& failure) {
      log::Error("job runner failed", {{"error", failure.what()}});
    }
    std::unique_lock lock(mutex_);
    if (!ran) changed_.wait_for(lock, kPoll, [&] { return stopping_ || woken_; });
    if (stopping_) return;
    woken_ = false;
  }
}

absl::StatusOr<std::optional<JobRunner::Claimed>> JobRunner::Claim() {
  std::vector<std::string> kinds;
  for (const auto& [kind, handler] : handlers_) kinds.push_back(kind);
  using Found = std::optional<Claimed>;
  return job_.Run<Found>({}, [&](pg::Transaction& tx) -> absl::StatusOr<Found> {
    const pqxx::result rows = tx.Query(kClaim, clock_(), pg::ArrayOf(kinds));
    if (rows.empty()) return Found();
    const pqxx::row row = rows[0];
    return Found(Claimed{.job = {.id = row[0].as<std::string>(),
                                 .tenant = row[1].as<int64_t>(),
                                 .kind = row[2].as<std::string>(),
                                 .key = row[3].as<std::string>(),
                                 .run_at = pg::ToInstant(row[4]),
                                 .payload = pg::ToBytes(row[5]),
                                 .actor = row[6].as<std::string>(),
                                 .attempts = row[7].as<int>()},
                         .lease = row[8].as<std::string>()});
  });
}

absl::StatusOr<bool> JobRunner::RunOne() {
  ASSIGN_OR_RETURN(const std::optional<Claimed> claimed, Claim());
  if (!claimed) return false;
  JobRun run(claimed->job, claimed->lease, claimed->job.tenant == 0 ? job_ : app_, clock_);
  absl::Status status;
  try {
    status = handlers_.at(claimed->job.kind)(run);
    if (status.ok() && !run.ended()) {
      status = run.Complete([](pg::Transaction&) -> absl::StatusOr<std::string> { return ""; });
    }
  } catch (const std::exception& failure) {
    status = absl::InternalError(failure.what());
  }
  if (!status.ok() && status.code() != absl::StatusCode::kCancelled) RETURN_IF_ERROR(Fail(*claimed, status));
  return true;
}

absl::Status JobRunner::Fail(const Claimed& claimed, const absl::Status& why) {
  const Job& job = claimed.job;
  const bool again = MayPass(why) && job.attempts < kMostAttempts;
  const auto backoff =
      std::min<std::chrono::seconds>(std::chrono::seconds(1 << std::min(job.attempts, 10)), kLongestBackoff);
  const log::Fields fields{{"kind", job.kind},
                           {"job", job.id},
                           {"attempt", std::to_string(job.attempts)},
                           {"error", std::string(why.message())}};
  again ? log::Warn("job will be tried again", fields) : log::Error("job given up", fields);
  if (!again) failed_.Increment();
  return job_.Execute({}, [&](pg::Transaction& tx) {
    tx.Query(kFail, job.id, claimed.lease, again ? "waiting" : "failed", clock_() + backoff,
             static_cast<int>(why.code()), ReasonOf(why), ErrorJson(why), clock_());
    return absl::OkStatus();
  });
}

}  // namespace lintel
