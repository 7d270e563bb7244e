// What sales asks of other services: one function per RPC.
#pragma once

#include <functional>

#include "google/api/httpbody.pb.h"
#include "lintel/finance/v1/finance.pb.h"
#include "lintel/finance/v1/hold_money.pb.h"
#include "lintel/identity/v1/identity.pb.h"
#include "lintel/inventory/v1/claims.pb.h"
#include "platform/client/channel.h"

namespace lintel::sales {

struct Peers {
  Channel& inventory;
  Channel& customers;
  Channel& finance;
  Channel& identity;

  absl::StatusOr<inventory::v1::SaleTerms> SaleTerms(const CallOptions& options, const std::string& room);
  absl::Status Claim(const CallOptions& options, const inventory::v1::OpenClaimRequest& request);
  absl::Status Advance(const CallOptions& options, const std::string& claim_id, inventory::v1::RoomState from,
                       const std::string& document);
  // What an undo of Advance takes back, and the document that stands for the deal again; `until`: when that is a hold.
  struct Undo {
    inventory::v1::RoomState from;
    std::string undone;
    std::string document;
    Instant until;
  };
  // OK when there is nothing to take back; an Advance of the undone document that arrives later is refused.
  absl::Status Retreat(const CallOptions& options, const std::string& claim_id, const Undo& undo);
  absl::Status Release(const CallOptions& options, const inventory::v1::ReleaseClaimRequest& request);
  absl::Status Extend(const CallOptions& options, const inventory::v1::ExtendClaimRequest& request);
  absl::Status Reassign(const CallOptions& options, const inventory::v1::ReassignClaimRequest& request);

  // INVALID_ARGUMENT that names `field` unless customers knows all of them (and none was erased).
  absl::Status CheckCustomers(const CallOptions& options, const std::string& field,
                              const std::vector<std::string>& customer_ids);
  // What others may call the team; empty when identity has no such team.
  absl::StatusOr<std::string> AskTeamName(const CallOptions& options, const std::string& team);
  // The same, and empty when identity does not answer.
  std::string TeamName(const CallOptions& options, const std::string& team);

  // OK for a repetition of the key, too.
  absl::Status SendNotice(const CallOptions& options, const identity::v1::SendNoticeRequest& notice);

  // Takes uploaded files over, all or none, so that they stay. NOT_FOUND for one that the caller did not upload.
  absl::Status TakeFiles(const CallOptions& options, const std::vector<std::string>& files);
  // The bytes of a file that was taken, until `each` answers false.
  absl::Status ReadFile(const CallOptions& options, const std::string& file,
                        const std::function<bool(const google::api::HttpBody&)>& each);

  absl::StatusOr<finance::v1::PreviewScheduleResponse> Preview(const CallOptions& options,
                                                               const finance::v1::PreviewScheduleRequest& request);
  absl::Status OpenAccount(const CallOptions& options, const finance::v1::OpenAccountRequest& request);
  absl::Status CloseAccount(const CallOptions& options, const std::string& subscription);
  absl::StatusOr<finance::v1::RecordContractResponse> RecordContract(const CallOptions& options,
                                                                     const finance::v1::RecordContractRequest& request);
  // Undo of RecordContract; OK when there is nothing to forget.
  absl::Status ForgetContract(const CallOptions& options, const std::string& subscription, const std::string& contract);

  absl::Status OpenHoldAccount(const CallOptions& options, const finance::v1::OpenHoldAccountRequest& request);
  absl::Status CloseHoldAccount(const CallOptions& options, const std::string& hold);
  absl::Status CarryHoldMoney(const CallOptions& options, const std::string& hold, const std::string& subscription);
};

}  // namespace lintel::sales
