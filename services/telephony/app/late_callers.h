// Who called, for records that were written before customers had said so: it was away, or this process heard only of
// the call's end. One durable job per call asks until there is an answer.
#pragma once

#include "lintel/telephony/v1/events.pb.h"
#include "platform/client/channel.h"
#include "platform/jobs/runner.h"

namespace lintel::telephony {

class LateCallers {
 public:
  // Both must outlive it.
  LateCallers(pg::Database& app, Channel& customers) : app_(app), customers_(customers) {}

  // In the transaction that writes the record. `event` is what was told of it.
  static void Schedule(pg::Transaction& tx, const Cause& cause, const v1::CallRecorded& event);

  void Register(JobRunner& jobs);

 private:
  absl::Status Run(JobRun& run);

  pg::Database& app_;
  Channel& customers_;
};

}  // namespace lintel::telephony
