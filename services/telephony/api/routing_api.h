// Queues, voice flows, trunks and numbers (proto/lintel/telephony/v1/routing.proto). After each change the catalogue is
// read again, so that the next call meets it.
#pragma once

#include "lintel/telephony/v1/routing.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/telephony/app/exchange.h"
#include "services/telephony/app/registrar.h"

namespace lintel::telephony {

class RoutingApi {
 public:
  RoutingApi(lintel::Commands& commands, Exchange& exchange, Catalogue& catalogue, Registrar& registrar)
      : commands_(commands), exchange_(exchange), catalogue_(catalogue), registrar_(registrar) {}
  void Register(Server& server);

  absl::StatusOr<v1::Queue> CreateQueue(const Call& call, const v1::CreateQueueRequest& request);
  absl::StatusOr<v1::Queue> UpdateQueue(const Call& call, const v1::UpdateQueueRequest& request);
  absl::StatusOr<v1::Queue> GetQueue(const Call& call, const v1::GetQueueRequest& request);
  absl::StatusOr<v1::ListQueuesResponse> ListQueues(const Call& call, const v1::ListQueuesRequest& request);

  absl::StatusOr<v1::Trunk> CreateTrunk(const Call& call, const v1::CreateTrunkRequest& request);
  absl::StatusOr<v1::ListTrunksResponse> ListTrunks(const Call& call, const v1::ListTrunksRequest& request);
  absl::StatusOr<v1::Number> CreateNumber(const Call& call, const v1::CreateNumberRequest& request);
  absl::StatusOr<v1::Number> UpdateNumber(const Call& call, const v1::UpdateNumberRequest& request);
  absl::StatusOr<v1::ListNumbersResponse> ListNumbers(const Call& call, const v1::ListNumbersRequest& request);

 private:
  v1::Queue Describe(const QueueRecord& queue) const;
  lintel::Commands& commands_;
  Exchange& exchange_;
  Catalogue& catalogue_;
  Registrar& registrar_;
};

}  // namespace lintel::telephony
