#include "services/sales/domain/deal.h"

#include "platform/status/status.h"

namespace lintel::sales {

absl::Status CheckActive(const Subscription& subscription) {
  if (subscription.state != "ACTIVE") {
    return Refused("SUBSCRIPTION_NOT_ACTIVE", "the subscription is " + subscription.state,
                   {{"state", subscription.state}});
  }
  if (!subscription.busy.empty()) {
    return WithReason(absl::StatusCode::kAborted, "DOCUMENT_BUSY", "the subscription is being changed");
  }
  return absl::OkStatus();
}

}  // namespace lintel::sales
