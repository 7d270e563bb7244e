#include "services/identity/app/sign_in.h"

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/store/operator_store.h"

namespace lintel::identity {
namespace {

absl::Status Refuse() {
  return WithReason(absl::StatusCode::kUnauthenticated, "SIGN_IN_REFUSED", "the name or the password is not right");
}

absl::Status Locked(const Attempts& attempts, const LockoutPolicy& policy, Instant now) {
  const Instant until = attempts.locked_until.value_or(now + policy.lock);
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(until - now).count();
  return WithReason(absl::StatusCode::kResourceExhausted, "SIGN_IN_LOCKED", "too many failed sign-ins",
                    {{"retryAfterSeconds", std::to_string(std::max<int64_t>(seconds, 1))}});
}

std::string AddressOf(const Call& call) {
  const std::string address = call.Metadata("x-lintel-client-address");
  return address.empty() ? "unknown" : address.substr(0, 64);
}

std::string AddressSubject(const Call& call) { return "address:" + AddressOf(call); }

}  // namespace

absl::Status SessionOver() {
  return WithReason(absl::StatusCode::kUnauthenticated, "SESSION_OVER", "the session has ended");
}

SignIn::SignIn(pg::Database& app, pg::Database& job, PasswordHasher& hasher, Clock wall_clock, Options options,
               Metrics& metrics)
    : app_(app),
      job_(job),
      hasher_(hasher),
      wall_clock_(std::move(wall_clock)),
      options_(std::move(options)),
      refresh_tokens_(options_.signing_secret_hex),
      metrics_(metrics) {}

absl::StatusOr<v1::Session> SignIn::Create(const Call& call, const std::string& name, const std::string& password) {
  absl::StatusOr<v1::Session> session = Try(call, name, password);
  const std::string reason = ReasonOf(session.status());
  const std::string outcome = session.ok()                  ? "done"
                              : reason == "SIGN_IN_REFUSED" ? "refused"
                              : reason == "SIGN_IN_LOCKED"  ? "locked"
                                                            : "failed";
  metrics_.Counter("lintel_identity_sign_ins_total", "Attempts to sign in.", {{"outcome", outcome}}).Increment();
  return session;
}

absl::StatusOr<v1::Session> SignIn::Try(const Call& call, const std::string& name, const std::string& password) {
  // A malformed name is nobody's; it goes the same way as an unknown one.
  const std::string account = CheckSignInName("operator", name).value_or("");
  ASSIGN_OR_RETURN(
      const std::optional<Candidate> candidate,
      job_.Run<std::optional<Candidate>>(
          {.deadline = call.deadline(), .read_only = true},
          [&](pg::Transaction& tx) -> absl::StatusOr<std::optional<Candidate>> { return FindForSignIn(tx, account); }));
  const LockoutPolicy policy = candidate ? candidate->policy : LockoutPolicy{};
  RETURN_IF_ERROR(CountAttempt(call, account, policy));

  ASSIGN_OR_RETURN(const bool right,
                   hasher_.Verify(candidate ? candidate->password_hash : "", password, call.deadline()));
  if (!right || !candidate->active) {
    RETURN_IF_ERROR(RecordFailure(call, account, candidate, policy));
    return Refuse();
  }
  std::string better_hash;
  if (hasher_.NeedsRehash(candidate->password_hash)) {
    ASSIGN_OR_RETURN(better_hash, hasher_.Hash(password, call.deadline()));
  }
  return Open(call, account, *candidate, better_hash);
}

absl::Status SignIn::CountAttempt(const Call& call, const std::string& account, const LockoutPolicy& policy) {
  const Instant now = wall_clock_();
  absl::Status outcome;
  RETURN_IF_ERROR(job_.Execute({.deadline = call.deadline()}, [&](pg::Transaction& tx) {
    FailureStore failures(tx);
    const Attempts by_address = identity::CountAttempt(failures.Find(AddressSubject(call)), kAddressPolicy, now);
    const Attempts by_account = identity::CountAttempt(failures.Find("account:" + account), policy, now);
    outcome = IsRefused(by_address, kAddressPolicy, now) ? Locked(by_address, kAddressPolicy, now)
              : IsRefused(by_account, policy, now)       ? Locked(by_account, policy, now)
                                                         : absl::OkStatus();
    if (outcome.ok()) {
      failures.Write(AddressSubject(call), by_address);
      failures.Write("account:" + account, by_account);
    }
    return absl::OkStatus();
  }));
  return outcome;
}

absl::Status SignIn::RecordFailure(const Call& call, const std::string& account,
                                   const std::optional<Candidate>& candidate, const LockoutPolicy& policy) {
  const Instant now = wall_clock_();
  return job_.Execute({.deadline = call.deadline()}, [&](pg::Transaction& tx) {
    FailureStore failures(tx);
    for (const auto& [subject, limits] :
         {std::pair(AddressSubject(call), kAddressPolicy), std::pair("account:" + account, policy)}) {
      const auto attempts = failures.Find(subject);
      if (attempts) failures.Write(subject, AfterFailure(*attempts, limits, now));
    }
    if (candidate) {
      const std::string name = "operators/" + candidate->operator_id;
      Cause cause{.tenant = candidate->tenant,
                  .actor = name,
                  .action = call.method(),
                  .request_id = call.request_id(),
                  .now = now};
      Outbox(tx, cause).Record(name, {.before = "", .after = R"({"signIn":"refused"})"});
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Session> SignIn::Open(const Call& call, const std::string& account, const Candidate& candidate,
                                         const std::string& better_hash) {
  const Instant now = wall_clock_();
  return app_.Run<v1::Session>(
      {.tenant = candidate.tenant, .deadline = call.deadline()},
      [&](pg::Transaction& tx) -> absl::StatusOr<v1::Session> {
        OperatorStore operators(tx, now);
        ASSIGN_OR_RETURN(const Operator who, operators.FindForUpdate(candidate.operator_id));
        if (!who.active) return Refuse();
        operators.RecordSignIn(who.id);
        if (!better_hash.empty()) operators.SetPassword(who.id, better_hash, who.password_change_required);
        // The address keeps what others did there; this attempt was a good one. First the address, then the account:
        // the one order everywhere.
        FailureStore failures(tx);
        auto by_address = failures.Find(AddressSubject(call));
        if (by_address && --by_address->count >= 0) failures.Write(AddressSubject(call), *by_address);
        failures.Forget("account:" + account);

        SessionStore sessions(tx, now);
        const SessionRow session{.id = NewId(),
                                 .operator_id = who.id,
                                 .rotated_time = now,
                                 .client_address = AddressOf(call),
                                 .created_time = now,
                                 .expire_time = now + std::min(candidate.idle, kLongestSession),
                                 .end_time = now + kLongestSession,
                                 .operator_active = true,
                                 .password_change_required = who.password_change_required};
        sessions.Insert(session);
        Outbox outbox(tx, {.tenant = candidate.tenant,
                           .actor = "operators/" + who.id,
                           .action = call.method(),
                           .request_id = call.request_id(),
                           .now = now});
        outbox.Record("sessions/" + session.id, {.before = "", .after = R"({"signIn":"done"})"});
        for (const std::string& old : sessions.RevokeOldest(who.id)) AnnounceRevoked(outbox, old, who.id, "too-many");
        return Tokens(candidate.tenant, session);
      });
}

absl::StatusOr<v1::Session> SignIn::Refresh(const Call& call, const std::string& refresh_token) {
  const auto token = refresh_tokens_.Read(refresh_token);
  if (!token) return SessionOver();
  const Instant now = wall_clock_();
  // A refusal after a reuse must not roll the revocation back, so the outcome travels outside.
  absl::StatusOr<v1::Session> outcome = SessionOver();
  RETURN_IF_ERROR(app_.Execute({.tenant = token->tenant, .deadline = call.deadline()}, [&](pg::Transaction& tx) {
    outcome = SessionOver();
    SessionStore sessions(tx, now);
    auto session = sessions.FindForUpdate(token->session_id);
    if (!session || session->revoked || !session->operator_active || session->expire_time <= now) {
      return absl::OkStatus();
    }
    const Rotation rotation = JudgeRotation(token->generation, session->generation, session->rotated_time, now);
    if (rotation == Rotation::kReuse) {
      sessions.Revoke(session->id, "reuse");
      Outbox outbox(tx, {.tenant = token->tenant,
                         .actor = "operators/" + session->operator_id,
                         .action = call.method(),
                         .request_id = call.request_id(),
                         .now = now});
      AnnounceRevoked(outbox, session->id, session->operator_id, "reuse");
      return absl::OkStatus();
    }
    if (rotation == Rotation::kNext) {
      ++session->generation;
      session->expire_time = std::min(now + sessions.IdleTime(), session->end_time);
      sessions.Rotate(session->id, session->generation, session->expire_time);
    }
    outcome = Tokens(token->tenant, *session);
    return absl::OkStatus();
  }));
  return outcome;
}

v1::Session SignIn::Tokens(int64_t tenant, const SessionRow& row) const {
  const Instant expires = wall_clock_() + options_.token_lifetime;
  lintel::auth::TokenClaims claims;
  claims.set_tenant_id(tenant);
  claims.set_operator_name("operators/" + row.operator_id);
  claims.set_session("sessions/" + row.id);
  claims.set_expire_unix_ms(expires.time_since_epoch() / std::chrono::milliseconds(1));

  v1::Session session;
  session.set_name(claims.session());
  session.set_access_token(SignOperator(claims, options_.signing_secret_hex));
  *session.mutable_expire_time() = ToProto(expires);
  session.set_refresh_token(
      refresh_tokens_.Write({.tenant = tenant, .session_id = row.id, .generation = row.generation}));
  *session.mutable_refresh_expire_time() = ToProto(row.expire_time);
  session.set_operator_(claims.operator_name());
  session.set_password_change_required(row.password_change_required);
  *session.mutable_create_time() = ToProto(row.created_time);
  return session;
}

}  // namespace lintel::identity
