// Contracts and their numbers (proto/lintel/sales/v1/sales.proto).
#pragma once

#include "platform/server/server.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/deal_processes.h"
#include "services/sales/app/peers.h"

namespace lintel::sales {

class ContractsService {
 public:
  ContractsService(Commands& commands, Processes& processes, Peers& peers)
      : commands_(commands), processes_(processes), peers_(peers) {}
  void Register(Server& server);

  absl::StatusOr<v1::Contract> CreateContract(const Call& call, const v1::CreateContractRequest& request);
  absl::StatusOr<v1::Contract> GetContract(const Call& call, const v1::GetContractRequest& request);
  absl::StatusOr<v1::ListContractsResponse> ListContracts(const Call& call, const v1::ListContractsRequest& request);
  absl::Status DownloadContractAttachment(const Call& call, const v1::DownloadContractAttachmentRequest& request,
                                          rpc::Writer<google::api::HttpBody>& writer);
  absl::StatusOr<v1::ContractNumberRange> CreateContractNumberRange(
      const Call& call, const v1::CreateContractNumberRangeRequest& request);
  absl::StatusOr<v1::ListContractNumberRangesResponse> ListContractNumberRanges(
      const Call& call, const v1::ListContractNumberRangesRequest& request);
  absl::StatusOr<v1::ListContractNumbersResponse> ListContractNumbers(const Call& call,
                                                                      const v1::ListContractNumbersRequest& request);

 private:
  Commands& commands_;
  Processes& processes_;
  Peers& peers_;
};

}  // namespace lintel::sales
