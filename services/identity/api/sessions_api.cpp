#include "services/identity/api/sessions_api.h"

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/events.h"
#include "services/identity/store/code_store.h"

namespace lintel::identity {
void SessionsApi::Register(Server& server) {
  const std::string service = "lintel.identity.v1.SessionsService/";
  server.Handle(service + "CreateSession", this, &SessionsApi::CreateSession);
  server.Handle(service + "RefreshSession", this, &SessionsApi::RefreshSession);
  server.Handle(service + "DeleteSession", this, &SessionsApi::DeleteSession);
  server.Handle(service + "ListMySessions", this, &SessionsApi::ListMySessions);
  server.Handle(service + "RevokeSession", this, &SessionsApi::RevokeSession);
  server.Handle("lintel.identity.v1.IdentityService/GetPrincipal", this, &SessionsApi::GetPrincipal);
}

absl::StatusOr<v1::Session> SessionsApi::CreateSession(const Call& call, const v1::CreateSessionRequest& request) {
  if (request.operator_().empty()) return InvalidField("operator", "must not be empty");
  if (request.password().empty()) return InvalidField("password", "must not be empty");
  return sign_in_.Create(call, request.operator_(), request.password());
}

absl::StatusOr<v1::Session> SessionsApi::RefreshSession(const Call& call, const v1::RefreshSessionRequest& request) {
  return sign_in_.Refresh(call, request.refresh_token());
}

absl::StatusOr<google::protobuf::Empty> SessionsApi::DeleteSession(const Call& call, const v1::DeleteSessionRequest&) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("session", call.principal().session, "sessions/*"));
  RETURN_IF_ERROR(Revoke(call, id, "signed-out"));
  return google::protobuf::Empty();
}

absl::StatusOr<v1::ListMySessionsResponse> SessionsApi::ListMySessions(const Call& call,
                                                                       const v1::ListMySessionsRequest&) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  return app_.Run<v1::ListMySessionsResponse>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::ListMySessionsResponse> {
        v1::ListMySessionsResponse response;
        for (const SessionRow& row : SessionStore(tx, sign_in_.Now()).ListOpen(own)) {
          v1::Session* session = response.add_sessions();
          session->set_name("sessions/" + row.id);
          session->set_operator_("operators/" + own);
          *session->mutable_refresh_expire_time() = ToProto(row.expire_time);
          *session->mutable_create_time() = ToProto(row.created_time);
          *session->mutable_last_seen_time() = ToProto(row.rotated_time);
          session->set_client_address(row.client_address);
          session->set_current(session->name() == call.principal().session);
        }
        return response;
      });
}

absl::StatusOr<google::protobuf::Empty> SessionsApi::RevokeSession(const Call& call,
                                                                   const v1::RevokeSessionRequest& request) {
  ASSIGN_OR_RETURN(const std::string id, ParseId("name", request.name(), "sessions/*"));
  RETURN_IF_ERROR(Revoke(call, id, "revoked"));
  return google::protobuf::Empty();
}

absl::Status SessionsApi::Revoke(const Call& call, const std::string& session_id, const std::string& reason) {
  ASSIGN_OR_RETURN(const std::string own, OwnId(call));
  return app_.Execute(call.Transaction(), [&](pg::Transaction& tx) -> absl::Status {
    SessionStore sessions(tx, sign_in_.Now());
    const auto session = sessions.FindForUpdate(session_id);
    if (!session || session->operator_id != own) return Missing("session", session_id);
    if (!sessions.Revoke(session_id, reason)) return absl::OkStatus();
    Outbox outbox(tx, call.CauseAt(sign_in_.Now()));
    AnnounceRevoked(outbox, session_id, own, reason);
    return absl::OkStatus();
  });
}

absl::StatusOr<auth::Principal> SessionsApi::GetPrincipal(const Call& call, const v1::GetPrincipalRequest& request) {
  if (request.has_claims()) return Resolve(request.claims(), call.deadline());
  auth::TokenClaims claims;
  claims.set_tenant_id(call.tenant());
  claims.set_session(call.principal().session);
  return Resolve(claims, call.deadline());
}

absl::StatusOr<auth::Principal> SessionsApi::Resolve(const auth::TokenClaims& claims,
                                                     std::chrono::steady_clock::time_point deadline) {
  const auto id = ParseId("session", claims.session(), "sessions/*");
  if (!id.ok()) return SessionOver();
  return app_.Run<auth::Principal>({.tenant = claims.tenant_id(), .deadline = deadline, .read_only = true},
                                   [&](pg::Transaction& tx) -> absl::StatusOr<auth::Principal> {
                                     auto principal = SessionStore(tx, sign_in_.Now()).FindPrincipal(*id);
                                     if (!principal) return SessionOver();
                                     const auto chosen = SettingStore(tx).ListFeatures();
                                     for (const FeatureDefinition& feature : settings_.features()) {
                                       const auto found = chosen.find(feature.key);
                                       if (found == chosen.end() ? feature.enabled : found->second.value == "true") {
                                         principal->add_features(feature.key);
                                       }
                                     }
                                     return *std::move(principal);
                                   });
}

}  // namespace lintel::identity
