#include "services/identity/store/session_store.h"

#include "services/identity/store/operator_store.h"
#include "services/identity/store/rows.h"

namespace lintel::identity {
namespace {

constexpr char kFindForSignIn[] = R"sql(
  SELECT o.tenant_id, o.id, o.password_hash, o.active,
         (SELECT value FROM settings s WHERE s.tenant_id = o.tenant_id AND s.key = 'sign_in.failures_before_lock'),
         (SELECT value FROM settings s WHERE s.tenant_id = o.tenant_id AND s.key = 'sign_in.lock_minutes'),
         (SELECT value FROM settings s WHERE s.tenant_id = o.tenant_id AND s.key = 'session.idle_hours')
    FROM operators o WHERE o.sign_in_name = $1)sql";

// Taken whether or not there is a row yet, and in a statement of its own: the next one then sees what the other wrote.
constexpr char kLockFailures[] = "SELECT pg_advisory_xact_lock(hashtextextended($1, 1))";
constexpr char kFindFailures[] = R"sql(
  SELECT failures, first_time, locked_until FROM sign_in_failures WHERE subject = sha256(convert_to($1, 'UTF8')))sql";

constexpr char kWriteFailures[] = R"sql(
  INSERT INTO sign_in_failures (subject, failures, first_time, locked_until)
  VALUES (sha256(convert_to($1, 'UTF8')), $2, $3, $4)
  ON CONFLICT (subject) DO UPDATE
    SET failures = excluded.failures, first_time = excluded.first_time, locked_until = excluded.locked_until)sql";

constexpr char kForget[] = "DELETE FROM sign_in_failures WHERE subject = sha256(convert_to($1, 'UTF8'))";
constexpr char kForgetBefore[] =
    "DELETE FROM sign_in_failures WHERE first_time < $1 AND (locked_until IS NULL OR locked_until < $1)";

constexpr char kInsert[] = R"sql(
  INSERT INTO sessions (tenant_id, id, operator_id, rotated_time, client_address, created_time, expire_time, end_time)
  VALUES ($1, $2, $3, $4, $5, $4, $6, $7))sql";

#define SESSION_SELECT                                                                                         \
  "SELECT s.id, s.operator_id, s.generation, s.rotated_time, s.client_address, s.created_time, s.expire_time," \
  "       s.end_time, s.revoked_time IS NOT NULL AS revoked, o.active, o.password_change_required"             \
  "  FROM sessions s JOIN operators o ON o.tenant_id = s.tenant_id AND o.id = s.operator_id"                   \
  " WHERE s.tenant_id = $1"

constexpr char kLock[] = SESSION_SELECT " AND s.id = $2 FOR UPDATE OF s";
constexpr char kListOpen[] = SESSION_SELECT
    " AND s.operator_id = $2 AND s.revoked_time IS NULL AND s.expire_time > $3 ORDER BY s.created_time DESC LIMIT 50";

constexpr char kRotate[] = R"sql(
  UPDATE sessions SET generation = $3, rotated_time = $4, expire_time = $5 WHERE tenant_id = $1 AND id = $2)sql";

constexpr char kRevoke[] = R"sql(
  UPDATE sessions SET revoked_time = $3, revoke_reason = $4
   WHERE tenant_id = $1 AND id = $2 AND revoked_time IS NULL RETURNING id)sql";

constexpr char kRevokeAll[] = R"sql(
  UPDATE sessions SET revoked_time = $4, revoke_reason = $5
   WHERE tenant_id = $1 AND operator_id = $2 AND revoked_time IS NULL AND id::text <> $3 RETURNING id)sql";

constexpr char kRevokeOldest[] = R"sql(
  UPDATE sessions SET revoked_time = $3, revoke_reason = 'too-many'
   WHERE tenant_id = $1 AND id IN (SELECT id FROM sessions
                                    WHERE tenant_id = $1 AND operator_id = $2 AND revoked_time IS NULL
                                    ORDER BY created_time DESC, id DESC OFFSET $4)
  RETURNING id)sql";

constexpr char kIdle[] = "SELECT value FROM settings WHERE tenant_id = $1 AND key = 'session.idle_hours'";

constexpr char kPrincipal[] = R"sql(
  SELECT o.id, o.display_name, o.language, o.team_id, o.department_id, o.all_projects,
         array_to_string(o.projects, ',') AS projects, o.password_change_required
    FROM sessions s JOIN operators o ON o.tenant_id = s.tenant_id AND o.id = s.operator_id
   WHERE s.tenant_id = $1 AND s.id = $2 AND s.revoked_time IS NULL AND s.expire_time > $3 AND o.active)sql";

constexpr char kDrop[] = "DELETE FROM sessions WHERE end_time < $1";

template <class Number>
Number ToNumber(const pqxx::field& field, Number fallback) {
  return field.is_null() ? fallback : static_cast<Number>(std::stol(field.as<std::string>()));
}

SessionRow ToSession(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .operator_id = row["operator_id"].as<std::string>(),
          .generation = row["generation"].as<int64_t>(),
          .rotated_time = pg::ToInstant(row["rotated_time"]),
          .client_address = row["client_address"].as<std::string>(),
          .created_time = pg::ToInstant(row["created_time"]),
          .expire_time = pg::ToInstant(row["expire_time"]),
          .end_time = pg::ToInstant(row["end_time"]),
          .revoked = row["revoked"].as<bool>(),
          .operator_active = row["active"].as<bool>(),
          .password_change_required = row["password_change_required"].as<bool>()};
}

std::vector<std::string> Ids(const pqxx::result& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row[0].as<std::string>());
  return ids;
}

}  // namespace

std::optional<Candidate> FindForSignIn(pg::Transaction& job_tx, const std::string& sign_in_name) {
  const pqxx::result rows = job_tx.Query(kFindForSignIn, sign_in_name);
  if (rows.empty()) return std::nullopt;
  Candidate candidate{.tenant = rows[0][0].as<int64_t>(),
                      .operator_id = rows[0][1].as<std::string>(),
                      .password_hash = rows[0][2].as<std::string>(),
                      .active = rows[0][3].as<bool>()};
  candidate.policy.failures = ToNumber(rows[0][4], candidate.policy.failures);
  candidate.policy.lock = std::chrono::minutes(ToNumber(rows[0][5], candidate.policy.lock.count()));
  candidate.idle = std::chrono::hours(ToNumber(rows[0][6], candidate.idle.count()));
  return candidate;
}

std::optional<Attempts> FailureStore::Find(const std::string& subject) {
  tx_.Query(kLockFailures, subject);
  const pqxx::result rows = tx_.Query(kFindFailures, subject);
  if (rows.empty()) return std::nullopt;
  return Attempts{.count = rows[0][0].as<int>(),
                  .first_time = pg::ToInstant(rows[0][1]),
                  .locked_until = pg::ToOptionalInstant(rows[0][2])};
}

void FailureStore::Write(const std::string& subject, const Attempts& attempts) {
  tx_.Query(kWriteFailures, subject, attempts.count, attempts.first_time, attempts.locked_until);
}

void FailureStore::Forget(const std::string& subject) { tx_.Query(kForget, subject); }
void FailureStore::ForgetBefore(Instant time) { tx_.Query(kForgetBefore, time); }

void SessionStore::Insert(const SessionRow& session) {
  tx_.Query(kInsert, tx_.tenant(), session.id, session.operator_id, now_, session.client_address, session.expire_time,
            session.end_time);
}

std::optional<SessionRow> SessionStore::FindForUpdate(const std::string& id) {
  const pqxx::result rows = tx_.Query(kLock, tx_.tenant(), id);
  if (rows.empty()) return std::nullopt;
  return ToSession(rows[0]);
}

void SessionStore::Rotate(const std::string& id, int64_t generation, Instant expire_time) {
  tx_.Query(kRotate, tx_.tenant(), id, generation, now_, expire_time);
}

bool SessionStore::Revoke(const std::string& id, const std::string& reason) {
  return !tx_.Query(kRevoke, tx_.tenant(), id, now_, reason).empty();
}

std::vector<std::string> SessionStore::RevokeAllOf(const std::string& operator_id, const std::string& except,
                                                   const std::string& reason) {
  return Ids(tx_.Query(kRevokeAll, tx_.tenant(), operator_id, except, now_, reason));
}

std::vector<std::string> SessionStore::RevokeOldest(const std::string& operator_id) {
  return Ids(tx_.Query(kRevokeOldest, tx_.tenant(), operator_id, now_, kMostPerOperator));
}

std::vector<SessionRow> SessionStore::ListOpen(const std::string& operator_id) {
  std::vector<SessionRow> sessions;
  for (const auto& row : tx_.Query(kListOpen, tx_.tenant(), operator_id, now_)) sessions.push_back(ToSession(row));
  return sessions;
}

std::chrono::hours SessionStore::IdleTime() {
  const pqxx::result rows = tx_.Query(kIdle, tx_.tenant());
  return std::chrono::hours(rows.empty() ? 12 : ToNumber(rows[0][0], 12));
}

std::optional<lintel::auth::Principal> SessionStore::FindPrincipal(const std::string& session_id) {
  const pqxx::result rows = tx_.Query(kPrincipal, tx_.tenant(), session_id, now_);
  if (rows.empty()) return std::nullopt;
  const pqxx::row row = rows[0];
  lintel::auth::Principal principal;
  principal.set_tenant_id(tx_.tenant());
  principal.set_operator_name("operators/" + row["id"].as<std::string>());
  principal.set_display_name(row["display_name"].as<std::string>());
  principal.set_session("sessions/" + session_id);
  if (!row["team_id"].is_null()) principal.set_team("teams/" + row["team_id"].as<std::string>());
  if (!row["department_id"].is_null())
    principal.set_department("departments/" + row["department_id"].as<std::string>());
  principal.set_language(row["language"].as<std::string>());
  principal.set_all_projects(row["all_projects"].as<bool>());
  for (const std::string& project : ToList(row["projects"])) principal.add_projects("projects/" + project);
  if (row["password_change_required"].as<bool>()) return principal;
  for (const auto& [right, reach] : OperatorStore(tx_, now_).GrantsOf(row["id"].as<std::string>())) {
    auto* grant = principal.add_rights();
    grant->set_right(right);
    grant->set_scope(static_cast<lintel::auth::Scope>(reach));
  }
  return principal;
}

void DropSessionsBefore(pg::Transaction& job_tx, Instant time) { job_tx.Query(kDrop, time); }

}  // namespace lintel::identity
