// Runs jobs: claims what is due with SKIP LOCKED under a lease, tries again with backoff, and gives up loudly.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/jobs/jobs.h"
#include "platform/metrics/metrics.h"

namespace lintel {

// One run of a job. Its transactions see the job's tenant only (tenant 0: all, for the service's own jobs).
class JobRun {
 public:
  JobRun(Job job, std::string lease, pg::Database& database, Clock clock)
      : job_(std::move(job)), lease_(std::move(lease)), database_(database), clock_(std::move(clock)) {}

  const Job& job() const { return job_; }
  Instant Now() const { return clock_(); }
  // For Outbox: the job acts for whom asked for it.
  Cause CauseNow() const;

  // The effect and the job's end in one transaction; the effect answers what the operation shows as its response (JSON,
  // may be empty). CANCELLED when the job was cancelled or its lease went to somebody else: the effect is undone.
  absl::Status Complete(const std::function<absl::StatusOr<std::string>(pg::Transaction&)>& effect);

  // A part of long work: its effect, the progress (0 to 100) and a longer lease in one transaction. CANCELLED as above.
  absl::Status Advance(int percent, const std::function<absl::Status(pg::Transaction&)>& effect);

  // Ends this run and waits until `run_at` for the next: periodic work.
  absl::Status Again(Instant run_at, const std::function<absl::Status(pg::Transaction&)>& effect);

  bool ended() const { return ended_; }

 private:
  absl::Status InLease(const char* sql, const std::string& value,
                       const std::function<absl::StatusOr<std::string>(pg::Transaction&)>& effect);
  const Job job_;
  const std::string lease_;
  pg::Database& database_;
  const Clock clock_;
  bool ended_ = false;
};

// Does the work and ends with Complete or Again; OK without either completes the job with no effect. UNAVAILABLE,
// DEADLINE_EXCEEDED, ABORTED, RESOURCE_EXHAUSTED, INTERNAL and UNKNOWN are tried again with backoff; anything else is a
// refusal and fails the job at once. A run that takes longer than a minute calls Advance at least that often.
using JobHandler = std::function<absl::Status(JobRun&)>;

class JobRunner {
 public:
  // `app` for the effects of a tenant's jobs, `job` for claiming. They and `metrics` must outlive the runner.
  JobRunner(pg::Database& app, pg::Database& job, Clock clock, Metrics& metrics);
  ~JobRunner();

  // Before Start. Kinds without a handler stay waiting.
  void Handle(const std::string& kind, JobHandler handler);

  void Start(int threads = 2);
  void Stop();
  // Something may be due now.
  void Wake();

  // Claims and runs one due job; false when none is due. The threads call it, and so do tests.
  absl::StatusOr<bool> RunOne();

 private:
  struct Claimed {
    Job job;
    std::string lease;
  };
  absl::StatusOr<std::optional<Claimed>> Claim();
  absl::Status Fail(const Claimed& claimed, const absl::Status& why);
  void Loop();

  pg::Database& app_;
  pg::Database& job_;
  const Clock clock_;
  prometheus::Counter& failed_;
  std::map<std::string, JobHandler> handlers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace lintel
