#include "services/finance/store/hold_account_store.h"

#include "platform/status/status.h"

#define HOLD_ACCOUNT_SELECT                                                                                  \
  "SELECT id, deal_id, project_id, room_id, customer_id, fee_minor, held_minor, time_zone, subscription_id," \
  " closed, version FROM hold_accounts"

namespace lintel::finance {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO hold_accounts (tenant_id, id, deal_id, project_id, room_id, customer_id, fee_minor, time_zone, created_time)
  VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kFind[] = HOLD_ACCOUNT_SELECT R"sql(
   WHERE tenant_id = $1 AND id = $2::uuid AND ($3 OR project_id = ANY($4::uuid[])))sql";
constexpr char kFindForUpdate[] = HOLD_ACCOUNT_SELECT R"sql(
   WHERE tenant_id = $1 AND id = $2::uuid AND ($3 OR project_id = ANY($4::uuid[])) FOR UPDATE)sql";
constexpr char kListOpenAfter[] = HOLD_ACCOUNT_SELECT R"sql(
   WHERE tenant_id = $1 AND project_id = $2::uuid AND NOT closed
     AND id > coalesce(nullif($3, ''), '00000000-0000-0000-0000-000000000000')::uuid ORDER BY id LIMIT $4)sql";
constexpr char kSave[] = R"sql(
  UPDATE hold_accounts SET held_minor = $3, subscription_id = $4::uuid, closed = $5, version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid RETURNING version)sql";

HoldAccount ToHoldAccount(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .deal_id = row[1].as<std::string>(),
          .project_id = row[2].as<std::string>(),
          .room_id = row[3].as<std::string>(),
          .customer_id = pg::ToOptionalText(row[4]),
          .fee = Fen(row[5].as<int64_t>()),
          .held = Fen(row[6].as<int64_t>()),
          .time_zone = row[7].as<std::string>(),
          .subscription_id = pg::ToOptionalText(row[8]),
          .closed = row[9].as<bool>(),
          .version = row[10].as<int64_t>()};
}

}  // namespace

bool HoldAccountStore::Insert(const HoldAccount& account, Instant now) {
  return !tx_.Query(kInsert, scope_.tenant, account.id, account.deal_id, account.project_id, account.room_id,
                    account.customer_id, account.fee.minor_units, account.time_zone, now)
              .empty();
}

absl::StatusOr<HoldAccount> HoldAccountStore::FindOne(const char* sql, const std::string& hold_id) {
  const pqxx::result rows =
      tx_.Query(sql, scope_.tenant, hold_id, scope_.all_projects, pg::ArrayOf(scope_.project_ids));
  if (rows.empty()) return Missing("hold", hold_id);
  return ToHoldAccount(rows.front());
}

absl::StatusOr<HoldAccount> HoldAccountStore::Find(const std::string& hold_id) { return FindOne(kFind, hold_id); }
absl::StatusOr<HoldAccount> HoldAccountStore::FindForUpdate(const std::string& hold_id) {
  return FindOne(kFindForUpdate, hold_id);
}

void HoldAccountStore::Save(HoldAccount& account) {
  account.version = tx_.Query(kSave, scope_.tenant, account.id, account.held.minor_units, account.subscription_id,
                              account.closed)[0][0]
                        .as<int64_t>();
}

std::vector<HoldAccount> HoldAccountStore::ListOpenAfter(const std::string& project_id, const std::string& after,
                                                         int limit) {
  std::vector<HoldAccount> accounts;
  for (const auto& row : tx_.Query(kListOpenAfter, scope_.tenant, project_id, after, limit)) {
    accounts.push_back(ToHoldAccount(row));
  }
  return accounts;
}

}  // namespace lintel::finance
