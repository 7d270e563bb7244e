// Contracts and their numbers (proto/lintel/sales/v1/sales.proto).
#pragma once

#include "platform/server/server.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/deal_processes.h"

namespace lintel::sales {

class ContractsService {
 public:
  ContractsService(Commands& commands, Processes& processes) : commands_(commands), processes_(processes) {}
  void Register(Server& server);

  absl::StatusOr<v1::Contract> CreateContract(const Call& call, const v1::CreateContractRequest& request);
  absl::StatusOr<v1::Contract> GetContract(const Call& call, const v1::GetContractRequest& request);
  absl::StatusOr<v1::ListContractsResponse> ListContracts(const Call& call, const v1::ListContractsRequest& request);
  absl::StatusOr<v1::ContractNumberRange> CreateContractNumberRange(
      const Call& call, const v1::CreateContractNumberRangeRequest& request);
  absl::StatusOr<v1::ListContractNumberRangesResponse> ListContractNumberRanges(
      const Call& call, const v1::ListContractNumberRangesRequest& request);
  absl::StatusOr<v1::ListContractNumbersResponse> ListContractNumbers(const Call& call,
                                                                      const v1::ListContractNumbersRequest& request);

 private:
  Commands& commands_;
  Processes& processes_;
};

}  // namespace lintel::sales
