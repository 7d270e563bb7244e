#include "services/finance/store/receipt_store.h"

#include "platform/ids/ids.h"
#include "platform/status/status.h"

#define RECEIPT_SELECT                                                                                           \
  "SELECT r.id, r.number, r.account_id, r.amount_minor, r.unallocated_minor, r.method, r.book_date, r.payer_id," \
  " r.payer_note, r.reference, r.reversal_of, (SELECT v.id FROM receipts v WHERE v.tenant_id = r.tenant_id"      \
  " AND v.reversal_of = r.id) AS reversed_by, r.reason, r.cashier, r.prints, r.created_time,"                    \
  " coalesce(a.project_id, h.project_id) AS project_id, coalesce(a.room_id, h.room_id) AS room_id,"              \
  " a.contract_id, r.hold_id FROM receipts r"                                                                    \
  " LEFT JOIN accounts a ON a.tenant_id = r.tenant_id AND a.id = r.account_id"                                   \
  " LEFT JOIN hold_accounts h ON h.tenant_id = r.tenant_id AND h.id = r.hold_id"
#define IN_PROJECTS(all, ids) "(" all " OR coalesce(a.project_id, h.project_id) = ANY(" ids "::uuid[]))"

namespace lintel::finance {

const char kReceiptList[] = RECEIPT_SELECT " WHERE r.tenant_id = $1::bigint AND " IN_PROJECTS("$2::boolean", "$3");

namespace {

constexpr char kNextNumber[] = R"sql(
  INSERT INTO receipt_numbers (tenant_id, last) VALUES ($1, 1)
  ON CONFLICT (tenant_id) DO UPDATE SET last = receipt_numbers.last + 1 RETURNING last)sql";
constexpr char kInsert[] = R"sql(
  INSERT INTO receipts (tenant_id, id, number, account_id, amount_minor, unallocated_minor, method, book_date, payer_id,
                        payer_note, reference, reversal_of, reason, cashier, created_time, hold_id)
  VALUES ($1, $2::uuid, $3, nullif($4, '')::uuid, $5, $6, $7, $8, $9::uuid, $10, $11, $12::uuid, $13, $14, $15,
          $16::uuid))sql";
constexpr char kInsertAllocation[] = R"sql(
  INSERT INTO receipt_allocations (tenant_id, receipt_id, receivable_id, amount_minor) VALUES ($1, $2::uuid, $3::uuid, $4))sql";
constexpr char kFind[] = RECEIPT_SELECT " WHERE r.tenant_id = $1 AND r.id = $2::uuid AND " IN_PROJECTS("$3", "$4");
constexpr char kFindForUpdate[] =
    RECEIPT_SELECT " WHERE r.tenant_id = $1 AND r.id = $2::uuid AND " IN_PROJECTS("$3", "$4") " FOR UPDATE OF r";
constexpr char kHeldOn[] = RECEIPT_SELECT R"sql(
   WHERE r.tenant_id = $1 AND r.hold_id = $2::uuid AND r.account_id IS NULL AND r.reversal_of IS NULL
     AND NOT EXISTS (SELECT FROM receipts v WHERE v.tenant_id = r.tenant_id AND v.reversal_of = r.id)
   ORDER BY r.number)sql";
constexpr char kCarry[] = R"sql(
  UPDATE receipts SET account_id = $3::uuid, unallocated_minor = $4 WHERE tenant_id = $1 AND id = $2::uuid)sql";
constexpr char kAllocations[] = R"sql(
  SELECT receivable_id, amount_minor FROM receipt_allocations
   WHERE tenant_id = $1 AND receipt_id = $2::uuid ORDER BY receivable_id)sql";
constexpr char kCountPrint[] = "UPDATE receipts SET prints = prints + 1 WHERE tenant_id = $1 AND id = $2::uuid";
constexpr char kOnDay[] = RECEIPT_SELECT R"sql(
   WHERE r.tenant_id = $1 AND r.book_date = $2
     AND ($3 = '' OR coalesce(a.project_id, h.project_id) = nullif($3, '')::uuid)
     AND )sql" IN_PROJECTS("$4", "$5") " ORDER BY r.number";

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
          .account_id = row[2].as<std::string>(""),
          .hold_id = pg::ToOptionalText(row[19]),
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
            receipt.reference, receipt.reversal_of, receipt.reason, receipt.cashier, receipt.created_time,
            receipt.hold_id);
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

std::vector<Receipt> ReceiptStore::HeldOn(const std::string& hold_id) {
  std::vector<Receipt> receipts;
  for (const auto& row : tx_.Query(kHeldOn, scope_.tenant, hold_id)) receipts.push_back(ToReceipt(row));
  return receipts;
}

void ReceiptStore::Carry(const std::string& receipt_id, const std::string& account_id, const Allocated& allocated) {
  tx_.Query(kCarry, scope_.tenant, receipt_id, account_id, allocated.unallocated.minor_units);
  for (const Allocation& allocation : allocated.allocations) {
    tx_.Query(kInsertAllocation, scope_.tenant, receipt_id, allocation.receivable_id, allocation.amount.minor_units);
  }
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
  Write({account.project_id, account.id}, document, kind, date, entry, now);
}

void ReceiptStore::Book(const HoldAccount& account, const std::string& document, const std::string& kind, Date date,
                        const Entry& entry, Instant now) {
  Write({account.project_id, account.id}, document, kind, date, entry, now);
}

void ReceiptStore::Write(const LedgerPlace& place, const std::string& document, const std::string& kind, Date date,
                         const Entry& entry, Instant now) {
  if (entry.empty()) return;
  const std::string entry_id = NewId();
  tx_.Query(kInsertEntry, scope_.tenant, entry_id, place.project_id, place.account_id, document, kind, date, now);
  const int shard = static_cast<int>(std::hash<std::string>{}(entry_id) % kShards);
  int line_number = 0;
  for (const LedgerLine& line : entry) {
    const int ledger_account = static_cast<int>(line.account);
    tx_.Query(kInsertLine, scope_.tenant, entry_id, ++line_number, ledger_account, line.amount_minor);
    tx_.Query(kAddSum, scope_.tenant, place.project_id, ledger_account, date, shard, line.amount_minor);
  }
}

}  // namespace lintel::finance
