// Signed tokens. Two kinds, told apart by their first letters, each with one fixed algorithm:
//   "o1." operator tokens, Ed25519 by identity;   "s1." service tokens, HMAC-SHA-512/256 by any service of the
//   installation.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lintel/auth/principal.pb.h"
#include "platform/clock/clock.h"

namespace lintel {

// Signs service tokens and verifies both kinds. Keys are raw bytes in hex. Threads: any, once made.
class Tokens {
 public:
  // `operator_public_key`: 32 bytes; may be empty in a service that takes no operator tokens.
  Tokens(const std::string& service_key_hex, const std::string& operator_public_key_hex, Clock wall_clock);

  std::string SignService(const auth::TokenClaims& claims) const;
  // UNAUTHENTICATED with reason TOKEN_INVALID when malformed, forged or expired; nothing tells which.
  absl::StatusOr<auth::TokenClaims> Verify(const std::string& token) const;

 private:
  const std::string service_key_;
  const std::string operator_public_key_;
  const Clock wall_clock_;
};

// Identity's side of operator tokens.
struct SigningKey {
  std::string secret_hex;  // 64 bytes
  std::string public_hex;  // 32 bytes
};
SigningKey NewSigningKey();
std::string SignOperator(const auth::TokenClaims& claims, const std::string& secret_hex);

}  // namespace lintel
