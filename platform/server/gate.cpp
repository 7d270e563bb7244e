#include "platform/server/gate.h"

#include "platform/status/status.h"

namespace lintel {
namespace {

absl::Status Denied(const std::string& reason, Metadata metadata) {
  return WithReason(absl::StatusCode::kPermissionDenied, reason, reason, std::move(metadata));
}

// An RPC for the whole tenant narrows nothing, so only a right over the whole tenant opens it.
bool Reaches(const Principal& principal, const auth::Rule& rule) {
  const auto granted = principal.rights.find(rule.right());
  return granted != principal.rights.end() && (rule.scope() != auth::TENANT || granted->second == auth::TENANT);
}

Principal ServicePrincipal(const auth::TokenClaims& claims) {
  return Principal{.tenant = claims.tenant_id(),
                   .operator_name = claims.operator_name(),
                   .session = claims.session(),
                   .all_projects = true,
                   .service = claims.service()};
}

}  // namespace

absl::StatusOr<Principal> Gate::Admit(const auth::Rule& rule, const std::string& token) {
  if (rule.open() && token.empty()) return Principal{};
  auto claims = tokens_.Verify(token);
  if (!claims.ok()) return rule.open() ? absl::StatusOr<Principal>(Principal{}) : claims.status();
  if (!claims->service().empty()) return ServicePrincipal(*claims);
  if (rule.internal()) return Denied("INTERNAL_ONLY", {});
  ASSIGN_OR_RETURN(Principal principal, principals_.Get(*claims));
  if (!rule.right().empty() && !Reaches(principal, rule)) return Denied("RIGHT_MISSING", {{"right", rule.right()}});
  if (!rule.feature().empty() && !principal.features.contains(rule.feature())) {
    return Denied("FEATURE_OFF", {{"feature", rule.feature()}});
  }
  return principal;
}

absl::Status CheckRule(const auth::Rule& rule, const std::string& method) {
  const int said = !rule.right().empty() + rule.internal() + rule.signed_in() + rule.open();
  if (said == 1) return absl::OkStatus();
  return absl::FailedPreconditionError(method + " must say exactly one of right, internal, signed_in and open");
}

}  // namespace lintel
