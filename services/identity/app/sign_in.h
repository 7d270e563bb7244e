// Signing in, refreshing and signing out: the steps in their order. Hashing runs outside of every transaction.
#pragma once

#include <string>

#include "lintel/identity/v1/sessions.pb.h"
#include "platform/metrics/metrics.h"
#include "platform/pg/database.h"
#include "platform/server/call.h"
#include "services/identity/domain/lockout.h"
#include "services/identity/domain/password.h"
#include "services/identity/domain/refresh_token.h"
#include "services/identity/store/session_store.h"

namespace lintel::identity {

inline constexpr std::chrono::hours kLongestSession{7 * 24};

// UNAUTHENTICATED SESSION_OVER.
absl::Status SessionOver();

class SignIn {
 public:
  struct Options {
    std::string signing_secret_hex;
    std::chrono::milliseconds token_lifetime{std::chrono::minutes(5)};
  };
  // `wall_clock`: sessions and locks run by real time, whatever the test clock says. All must outlive this.
  SignIn(pg::Database& app, pg::Database& job, PasswordHasher& hasher, Clock wall_clock, Options options,
         Metrics& metrics);

  // UNAUTHENTICATED SIGN_IN_REFUSED; RESOURCE_EXHAUSTED SIGN_IN_LOCKED.
  absl::StatusOr<v1::Session> Create(const Call& call, const std::string& name, const std::string& password);
  // UNAUTHENTICATED SESSION_OVER.
  absl::StatusOr<v1::Session> Refresh(const Call& call, const std::string& refresh_token);

  Instant Now() const { return wall_clock_(); }

 private:
  absl::StatusOr<v1::Session> Try(const Call& call, const std::string& name, const std::string& password);
  absl::Status CountAttempt(const Call& call, const std::string& account, const LockoutPolicy& policy);
  absl::Status RecordFailure(const Call& call, const std::string& account, const std::optional<Candidate>& candidate,
                             const LockoutPolicy& policy);
  absl::StatusOr<v1::Session> Open(const Call& call, const std::string& account, const Candidate& candidate,
                                   const std::string& better_hash);
  v1::Session Tokens(int64_t tenant, const SessionRow& session) const;

  pg::Database& app_;
  pg::Database& job_;
  PasswordHasher& hasher_;
  const Clock wall_clock_;
  const Options options_;
  const RefreshTokens refresh_tokens_;
  Metrics& metrics_;
};

}  // namespace lintel::identity
