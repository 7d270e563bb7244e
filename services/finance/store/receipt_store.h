// Receipts, the ledger and the day journal in SQL. Works inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"
#include "services/finance/domain/allocation.h"
#include "services/finance/domain/ledger.h"
#include "services/finance/store/account_store.h"
#include "services/finance/store/hold_account_store.h"

namespace lintel::finance {

struct Receipt {
  std::string id;
  int64_t number = 0;
  std::string account_id;              // Empty while the money is a hold's.
  std::optional<std::string> hold_id;  // Where it came in, also after it was carried on.
  Money amount;                        // Negative in a reversal.
  Money unallocated;                   // Has the sign of `amount`.
  std::string method;
  Date book_date;
  std::string payer_id;
  std::string payer_note;
  std::string reference;
  std::optional<std::string> reversal_of;
  std::optional<std::string> reversed_by;
  std::string reason;
  std::string cashier;
  int prints = 0;
  Instant created_time;
  std::vector<Allocation> allocations;
  // Of its account or hold, for answers.
  std::string project_id;
  std::string room_id;
  std::optional<std::string> contract_id;
};

class ReceiptStore {
 public:
  ReceiptStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // The tenant's next number; others wait until this transaction ends, so that there are no gaps.
  int64_t NextNumber();
  void Insert(const Receipt& receipt);
  absl::StatusOr<Receipt> Find(const std::string& receipt_id);
  absl::StatusOr<Receipt> FindForUpdate(const std::string& receipt_id);
  // What a hold has: neither reversed nor carried to a subscription, in order of number.
  std::vector<Receipt> HeldOn(const std::string& hold_id);
  // Makes a hold's receipt one of the account.
  void Carry(const std::string& receipt_id, const std::string& account_id, const Allocated& allocated);
  void CountPrint(const std::string& receipt_id);
  // Receipts and reversals booked on a day, in order of number. An empty project: all in scope.
  std::vector<Receipt> OnDay(Date date, const std::string& project_id);

  // Writes a balanced entry and adds it to the day's sums. A document books each kind once.
  void Book(const Account& account, const std::string& document, const std::string& kind, Date date, const Entry& entry,
            Instant now);
  void Book(const HoldAccount& account, const std::string& document, const std::string& kind, Date date,
            const Entry& entry, Instant now);

 private:
  // Where in the books an entry stands.
  struct LedgerPlace {
    std::string project_id;
    std::string account_id;
  };
  void Write(const LedgerPlace& place, const std::string& document, const std::string& kind, Date date,
             const Entry& entry, Instant now);
  absl::StatusOr<Receipt> FindOne(const char* sql, const std::string& receipt_id);
  std::vector<Allocation> Allocations(const std::string& receipt_id);
  pg::Transaction& tx_;
  const Scope& scope_;
};

// For lists: $1 tenant, $2 all projects, $3 projects; and a row of it, or of any other select here.
extern const char kReceiptList[];
Receipt ToReceipt(const pqxx::row& row);

}  // namespace lintel::finance
