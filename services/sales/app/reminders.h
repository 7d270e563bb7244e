// What is due by the clock: reminders of holds about to expire and of contracts to sign (CFG-04, 05), and the end of
// holds (CFG-08). Each is a job: it fires once, whatever restarts.
#pragma once

#include "platform/jobs/runner.h"
#include "platform/process/process.h"
#include "services/sales/app/peers.h"
#include "services/sales/domain/deal.h"
#include "services/sales/domain/hold.h"

namespace lintel::sales {

// In the transaction that makes, extends or ends the document. Scheduling again moves what waits.
void ScheduleHoldJobs(pg::Transaction& tx, const Hold& hold, Instant now);
void CancelHoldJobs(pg::Transaction& tx, const Hold& hold, Instant now);
void ScheduleSignReminder(pg::Transaction& tx, const Subscription& subscription, Instant now);
void CancelSignReminder(pg::Transaction& tx, const Subscription& subscription, Instant now);

class Reminders {
 public:
  Reminders(pg::Database& database, Processes& processes, Peers& peers)
      : database_(database), processes_(processes), peers_(peers) {}
  void Register(JobRunner& jobs);

 private:
  absl::Status RemindOfHold(JobRun& run);
  absl::Status RemindToSign(JobRun& run);
  absl::Status ExpireHold(JobRun& run);
  // In the inbox of who owns the document. The key makes it one notice, however often it is sent.
  absl::Status Notify(JobRun& run, const std::string& operator_name, const std::string& subject,
                      const std::string& kind, const std::string& room_label, const std::string& zh,
                      const std::string& en);

  pg::Database& database_;
  Processes& processes_;
  Peers& peers_;
};

}  // namespace lintel::sales
