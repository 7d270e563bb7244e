// The interceptor: who calls (token, principal) and who may (the rule on the RPC in the proto).
#pragma once

#include "absl/status/statusor.h"
#include "lintel/auth/rule.pb.h"
#include "platform/auth/principal_cache.h"
#include "platform/auth/token.h"

namespace lintel {

class Gate {
 public:
  Gate(const Tokens& tokens, PrincipalCache& principals) : tokens_(tokens), principals_(principals) {}

  // The caller with `token` (may be empty) if `rule` lets it in. UNAUTHENTICATED TOKEN_INVALID; PERMISSION_DENIED with
  // RIGHT_MISSING (also when the right is narrower than an RPC for the whole tenant needs), FEATURE_OFF or
  // INTERNAL_ONLY.
  absl::StatusOr<Principal> Admit(const auth::Rule& rule, const std::string& token);

 private:
  const Tokens& tokens_;
  PrincipalCache& principals_;
};

// FAILED_PRECONDITION unless the rule says exactly one of right, internal, signed_in, open.
absl::Status CheckRule(const auth::Rule& rule, const std::string& method);

}  // namespace lintel
