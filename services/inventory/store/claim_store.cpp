#include "services/inventory/store/claim_store.h"

#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr char kCreate[] = R"sql(
  INSERT INTO claims (tenant_id, id, room_id, created_time) VALUES ($1, $2::uuid, $3::uuid, $4) ON CONFLICT DO NOTHING)sql";
constexpr char kFind[] = R"sql(
  SELECT id, room_id, closed FROM claims WHERE tenant_id = $1 AND id = $2::uuid FOR UPDATE)sql";
constexpr char kClose[] = R"sql(
  UPDATE claims SET closed = true, closed_time = $3 WHERE tenant_id = $1 AND id = $2::uuid AND NOT closed)sql";
constexpr char kMove[] = "UPDATE claims SET room_id = $3::uuid WHERE tenant_id = $1 AND id = $2::uuid";
constexpr char kListOpen[] = R"sql(
  SELECT * FROM rooms
   WHERE tenant_id = $1 AND project_id = $2::uuid AND claim_id IS NOT NULL
     AND claim_id > coalesce(nullif($3, ''), '00000000-0000-0000-0000-000000000000')::uuid
   ORDER BY claim_id LIMIT $4)sql";

ClaimRow ToClaim(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(), .room_id = row[1].as<std::string>(), .closed = row[2].as<bool>()};
}

}  // namespace

ClaimRow ClaimStore::FindOrCreate(const std::string& claim_id, const std::string& room_id, Instant now) {
  tx_.Query(kCreate, tenant_, claim_id, room_id, now);
  return ToClaim(tx_.Query(kFind, tenant_, claim_id).front());
}

absl::StatusOr<ClaimRow> ClaimStore::FindForUpdate(const std::string& claim_id) {
  const pqxx::result rows = tx_.Query(kFind, tenant_, claim_id);
  if (rows.empty()) return Missing("claim", claim_id);
  return ToClaim(rows.front());
}

void ClaimStore::Close(const std::string& claim_id, Instant now) { tx_.Query(kClose, tenant_, claim_id, now); }

void ClaimStore::MoveTo(const std::string& claim_id, const std::string& room_id) {
  tx_.Query(kMove, tenant_, claim_id, room_id);
}

std::vector<Room> ClaimStore::ListOpen(const std::string& project_id, const std::string& after_claim, int limit) {
  std::vector<Room> rooms;
  for (const auto& row : tx_.Query(kListOpen, tenant_, project_id, after_claim, limit)) rooms.push_back(ToRoom(row));
  return rooms;
}

}  // namespace lintel::inventory
