// Deals' accounts for sales' processes: schedules, opening, closing, contracts and stamp tax.
#pragma once

#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/finance/api/convert.h"

namespace lintel::finance {

class AccountsService {
 public:
  explicit AccountsService(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::PreviewScheduleResponse> PreviewSchedule(const Call& call,
                                                              const v1::PreviewScheduleRequest& request);
  absl::StatusOr<v1::Account> OpenAccount(const Call& call, const v1::OpenAccountRequest& request);
  absl::StatusOr<v1::Account> CloseAccount(const Call& call, const v1::CloseAccountRequest& request);
  absl::StatusOr<v1::RecordContractResponse> RecordContract(const Call& call, const v1::RecordContractRequest& request);
  absl::StatusOr<v1::Account> ForgetContract(const Call& call, const v1::ForgetContractRequest& request);
  absl::StatusOr<v1::Account> GetAccount(const Call& call, const v1::GetAccountRequest& request);
  absl::StatusOr<v1::ListAccountsResponse> ListAccounts(const Call& call, const v1::ListAccountsRequest& request);

 private:
  Commands& commands_;
};

}  // namespace lintel::finance
