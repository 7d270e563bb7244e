// Refresh tokens: opaque to everybody else, and nothing of them is stored. A token is its session, the generation and a
// keyed digest of both; only the newest generation of a session is good.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/clock/clock.h"

namespace lintel::identity {

struct RefreshToken {
  int64_t tenant = 0;
  std::string session_id;  // UUID
  int64_t generation = 0;
};

class RefreshTokens {
 public:
  // The key is derived from the installation's signing key, so that there is one secret to keep.
  explicit RefreshTokens(const std::string& signing_secret_hex);

  std::string Write(const RefreshToken& token) const;
  // Nothing when malformed or forged.
  std::optional<RefreshToken> Read(const std::string& text) const;

 private:
  std::string Digest(const std::string& body) const;
  std::string key_;
};

// What a refresh with `presented` means for a session that is at `current`.
enum class Rotation {
  kNext,    // The newest: go one generation on.
  kRepeat,  // The one before, just now: the answer was lost, give the current one again.
  kReuse,   // An old one: somebody else has it. End the session.
};
inline constexpr std::chrono::seconds kRepeatWindow{10};
Rotation JudgeRotation(int64_t presented, int64_t current, Instant rotated, Instant now);

}  // namespace lintel::identity
