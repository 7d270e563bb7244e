// SessionsService, and the look-up of principals that every service asks.
#pragma once

#include <google/protobuf/empty.pb.h>

#include "lintel/identity/v1/identity.pb.h"
#include "lintel/identity/v1/sessions.pb.h"
#include "platform/server/server.h"
#include "services/identity/app/sign_in.h"
#include "services/identity/domain/settings.h"

namespace lintel::identity {

class SessionsApi {
 public:
  SessionsApi(SignIn& sign_in, pg::Database& app, const SettingCatalogue& settings)
      : sign_in_(sign_in), app_(app), settings_(settings) {}
  void Register(Server& server);

  absl::StatusOr<v1::Session> CreateSession(const Call& call, const v1::CreateSessionRequest& request);
  absl::StatusOr<v1::Session> RefreshSession(const Call& call, const v1::RefreshSessionRequest& request);
  absl::StatusOr<google::protobuf::Empty> DeleteSession(const Call& call, const v1::DeleteSessionRequest& request);
  absl::StatusOr<v1::ListMySessionsResponse> ListMySessions(const Call& call, const v1::ListMySessionsRequest& request);
  absl::StatusOr<google::protobuf::Empty> RevokeSession(const Call& call, const v1::RevokeSessionRequest& request);

  absl::StatusOr<auth::Principal> GetPrincipal(const Call& call, const v1::GetPrincipalRequest& request);
  // The same for this process's own gate. Throws nothing; UNAUTHENTICATED SESSION_OVER.
  absl::StatusOr<auth::Principal> Resolve(const auth::TokenClaims& claims,
                                          std::chrono::steady_clock::time_point deadline);

 private:
  absl::Status Revoke(const Call& call, const std::string& session_id, const std::string& reason);
  SignIn& sign_in_;
  pg::Database& app_;
  const SettingCatalogue& settings_;
};

}  // namespace lintel::identity
