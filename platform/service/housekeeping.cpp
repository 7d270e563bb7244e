#include "platform/service/housekeeping.h"

namespace lintel {
namespace {

constexpr char kRequests[] = "DELETE FROM requests WHERE created_time < $1::timestamptz - interval '7 days'";
constexpr char kProcesses[] = R"sql(
  DELETE FROM processes WHERE direction IN ('done', 'undone') AND updated_time < $1::timestamptz - interval '90 days')sql";
constexpr char kJobs[] = R"sql(
  DELETE FROM jobs WHERE state IN ('done', 'cancelled') AND updated_time < $1::timestamptz - interval '90 days')sql";

}  // namespace

absl::Status KeepHouse(JobRun& run) {
  return run.Again(run.Now() + std::chrono::hours(1), [&](pg::Transaction& tx) {
    tx.Query(kRequests, run.Now());
    tx.Query(kProcesses, run.Now());
    tx.Query(kJobs, run.Now());
    return absl::OkStatus();
  });
}

}  // namespace lintel
