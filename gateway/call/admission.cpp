#include "gateway/call/admission.h"

#include "gateway/limits.h"
#include "gateway/text/address.h"

namespace lintel::gateway {
namespace {

std::string KeyOf(const auth::TokenClaims& claims) {
  return std::to_string(claims.tenant_id()) + '/' + claims.operator_name() + '/' + claims.service();
}

}  // namespace

Admission::Admission(const Tokens& tokens, int64_t requests_per_minute)
    : tokens_(tokens),
      by_principal_("principal", requests_per_minute, limits::kMostRateKeys),
      by_address_("address", requests_per_minute, limits::kMostRateKeys),
      proven_(limits::kMostProvenTokens) {}

Admission::Count Admission::Take(const std::string& token, const std::string& address, RateLimiter::Time now) {
  if (!by_principal_.enabled()) return {&by_principal_, {}};
  const std::string principal = token.empty() ? "" : PrincipalOf(token, now);
  if (!principal.empty()) return {&by_principal_, by_principal_.Take(principal, now)};
  return {&by_address_, by_address_.Take(AddressKey(address), now)};
}

// A signature costs more to verify than many a request to serve, so a genuine token is believed for a while. Services
// verify it each time: here it only says whose bucket is meant.
std::string Admission::PrincipalOf(const std::string& token, RateLimiter::Time now) {
  {
    const std::lock_guard lock(mutex_);
    const Proven* known = proven_.Find(token);
    if (known != nullptr && known->until > now) return known->principal;
  }
  const auto claims = tokens_.Verify(token);
  if (!claims.ok()) return "";
  const Proven proven{KeyOf(*claims), now + limits::kTokenBelieved};
  const std::lock_guard lock(mutex_);
  Proven* known = proven_.Find(token);
  (known != nullptr ? *known : proven_.Put(token, proven)) = proven;
  return proven.principal;
}

}  // namespace lintel::gateway
