#include "services/sales/app/notices.h"

#include "platform/jobs/jobs.h"

namespace lintel::sales {
namespace {

constexpr char kKind[] = "notice.send";
constexpr auto kPatience = std::chrono::seconds(5);

}  // namespace

void ScheduleNotice(pg::Transaction& tx, const Cause& cause, const identity::v1::SendNoticeRequest& notice) {
  Jobs(tx, cause.now)
      .Schedule({.tenant = cause.tenant,
                 .kind = kKind,
                 .key = notice.key(),
                 .run_at = cause.now,
                 .payload = notice.SerializeAsString(),
                 .actor = cause.actor});
}

void RegisterNotices(JobRunner& jobs, Peers& peers) {
  jobs.Handle(kKind, [&peers](JobRun& run) -> absl::Status {
    identity::v1::SendNoticeRequest notice;
    if (!notice.ParseFromString(run.job().payload)) return absl::DataLossError("the notice cannot be read");
    return peers.SendNotice({.deadline = std::chrono::steady_clock::now() + kPatience, .tenant = run.job().tenant},
                            notice);
  });
}

}  // namespace lintel::sales
