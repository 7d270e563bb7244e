// Who sells and by which rules: consultants, policies, contract number ranges, reminders (INV-02, INV-04, CFG-01 to
// 09).
#pragma once

#include "lintel/sales/v1/events.pb.h"
#include "lintel/sales/v1/policies.pb.h"
#include "lintel/sales/v1/sales.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/sales/store/setup_store.h"

namespace lintel::sales {

class SetupService {
 public:
  explicit SetupService(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::Consultant> CreateConsultant(const Call& call, const v1::CreateConsultantRequest& request);
  absl::StatusOr<v1::Consultant> GetConsultant(const Call& call, const v1::GetConsultantRequest& request);
  absl::StatusOr<v1::ListConsultantsResponse> ListConsultants(const Call& call,
                                                              const v1::ListConsultantsRequest& request);
  absl::StatusOr<v1::Consultant> UpdateConsultant(const Call& call, const v1::UpdateConsultantRequest& request);
  absl::StatusOr<v1::Policy> GetPolicy(const Call& call, const v1::GetPolicyRequest& request);
  absl::StatusOr<v1::Policy> UpdatePolicy(const Call& call, const v1::UpdatePolicyRequest& request);
  absl::StatusOr<v1::ListRemindersResponse> ListReminders(const Call& call, const v1::ListRemindersRequest& request);
  absl::StatusOr<v1::ContractNumberRange> CreateContractNumberRange(
      const Call& call, const v1::CreateContractNumberRangeRequest& request);
  absl::StatusOr<v1::ListContractNumberRangesResponse> ListContractNumberRanges(
      const Call& call, const v1::ListContractNumberRangesRequest& request);
  absl::StatusOr<v1::ListContractNumbersResponse> ListContractNumbers(const Call& call,
                                                                      const v1::ListContractNumbersRequest& request);

 private:
  Commands& commands_;
};

}  // namespace lintel::sales
