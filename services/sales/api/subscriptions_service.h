// Subscriptions (proto/lintel/sales/v1/sales.proto).
#pragma once

#include "platform/server/server.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/deal_processes.h"

namespace lintel::sales {

class SubscriptionsService {
 public:
  SubscriptionsService(Commands& commands, Processes& processes, Peers& peers)
      : commands_(commands), processes_(processes), peers_(peers) {}
  void Register(Server& server);

  absl::StatusOr<v1::Subscription> CreateSubscription(const Call& call, const v1::CreateSubscriptionRequest& request);
  absl::StatusOr<v1::Subscription> PreviewSubscription(const Call& call, const v1::PreviewSubscriptionRequest& request);
  absl::StatusOr<v1::Subscription> GetSubscription(const Call& call, const v1::GetSubscriptionRequest& request);
  absl::StatusOr<v1::ListSubscriptionsResponse> ListSubscriptions(const Call& call,
                                                                  const v1::ListSubscriptionsRequest& request);

 private:
  Commands& commands_;
  Processes& processes_;
  Peers& peers_;
};

}  // namespace lintel::sales
