// Notices in operators' inboxes that come with a change: a job sends each, so that none is lost and none sent twice.
#pragma once

#include "platform/jobs/runner.h"
#include "services/sales/app/peers.h"

namespace lintel::sales {

// In the transaction of what it tells of. Nothing for who is no operator; once per key of the notice.
void ScheduleNotice(pg::Transaction& tx, const Cause& cause, const identity::v1::SendNoticeRequest& notice);

void RegisterNotices(JobRunner& jobs, Peers& peers);

}  // namespace lintel::sales
