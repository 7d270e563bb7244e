// Deals' accounts and their receivables in SQL. Works inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"
#include "services/finance/domain/allocation.h"
#include "services/finance/domain/schedule.h"

namespace lintel::finance {

struct Account {
  std::string id;  // The subscription's.
  std::string deal_id;
  std::string project_id;
  std::string room_id;
  std::vector<std::string> customer_ids;
  std::string plan_id;
  Money price;
  Money deposit;
  std::string deposit_kind;
  std::string time_zone;
  std::optional<std::string> contract_id;
  std::string contract_number;
  std::optional<Date> sign_date;
  Money stamp_tax;
  int64_t stamp_rate_ppm = 0;
  Money unallocated;
  bool closed = false;
  int64_t version = 1;
};

struct Receivable {
  std::string id;
  std::string account_id;
  int sequence = 0;
  std::string kind;
  Date due_date;
  Money amount;
  Money paid;
  bool cancelled = false;
  bool manual = false;
  std::string note;
};

class AccountStore {
 public:
  AccountStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // False when the account exists already.
  bool Insert(const Account& account, Instant now);
  absl::StatusOr<Account> Find(const std::string& account_id);
  absl::StatusOr<Account> FindForUpdate(const std::string& account_id);
  absl::StatusOr<Account> FindByContract(const std::string& contract_id);
  // Contract, tax, over-payment and closing; raises the version.
  void Save(Account& account);
  std::vector<Account> ListAfter(const std::string& project_id, const std::string& after, int limit);

  void InsertReceivable(const Receivable& receivable);
  std::vector<Receivable> Receivables(const std::string& account_id);
  void AddPaid(const std::string& receivable_id, const Money& change);
  void CancelReceivables(const std::string& account_id);
  bool HasReceipts(const std::string& account_id);

 private:
  absl::StatusOr<Account> FindOne(const char* sql, const std::string& kind, const std::string& id);
  pg::Transaction& tx_;
  const Scope& scope_;
};

// What is still to be paid, of items that are not cancelled.
std::vector<OpenItem> OpenItems(const std::vector<Receivable>& receivables);

}  // namespace lintel::finance
