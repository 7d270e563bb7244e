#include "services/finance/store/account_store.h"

#include "absl/strings/str_split.h"
#include "platform/status/status.h"

#define ACCOUNT_COLUMNS                                                                                        \
  "id, deal_id, project_id, room_id, array_to_string(customer_ids, ','), plan_id, price_minor, deposit_minor," \
  " deposit_kind, time_zone, contract_id, contract_number, sign_date, stamp_tax_minor, stamp_rate_ppm,"        \
  " unallocated_minor, closed, version"

namespace lintel::finance {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO accounts (tenant_id, id, deal_id, project_id, room_id, customer_ids, plan_id, price_minor, deposit_minor,
                        deposit_kind, time_zone, created_time)
  VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid[], $7::uuid, $8, $9, $10, $11, $12)
  ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kFind[] = "SELECT " ACCOUNT_COLUMNS R"sql(
    FROM accounts WHERE tenant_id = $1 AND id = $2::uuid AND ($3 OR project_id = ANY($4::uuid[])))sql";
constexpr char kFindForUpdate[] = "SELECT " ACCOUNT_COLUMNS R"sql(
    FROM accounts WHERE tenant_id = $1 AND id = $2::uuid AND ($3 OR project_id = ANY($4::uuid[])) FOR UPDATE)sql";
constexpr char kFindByContract[] = "SELECT " ACCOUNT_COLUMNS R"sql(
    FROM accounts WHERE tenant_id = $1 AND contract_id = $2::uuid AND ($3 OR project_id = ANY($4::uuid[])))sql";
constexpr char kListAfter[] = "SELECT " ACCOUNT_COLUMNS R"sql(
    FROM accounts WHERE tenant_id = $1 AND project_id = $2::uuid
     AND id > coalesce(nullif($3, ''), '00000000-0000-0000-0000-000000000000')::uuid ORDER BY id LIMIT $4)sql";
constexpr char kSave[] = R"sql(
  UPDATE accounts SET contract_id = $3::uuid, contract_number = $4, sign_date = $5, stamp_tax_minor = $6, stamp_rate_ppm = $7,
         unallocated_minor = $8, closed = $9, version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid RETURNING version)sql";
constexpr char kInsertReceivable[] = R"sql(
  INSERT INTO receivables (tenant_id, id, account_id, sequence, kind, due_date, amount_minor, manual, note)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9))sql";
constexpr char kReceivables[] = R"sql(
  SELECT id, account_id, sequence, kind, due_date, amount_minor, paid_minor, cancelled, manual, note
    FROM receivables WHERE tenant_id = $1 AND account_id = $2::uuid ORDER BY sequence)sql";
constexpr char kAddPaid[] = R"sql(
  UPDATE receivables SET paid_minor = paid_minor + $3 WHERE tenant_id = $1 AND id = $2::uuid)sql";
constexpr char kCancel[] = R"sql(
  UPDATE receivables SET cancelled = true WHERE tenant_id = $1 AND account_id = $2::uuid)sql";
constexpr char kHasReceipts[] = R"sql(
  SELECT EXISTS (SELECT FROM receipts WHERE tenant_id = $1 AND account_id = $2::uuid))sql";

Account ToAccount(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .deal_id = row[1].as<std::string>(),
          .project_id = row[2].as<std::string>(),
          .room_id = row[3].as<std::string>(),
          .customer_ids = absl::StrSplit(row[4].as<std::string>(), ','),
          .plan_id = row[5].as<std::string>(),
          .price = Fen(row[6].as<int64_t>()),
          .deposit = Fen(row[7].as<int64_t>()),
          .deposit_kind = row[8].as<std::string>(),
          .time_zone = row[9].as<std::string>(),
          .contract_id = pg::ToOptionalText(row[10]),
          .contract_number = row[11].as<std::string>(),
          .sign_date = row[12].is_null() ? std::nullopt : std::optional<Date>(pg::ToDate(row[12])),
          .stamp_tax = Fen(row[13].as<int64_t>()),
          .stamp_rate_ppm = row[14].as<int64_t>(),
          .unallocated = Fen(row[15].as<int64_t>()),
          .closed = row[16].as<bool>(),
          .version = row[17].as<int64_t>()};
}

}  // namespace

bool AccountStore::Insert(const Account& account, Instant now) {
  return !tx_.Query(kInsert, scope_.tenant, account.id, account.deal_id, account.project_id, account.room_id,
                    pg::ArrayOf(account.customer_ids), account.plan_id, account.price.minor_units,
                    account.deposit.minor_units, account.deposit_kind, account.time_zone, now)
              .empty();
}

absl::StatusOr<Account> AccountStore::FindOne(const char* sql, const std::string& kind, const std::string& id) {
  const pqxx::result rows = tx_.Query(sql, scope_.tenant, id, scope_.all_projects, pg::ArrayOf(scope_.project_ids));
  if (rows.empty()) return Missing(kind, id);
  return ToAccount(rows.front());
}

absl::StatusOr<Account> AccountStore::Find(const std::string& id) { return FindOne(kFind, "subscription", id); }
absl::StatusOr<Account> AccountStore::FindForUpdate(const std::string& id) {
  return FindOne(kFindForUpdate, "subscription", id);
}
absl::StatusOr<Account> AccountStore::FindByContract(const std::string& id) {
  return FindOne(kFindByContract, "contract", id);
}

void AccountStore::Save(Account& account) {
  const pqxx::result rows =
      tx_.Query(kSave, scope_.tenant, account.id, account.contract_id, account.contract_number, account.sign_date,
                account.stamp_tax.minor_units, account.stamp_rate_ppm, account.unallocated.minor_units, account.closed);
  account.version = rows[0][0].as<int64_t>();
}

std::vector<Account> AccountStore::ListAfter(const std::string& project_id, const std::string& after, int limit) {
  std::vector<Account> accounts;
  for (const auto& row : tx_.Query(kListAfter, scope_.tenant, project_id, after, limit))
    accounts.push_back(ToAccount(row));
  return accounts;
}

void AccountStore::InsertReceivable(const Receivable& receivable) {
  tx_.Query(kInsertReceivable, scope_.tenant, receivable.id, receivable.account_id, receivable.sequence,
            receivable.kind, receivable.due_date, receivable.amount.minor_units, receivable.manual, receivable.note);
}

std::vector<Receivable> AccountStore::Receivables(const std::string& account_id) {
  std::vector<Receivable> receivables;
  for (const auto& row : tx_.Query(kReceivables, scope_.tenant, account_id)) {
    receivables.push_back({.id = row[0].as<std::string>(),
                           .account_id = row[1].as<std::string>(),
                           .sequence = row[2].as<int>(),
                           .kind = row[3].as<std::string>(),
                           .due_date = pg::ToDate(row[4]),
                           .amount = Fen(row[5].as<int64_t>()),
                           .paid = Fen(row[6].as<int64_t>()),
                           .cancelled = row[7].as<bool>(),
                           .manual = row[8].as<bool>(),
                           .note = row[9].as<std::string>()});
  }
  return receivables;
}

void AccountStore::AddPaid(const std::string& receivable_id, const Money& change) {
  tx_.Query(kAddPaid, scope_.tenant, receivable_id, change.minor_units);
}

void AccountStore::CancelReceivables(const std::string& account_id) { tx_.Query(kCancel, scope_.tenant, account_id); }

bool AccountStore::HasReceipts(const std::string& account_id) {
  return tx_.Query(kHasReceipts, scope_.tenant, account_id)[0][0].as<bool>();
}

std::vector<OpenItem> OpenItems(const std::vector<Receivable>& receivables) {
  std::vector<OpenItem> items;
  for (const Receivable& one : receivables) {
    if (one.cancelled) continue;
    items.push_back({one.id, one.due_date, one.sequence, Fen(one.amount.minor_units - one.paid.minor_units)});
  }
  return items;
}

}  // namespace lintel::finance
