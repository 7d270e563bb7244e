// Consultants, policies and what is about to be due (proto/lintel/sales/v1/policies.proto).
#pragma once

#include "platform/command/command.h"
#include "platform/process/process.h"
#include "platform/server/server.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/peers.h"

namespace lintel::sales {

class PeopleService {
 public:
  PeopleService(Commands& commands, Processes& processes, Peers& peers)
      : commands_(commands), processes_(processes), peers_(peers) {}
  void Register(Server& server);

  absl::StatusOr<v1::Consultant> CreateConsultant(const Call& call, const v1::CreateConsultantRequest& request);
  absl::StatusOr<v1::Consultant> GetConsultant(const Call& call, const v1::GetConsultantRequest& request);
  absl::StatusOr<v1::ListConsultantsResponse> ListConsultants(const Call& call,
                                                              const v1::ListConsultantsRequest& request);
  absl::StatusOr<v1::Consultant> UpdateConsultant(const Call& call, const v1::UpdateConsultantRequest& request);
  absl::StatusOr<v1::HandOverDealsResponse> HandOverDeals(const Call& call, const v1::HandOverDealsRequest& request);
  absl::StatusOr<v1::Policy> GetPolicy(const Call& call, const v1::GetPolicyRequest& request);
  absl::StatusOr<v1::Policy> UpdatePolicy(const Call& call, const v1::UpdatePolicyRequest& request);
  absl::StatusOr<v1::ListRemindersResponse> ListReminders(const Call& call, const v1::ListRemindersRequest& request);

 private:
  Commands& commands_;
  Processes& processes_;
  Peers& peers_;
};

}  // namespace lintel::sales
