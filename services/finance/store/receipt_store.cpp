#include "services/finance/store/receipt_store.h"

#include "platform/ids/ids.h"
#include "platform/status/status.h"

#define RECEIPT_SELECT                                                                                                 \
  "SELECT r.id, r.number, r.account_id, r.amount_minor, r.unallocated_minor, r.method, r.book_date, r.payer_id,"       \
  " r.payer_note, r.reference, r.reversal_of, (SELECT v.id FROM receipts v WHERE v.tenant_id = r.tenant_id"            \
  " AND v.reversal_of = r.id) AS reversed_by, r.reason, r.cashier, r.prints, r.created_time, a.project_id, a.room_id," \
  " a.contract_id FROM receipts r JOIN accounts a ON a.tenant_id = r.tenant_id AND a.id = r.account_id"

namespace lintel::finance {

const char kReceiptSelect[] = RECEIPT_SELECT;

namespace {

constexpr char kNextNumber[] = R"sql(
  INSERT INTO receipt_numbers (tenant_id, last) VALUES ($1, 1)
  ON CONFLICT (tenant_id) DO UPDATE SET last = receipt_numbers.last + 1 RETURNING last)sql";
constexpr char kInsert[] = R"sql(
  INSERT INTO receipts (tenant_id, id, number, account_id, amount_minor, unallocated_minor, method, book_date, payer_id,
                        payer_note, reference, reversal_of, reason, cashier, created_time)
  VALUES ($1, $2::uuid, $3, $4::uuid, $5, $6, $7, $8, $9::uuid, $10, $11, $12::uuid, $13, $14, $15))sql";
constexpr char kInsertAllocation[] = R"sql(
  INSERT INTO receipt_allocations (tenant_id, receipt_id, receivable_id, amount_minor) VALUES ($1, $2::uuid, $3::uuid, $4))sql";
constexpr char kFind[] = RECEIPT_SELECT R"sql(
   WHERE r.tenant_id = $1 AND r.id = $2::uuid AND ($3 OR a.project_id = ANY($4::uuid[])))sql";
constexpr char kFindForUpdate[] = RECEIPT_SELECT R"sql(
   WHERE r.tenant_id = $1 AND r.id = $2::uuid AND ($3 OR a.project_id = ANY($4::uuid[])) FOR UPDATE OF r)sql";
constexpr char kAllocations[] = R"sql(
  SELECT receivable_id, amount_minor FROM receipt_allocations
   WHERE tenant_id = $1 AND receipt_id = $2::uuid ORDER BY receivable_id)sql";
constexpr char kCountPrint[] = "UPDATE receipts SET prints = prints + 1 WHERE tenant_id = $1 AND id = $2::uuid";
constexpr char kOnDay[] = RECEIPT_SELECT R"sql(
   WHERE r.tenant_id = $1 AND r.book_date = $2 AND ($3 = '' OR a.project_id = nullif($3, '')::uuid)
     AND ($4 OR a.project_id = ANY($5::uuid[])) ORDER BY r.number)sql";

constexpr char kInsertEntry[] = R"sql(
  INSERT INTO ledger_entries (tenant_id, id, project_id, account_id, document, kind, book_date, created_time)
  VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5, $6, $7, $8))sql";
constexpr char kInsertLine[] = R"sql(
  INSERT INTO ledger_lines (tenant_id, entry_id, line, ledger_account, amount_minor) VALUES ($1, $2::uuid, $3, $4, $5))sql";
constexpr char kAddSum[] = R"sql(
  INSERT INTO ledger_sums (tenant_id, project_id, ledger_account, book_date, shard, amount_minor)
  VALUES ($1, $2::uuid, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, project_id, ledger_account, book_date, shard)
  DO UPDATE SET amount_minor = ledger_sums.amount_minor + excluded.amount_minor)sql";

constexpr int kShards = 16;

}  // namespace

Receipt ToReceipt(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .number = row[1].as<int64_t>(),
          .account_id = row[2].as<std::string>(),
          .amount = Fen(row[3].as<int64_t>()),
          .unallocated = Fen(row[4].as<int64_t>()),
          .method = row[5].as<std::string>(),
          .book_date = pg::ToDate(row[6]),
          .payer_id = row[7].as<std::string>(),
          .payer_note = row[8].as<std::string>(),
          .reference = row[9].as<std::string>(),
          .reversal_of = pg::ToOptionalText(row[10]),
          .reversed_by = pg::ToOptionalText(row[11]),
          .reason = row[12].as<std::string>(),
          .cashier = row[13].as<std::string>(),
          .prints = row[14].as<int>(),
          .created_time = pg::ToInstant(row[15]),
          .project_id = row[16].as<std::string>(),
          .room_id = row[17].as<std::string>(),
          .contract_id = pg::ToOptionalText(row[18])};
}

int64_t ReceiptStore::NextNumber() { return tx_.Query(kNextNumber, scope_.tenant)[0][0].as<int64_t>(); }

void ReceiptStore::Insert(const Receipt& receipt) {
  tx_.Query(kInsert, scope_.tenant, receipt.id, receipt.number, receipt.account_id, receipt.amount.minor_units,
            receipt.unallocated.minor_units, receipt.method, receipt.book_date, receipt.payer_id, receipt.payer_note,
            receipt.reference, receipt.reversal_of, receipt.reason, receipt.cashier, receipt.created_time);
  for (const Allocation& allocation : receipt.allocations) {
    tx_.Query(kInsertAllocation, scope_.tenant, receipt.id, allocation.receivable_id, allocation.amount.minor_units);
  }
}

absl::StatusOr<Receipt> ReceiptStore::FindOne(const char* sql, const std::string& receipt_id) {
  const pqxx::result rows =
      tx_.Query(sql, scope_.tenant, receipt_id, scope_.all_projects, pg::ArrayOf(scope_.project_ids));
  if (rows.empty()) return Missing("receipt", receipt_id);
  Receipt receipt = ToReceipt(rows.front());
  receipt.allocations = Allocations(receipt_id);
  return receipt;
}

absl::StatusOr<Receipt> ReceiptStore::Find(const std::string& receipt_id) { return FindOne(kFind, receipt_id); }
absl::StatusOr<Receipt> ReceiptStore::FindForUpdate(const std::string& receipt_id) {
  return FindOne(kFindForUpdate, receipt_id);
}

std::vector<Allocation> ReceiptStore::Allocations(const std::string& receipt_id) {
  std::vector<Allocation> allocations;
  for (const auto& row : tx_.Query(kAllocations, scope_.tenant, receipt_id)) {
    allocations.push_back({row[0].as<std::string>(), Fen(row[1].as<int64_t>())});
  }
  return allocations;
}

void ReceiptStore::CountPrint(const std::string& receipt_id) { tx_.Query(kCountPrint, scope_.tenant, receipt_id); }

std::vector<Receipt> ReceiptStore::OnDay(Date date, const std::string& project_id) {
  std::vector<Receipt> receipts;
  for (const auto& row :
       tx_.Query(kOnDay, scope_.tenant, date, project_id, scope_.all_projects, pg::ArrayOf(scope_.project_ids))) {
    receipts.push_back(ToReceipt(row));
  }
  return receipts;
}

void ReceiptStore::Book(const Account& account, const std::string& document, const std::string& kind, Date date,
                        const Entry& entry, Instant now) {
  if (entry.empty()) return;
  const std::string entry_id = NewId();
  tx_.Query(kInsertEntry, scope_.tenant, entry_id, account.project_id, account.id, document, kind, date, now);
  const int shard = static_cast<int>(std::hash<std::string>{}(entry_id) % kShards);
  int line_number = 0;
  for (const LedgerLine& line : entry) {
    const int ledger_account = static_cast<int>(line.account);
    tx_.Query(kInsertLine, scope_.tenant, entry_id, ++line_number, ledger_account, line.amount_minor);
    tx_.Query(kAddSum, scope_.tenant, account.project_id, ledger_account, date, shard, line.amount_minor);
  }
}

}  // namespace lintel::finance
