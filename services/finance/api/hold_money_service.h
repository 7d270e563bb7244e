// The accounts of holds with a fee, for sales' processes (proto/lintel/finance/v1/hold_money.proto).
#pragma once

#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/finance/api/convert.h"

namespace lintel::finance {

class HoldMoneyService {
 public:
  explicit HoldMoneyService(Commands& commands) : commands_(commands) {}
  void Register(Server& server);

  absl::StatusOr<v1::HoldAccount> OpenHoldAccount(const Call& call, const v1::OpenHoldAccountRequest& request);
  absl::StatusOr<v1::HoldAccount> CloseHoldAccount(const Call& call, const v1::CloseHoldAccountRequest& request);
  absl::StatusOr<v1::HoldAccount> CarryHoldMoney(const Call& call, const v1::CarryHoldMoneyRequest& request);
  absl::StatusOr<v1::ListHoldAccountsResponse> ListHoldAccounts(const Call& call,
                                                                const v1::ListHoldAccountsRequest& request);

 private:
  Commands& commands_;
};

}  // namespace lintel::finance
