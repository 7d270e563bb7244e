// Registering, finding, changing, assigning and forgetting customers.
//
// Answers to changes are remembered without their personal part and read again before they are given: the table of
// remembered requests is no place for phones.
#pragma once

#include "lintel/customers/v1/customers.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/customers/store/customer_store.h"

namespace lintel::customers {

class CustomersApi {
 public:
  // For how many days a registration protects a claim (CFG-10), as the caller's tenant has set it.
  using ProtectionDays = std::function<int(const Call&)>;

  CustomersApi(Commands& commands, Commands& job_commands, const Vault& vault, ProtectionDays protection_days)
      : commands_(commands), job_commands_(job_commands), vault_(vault), protection_days_(std::move(protection_days)) {}
  void Register(Server& server);

  absl::StatusOr<v1::ListCustomersResponse> ListCustomers(const Call& call, const v1::ListCustomersRequest& request);
  absl::StatusOr<v1::Customer> GetCustomer(const Call& call, const v1::GetCustomerRequest& request);
  absl::StatusOr<v1::Customer> CreateCustomer(const Call& call, const v1::CreateCustomerRequest& request);
  absl::StatusOr<v1::Customer> UpdateCustomer(const Call& call, const v1::UpdateCustomerRequest& request);
  absl::StatusOr<v1::Customer> AssignCustomer(const Call& call, const v1::AssignCustomerRequest& request);
  absl::StatusOr<v1::Customer> EraseCustomer(const Call& call, const v1::EraseCustomerRequest& request);
  absl::StatusOr<v1::FindDuplicatesResponse> FindDuplicates(const Call& call, const v1::FindDuplicatesRequest& request);

 private:
  absl::Status GiveTo(CustomerStore& store, const Call& call, const std::string& owner, Customer& customer) const;
  // The customer a change has just answered with, whole.
  absl::StatusOr<v1::Customer> ReadAgain(const Call& call, const v1::Customer& remembered);

  Commands& commands_;
  Commands& job_commands_;  // Erasing reaches into the log, which the app role cannot change.
  const Vault& vault_;
  const ProtectionDays protection_days_;
};

}  // namespace lintel::customers
