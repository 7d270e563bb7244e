// All of identity's RPCs over one database: what main serves, and component tests too.
#pragma once

#include "platform/blob/blob.h"
#include "services/identity/api/files_api.h"
#include "services/identity/api/groups_api.h"
#include "services/identity/api/inbox_api.h"
#include "services/identity/api/me_api.h"
#include "services/identity/api/operators_api.h"
#include "services/identity/api/sessions_api.h"
#include "services/identity/api/settings_api.h"
#include "services/identity/config.h"

namespace lintel::identity {

class Identity {
 public:
  // `clock` is the product's time, `wall_clock` that of sessions and locks. All must outlive this.
  Identity(const Config& config, pg::Database& app, pg::Database& job, Blobs& blobs, Metrics& metrics, Clock clock,
           Clock wall_clock);

  void Register(Server& server);

  // For this process's own gate, which asks nobody.
  absl::StatusOr<Principal> Resolve(const auth::TokenClaims& claims);

  // Hourly: sessions that ended a week ago, forgotten failures, files nobody took.
  absl::Status Sweep();

  PasswordHasher& hasher() { return hasher_; }
  const RightCatalogue& rights() const { return rights_; }
  const std::vector<CodeTable>& code_tables() const { return code_tables_; }

 private:
  pg::Database& job_;
  Blobs& blobs_;
  const Clock clock_;
  const Clock wall_clock_;
  const RightCatalogue rights_;
  const SettingCatalogue settings_;
  const std::vector<CodeTable> code_tables_;
  const Scanner scanner_;
  PasswordHasher hasher_;
  Commands commands_;
  SignIn sign_in_;
  SessionsApi sessions_api_;
  MeApi me_api_;
  OperatorsApi operators_api_;
  GroupsApi groups_api_;
  PlacesApi places_api_;
  CodeTablesApi code_tables_api_;
  SettingsApi settings_api_;
  InboxApi inbox_api_;
  LookUpApi look_up_api_;
  FilesApi files_api_;
};

}  // namespace lintel::identity
