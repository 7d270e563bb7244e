#include "services/sales/app/peers.h"

#include "lintel/customers/v1/customers.pb.h"
#include "platform/status/status.h"
#include "platform/wire/values.h"

namespace lintel::sales {
namespace {

constexpr char kClaims[] = "lintel.inventory.v1.ClaimsService/";
constexpr char kIdentity[] = "lintel.identity.v1.IdentityService/";
constexpr char kAccounts[] = "lintel.finance.v1.AccountsService/";
constexpr char kHoldMoney[] = "lintel.finance.v1.HoldMoneyService/";

// The claim is not where the undo would take it back from: it never got there.
bool NothingToUndo(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "CLAIM_CLOSED" || reason == "CLAIM_STAGE" || reason == "RESOURCE_MISSING";
}

template <class Reply>
absl::Status Send(Channel& channel, const std::string& method, const google::protobuf::Message& request,
                  const CallOptions& options) {
  return channel.Call<Reply>(method, request, options).status();
}

}  // namespace

absl::StatusOr<inventory::v1::SaleTerms> Peers::SaleTerms(const CallOptions& options, const std::string& room) {
  inventory::v1::GetSaleTermsRequest request;
  request.set_room(room);
  return inventory.Call<inventory::v1::SaleTerms>(std::string(kClaims) + "GetSaleTerms", request, options);
}

absl::Status Peers::Claim(const CallOptions& options, const inventory::v1::OpenClaimRequest& request) {
  return Send<inventory::v1::Claim>(inventory, std::string(kClaims) + "OpenClaim", request, options);
}

absl::Status Peers::Advance(const CallOptions& options, const std::string& claim_id, inventory::v1::RoomState from,
                            const std::string& document) {
  inventory::v1::AdvanceClaimRequest request;
  request.set_claim_id(claim_id);
  request.set_from(from);
  request.set_document(document);
  return Send<inventory::v1::Claim>(inventory, std::string(kClaims) + "AdvanceClaim", request, options);
}

absl::Status Peers::Retreat(const CallOptions& options, const std::string& claim_id, const Undo& undo) {
  inventory::v1::RetreatClaimRequest request;
  request.set_claim_id(claim_id);
  request.set_from(undo.from);
  request.set_undone_document(undo.undone);
  request.set_document(undo.document);
  *request.mutable_until() = ToProto(undo.until);
  const absl::Status status =
      Send<inventory::v1::Claim>(inventory, std::string(kClaims) + "RetreatClaim", request, options);
  return NothingToUndo(status) ? absl::OkStatus() : status;
}

absl::Status Peers::Release(const CallOptions& options, const inventory::v1::ReleaseClaimRequest& request) {
  return Send<inventory::v1::Claim>(inventory, std::string(kClaims) + "ReleaseClaim", request, options);
}

absl::Status Peers::Extend(const CallOptions& options, const inventory::v1::ExtendClaimRequest& request) {
  return Send<inventory::v1::Claim>(inventory, std::string(kClaims) + "ExtendClaim", request, options);
}

absl::Status Peers::Reassign(const CallOptions& options, const inventory::v1::ReassignClaimRequest& request) {
  return Send<inventory::v1::Claim>(inventory, std::string(kClaims) + "ReassignClaim", request, options);
}

absl::Status Peers::CheckCustomers(const CallOptions& options, const std::string& field,
                                   const std::vector<std::string>& customer_ids) {
  customers::v1::GetCustomerNamesRequest request;
  for (const std::string& id : customer_ids) request.add_names("customers/" + id);
  ASSIGN_OR_RETURN(const auto known, customers.Call<customers::v1::GetCustomerNamesResponse>(
                                         "lintel.customers.v1.CustomersService/GetCustomerNames", request, options));
  for (const std::string& name : request.names()) {
    if (!known.display_names().contains(name)) return InvalidField(field, "is no customer: " + name);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Peers::AskTeamName(const CallOptions& options, const std::string& team) {
  if (team.empty()) return "";
  identity::v1::GetDisplayNamesRequest request;
  request.add_names(team);
  ASSIGN_OR_RETURN(const auto names, identity.Call<identity::v1::GetDisplayNamesResponse>(
                                         std::string(kIdentity) + "GetDisplayNames", request, options));
  const auto name = names.display_names().find(team);
  return name == names.display_names().end() ? "" : name->second;
}

std::string Peers::TeamName(const CallOptions& options, const std::string& team) {
  return AskTeamName(options, team).value_or("");
}

absl::Status Peers::SendNotice(const CallOptions& options, const identity::v1::SendNoticeRequest& notice) {
  return Send<identity::v1::SendNoticeResponse>(identity, std::string(kIdentity) + "SendNotice", notice, options);
}

absl::Status Peers::TakeFiles(const CallOptions& options, const std::vector<std::string>& files) {
  if (files.empty()) return absl::OkStatus();
  identity::v1::TakeFilesRequest request;
  for (const std::string& file : files) request.add_names(file);
  return Send<identity::v1::TakeFilesResponse>(identity, std::string(kIdentity) + "TakeFiles", request, options);
}

absl::Status Peers::ReadFile(const CallOptions& options, const std::string& file,
                             const std::function<bool(const google::api::HttpBody&)>& each) {
  identity::v1::ReadFileRequest request;
  request.set_name(file);
  return identity.Stream<google::api::HttpBody>(std::string(kIdentity) + "ReadFile", request, options, each);
}

absl::StatusOr<finance::v1::PreviewScheduleResponse> Peers::Preview(
    const CallOptions& options, const finance::v1::PreviewScheduleRequest& request) {
  return finance.Call<finance::v1::PreviewScheduleResponse>(std::string(kAccounts) + "PreviewSchedule", request,
                                                            options);
}

absl::Status Peers::OpenAccount(const CallOptions& options, const finance::v1::OpenAccountRequest& request) {
  return Send<finance::v1::Account>(finance, std::string(kAccounts) + "OpenAccount", request, options);
}

absl::Status Peers::CloseAccount(const CallOptions& options, const std::string& subscription) {
  finance::v1::CloseAccountRequest request;
  request.set_subscription(subscription);
  return Send<finance::v1::Account>(finance, std::string(kAccounts) + "CloseAccount", request, options);
}

absl::StatusOr<finance::v1::RecordContractResponse> Peers::RecordContract(
    const CallOptions& options, const finance::v1::RecordContractRequest& request) {
  return finance.Call<finance::v1::RecordContractResponse>(std::string(kAccounts) + "RecordContract", request, options);
}

absl::Status Peers::ForgetContract(const CallOptions& options, const std::string& subscription,
                                   const std::string& contract) {
  finance::v1::ForgetContractRequest request;
  request.set_subscription(subscription);
  request.set_contract(contract);
  const absl::Status status =
      Send<finance::v1::Account>(finance, std::string(kAccounts) + "ForgetContract", request, options);
  return NothingToUndo(status) ? absl::OkStatus() : status;
}

absl::Status Peers::OpenHoldAccount(const CallOptions& options, const finance::v1::OpenHoldAccountRequest& request) {
  return Send<finance::v1::HoldAccount>(finance, std::string(kHoldMoney) + "OpenHoldAccount", request, options);
}

absl::Status Peers::CloseHoldAccount(const CallOptions& options, const std::string& hold) {
  finance::v1::CloseHoldAccountRequest request;
  request.set_hold(hold);
  return Send<finance::v1::HoldAccount>(finance, std::string(kHoldMoney) + "CloseHoldAccount", request, options);
}

absl::Status Peers::CarryHoldMoney(const CallOptions& options, const std::string& hold,
                                   const std::string& subscription) {
  finance::v1::CarryHoldMoneyRequest request;
  request.set_hold(hold);
  request.set_subscription(subscription);
  return Send<finance::v1::HoldAccount>(finance, std::string(kHoldMoney) + "CarryHoldMoney", request, options);
}

}  // namespace lintel::sales
