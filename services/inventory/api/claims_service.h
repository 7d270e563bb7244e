// Who has a room (proto/lintel/inventory/v1/claims.proto).
#pragma once

#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/inventory/app/open_claims.h"

namespace lintel::inventory {

class ClaimsService {
 public:
  explicit ClaimsService(Commands& commands) : commands_(commands), open_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::Claim> OpenClaim(const Call& call, const v1::OpenClaimRequest& request);
  absl::StatusOr<v1::Claim> AdvanceClaim(const Call& call, const v1::AdvanceClaimRequest& request);
  absl::StatusOr<v1::Claim> RetreatClaim(const Call& call, const v1::RetreatClaimRequest& request);
  absl::StatusOr<v1::Claim> ReleaseClaim(const Call& call, const v1::ReleaseClaimRequest& request);
  absl::StatusOr<v1::Claim> ExtendClaim(const Call& call, const v1::ExtendClaimRequest& request);
  absl::StatusOr<v1::Claim> ReassignClaim(const Call& call, const v1::ReassignClaimRequest& request);
  absl::StatusOr<v1::Claim> SwapClaim(const Call& call, const v1::SwapClaimRequest& request);
  absl::StatusOr<v1::Claim> GetClaim(const Call& call, const v1::GetClaimRequest& request);
  absl::StatusOr<v1::ListOpenClaimsResponse> ListOpenClaims(const Call& call, const v1::ListOpenClaimsRequest& request);
  absl::StatusOr<v1::SaleTerms> GetSaleTerms(const Call& call, const v1::GetSaleTermsRequest& request);

 private:
  Commands& commands_;
  OpenClaims open_;
};

}  // namespace lintel::inventory
