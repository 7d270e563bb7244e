// Administration of operators.
#pragma once

#include "lintel/identity/v1/operators.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/identity/domain/password.h"
#include "services/identity/store/operator_store.h"

namespace lintel::identity {

class OperatorsApi {
 public:
  // `wall_clock`: locks and sessions run by real time.
  OperatorsApi(Commands& commands, PasswordHasher& hasher, Clock wall_clock)
      : commands_(commands), hasher_(hasher), wall_clock_(std::move(wall_clock)) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListOperatorsResponse> ListOperators(const Call& call, const v1::ListOperatorsRequest& request);
  absl::StatusOr<v1::Operator> GetOperator(const Call& call, const v1::GetOperatorRequest& request);
  absl::StatusOr<v1::Operator> CreateOperator(const Call& call, const v1::CreateOperatorRequest& request);
  absl::StatusOr<v1::Operator> UpdateOperator(const Call& call, const v1::UpdateOperatorRequest& request);
  absl::StatusOr<v1::Operator> DisableOperator(const Call& call, const v1::DisableOperatorRequest& request);
  absl::StatusOr<v1::Operator> EnableOperator(const Call& call, const v1::EnableOperatorRequest& request);
  absl::StatusOr<v1::Operator> UnlockOperator(const Call& call, const v1::UnlockOperatorRequest& request);
  absl::StatusOr<v1::Operator> ResetPassword(const Call& call, const v1::ResetPasswordRequest& request);
  absl::StatusOr<v1::Operator> SignOutOperator(const Call& call, const v1::SignOutOperatorRequest& request);

 private:
  // Changes one operator under its row lock: `change` alters it and may refuse.
  template <class Request>
  absl::StatusOr<v1::Operator> Change(const Call& call, const Request& request, const std::string& name,
                                      const std::function<absl::Status(pg::Transaction&, Outbox&, Operator&)>& change);

  Commands& commands_;
  PasswordHasher& hasher_;
  const Clock wall_clock_;
};

}  // namespace lintel::identity
