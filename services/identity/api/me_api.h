// What operators ask about themselves.
#pragma once

#include "lintel/identity/v1/operators.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/identity/domain/password.h"

namespace lintel::identity {

class MeApi {
 public:
  // `test_mode` is shown to everybody: time may be moved.
  MeApi(pg::Database& app, PasswordHasher& hasher, Clock wall_clock, bool test_mode)
      : app_(app), hasher_(hasher), wall_clock_(std::move(wall_clock)), test_mode_(test_mode) {}
  void Register(Server& server);

  absl::StatusOr<v1::Me> GetMe(const Call& call, const v1::GetMeRequest& request);
  absl::StatusOr<v1::ChangePasswordResponse> ChangePassword(const Call& call, const v1::ChangePasswordRequest& request);
  absl::StatusOr<v1::Preferences> GetPreferences(const Call& call, const v1::GetPreferencesRequest& request);
  absl::StatusOr<v1::Preferences> UpdatePreferences(const Call& call, const v1::UpdatePreferencesRequest& request);

 private:
  pg::Database& app_;
  PasswordHasher& hasher_;
  const Clock wall_clock_;
  const bool test_mode_;
};

}  // namespace lintel::identity
