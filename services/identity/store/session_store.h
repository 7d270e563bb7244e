// Sessions of a tenant, and the look-up at sign-in, one of the two reads without a tenant.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lintel/auth/principal.pb.h"
#include "platform/pg/transaction.h"
#include "services/identity/domain/lockout.h"
#include "services/identity/domain/refresh_token.h"

namespace lintel::identity {

// Somebody who wants to sign in, as far as the name tells.
struct Candidate {
  int64_t tenant = 0;
  std::string operator_id;
  std::string password_hash;
  bool active = false;
  LockoutPolicy policy;
  std::chrono::hours idle{12};
};

// As the job role, for nobody has said which tenant: nothing when there is no operator of that name.
std::optional<Candidate> FindForSignIn(pg::Transaction& job_tx, const std::string& sign_in_name);

// Failed sign-ins of one subject ("account:..." or "address:..."), counted over all tenants.
class FailureStore {
 public:
  explicit FailureStore(pg::Transaction& tx) : tx_(tx) {}
  // Locks the row, so that attempts in parallel are counted one after another.
  std::optional<Attempts> Find(const std::string& subject);
  void Write(const std::string& subject, const Attempts& attempts);
  void Forget(const std::string& subject);
  void ForgetBefore(Instant time);

 private:
  pg::Transaction& tx_;
};

struct SessionRow {
  std::string id;
  std::string operator_id;
  int64_t generation = 1;
  Instant rotated_time;
  std::string client_address;
  Instant created_time;
  Instant expire_time;
  Instant end_time;
  bool revoked = false;
  bool operator_active = false;
  bool password_change_required = false;
};

class SessionStore {
 public:
  static constexpr int kMostPerOperator = 20;  // The oldest goes.

  SessionStore(pg::Transaction& tx, Instant now) : tx_(tx), now_(now) {}

  void Insert(const SessionRow& session);
  // Locks the row. Nothing when there is none.
  std::optional<SessionRow> FindForUpdate(const std::string& id);
  void Rotate(const std::string& id, int64_t generation, Instant expire_time);
  // Whether it was open.
  bool Revoke(const std::string& id, const std::string& reason);
  // Those that were open and are not `except`.
  std::vector<std::string> RevokeAllOf(const std::string& operator_id, const std::string& except,
                                       const std::string& reason);
  // Those beyond kMostPerOperator.
  std::vector<std::string> RevokeOldest(const std::string& operator_id);
  std::vector<SessionRow> ListOpen(const std::string& operator_id);
  std::chrono::hours IdleTime();

  // Nothing when the session is over or its operator disabled. Rights are as of this moment; there are none before a
  // first password was changed.
  std::optional<lintel::auth::Principal> FindPrincipal(const std::string& session_id);

 private:
  pg::Transaction& tx_;
  const Instant now_;
};

// Rows that ended before `time`, over all tenants.
void DropSessionsBefore(pg::Transaction& job_tx, Instant time);

}  // namespace lintel::identity
