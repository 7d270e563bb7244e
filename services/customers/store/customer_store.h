// Customers, their numbers and search tokens. Works inside the caller's transaction; every look-up takes the caller's
// scope, and SQL applies it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/auth/principal.h"
#include "platform/list/run.h"
#include "platform/pg/transaction.h"
#include "services/customers/domain/customer.h"
#include "services/customers/domain/search.h"

namespace lintel::customers {

class CustomerStore {
 public:
  CustomerStore(pg::Transaction& tx, const Vault& vault, Scope scope)
      : tx_(tx), vault_(vault), scope_(std::move(scope)) {}

  struct Page {
    std::vector<Customer> customers;
    std::string next_page_token;
  };
  static const ListSpec& Spec();
  absl::StatusOr<Page> ListCustomers(const List& list, const Query& query);

  // NOT_FOUND outside the scope, both.
  absl::StatusOr<Customer> Find(const std::string& id);
  absl::StatusOr<Customer> FindForUpdate(const std::string& id);

  // ALREADY_EXISTS CUSTOMER_DUPLICATE when somebody has one of the numbers.
  absl::Status Insert(const Customer& customer);
  // An erased customer loses numbers and tokens.
  absl::Status Update(const Customer& customer);

  // Who has a number, whatever the scope: `visible` says whether the scope reaches them.
  struct Holder {
    std::string id;
    std::string display_name;
    std::string owner_team;
    bool visible = false;
  };
  std::optional<Holder> FindHolder(const std::string& number);
  // The same customer as a whole; for the caller's card.
  std::optional<Customer> FindByNumber(const std::string& number);

  // Names of those that are not erased.
  std::map<std::string, std::string> Names(const std::vector<std::string>& ids);

  void RecordContact(const std::string& id, Instant time);
  // A consultant's team, as far as identity has told: nothing when the operator is not known here.
  struct Operator {
    std::string team_id;
    bool active = true;
  };
  std::optional<Operator> FindOperator(const std::string& id);

 private:
  absl::StatusOr<Customer> Load(const char* sql, const std::string& id);
  absl::StatusOr<Customer> ToCustomer(const pqxx::row& row) const;
  absl::Status WriteNumbers(const Customer& customer);
  void WriteTokens(const Customer& customer);
  absl::Status Duplicate(const std::string& number);

  pg::Transaction& tx_;
  const Vault& vault_;
  const Scope scope_;
};

// The words of SQL's scope condition: $n is the reach ("own", "team", "project", "tenant").
std::string ReachWord(const Scope& scope);

}  // namespace lintel::customers
