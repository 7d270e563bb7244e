// Reminds the owner of a customer of the next contact they noted: a job that puts a task into the owner's inbox.
#pragma once

#include "platform/client/channel.h"
#include "platform/jobs/runner.h"
#include "services/customers/domain/customer.h"
#include "services/customers/store/timeline_store.h"

namespace lintel::customers {

inline constexpr char kFollowUp[] = "customers.follow-up";

Job FollowUpJob(int64_t tenant, const Customer& customer, const Visit& visit);

// The job: asks identity to send the task, keyed by the visit, so that trying again sends nothing twice.
absl::Status RunFollowUp(JobRun& run, Channel& identity);

}  // namespace lintel::customers
