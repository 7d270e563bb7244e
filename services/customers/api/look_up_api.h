// What other services ask: who is calling, what a document prints, which number to dial.
#pragma once

#include "lintel/customers/v1/customers.pb.h"
#include "platform/server/server.h"
#include "services/customers/store/customer_store.h"

namespace lintel::customers {

class LookUpApi {
 public:
  LookUpApi(pg::Database& app, const Vault& vault, Clock clock) : app_(app), vault_(vault), clock_(std::move(clock)) {}
  void Register(Server& server);

  absl::StatusOr<v1::LookUpCallerResponse> LookUpCaller(const Call& call, const v1::LookUpCallerRequest& request);
  absl::StatusOr<v1::GetCustomerNamesResponse> GetCustomerNames(const Call& call,
                                                                const v1::GetCustomerNamesRequest& request);
  absl::StatusOr<v1::GetBuyersResponse> GetBuyers(const Call& call, const v1::GetBuyersRequest& request);
  absl::StatusOr<v1::GetDialNumberResponse> GetDialNumber(const Call& call, const v1::GetDialNumberRequest& request);

 private:
  pg::Database& app_;
  const Vault& vault_;
  const Clock clock_;
};

}  // namespace lintel::customers
