#include "services/inventory/store/claim_store.h"

#include "absl/strings/str_split.h"
#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr char kCreate[] = R"sql(
  INSERT INTO claims (tenant_id, id, room_id, created_time) VALUES ($1, $2::uuid, $3::uuid, $4) ON CONFLICT DO NOTHING)sql";
// In order of id, so that two groups that share claims cannot lock each other out.
constexpr char kCreateAll[] = R"sql(
  INSERT INTO claims (tenant_id, id, room_id, created_time)
  SELECT $1, w.id, r.id, $5
    FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS w (id, project_id, room_id)
    JOIN rooms r ON r.tenant_id = $1 AND r.id = w.room_id AND r.project_id = w.project_id
   ORDER BY w.id
  ON CONFLICT DO NOTHING RETURNING id, closed)sql";
constexpr char kLockAll[] = R"sql(
  SELECT id, closed FROM claims WHERE tenant_id = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE)sql";
#define CLAIM_SELECT                                                       \
  "SELECT id, room_id, closed, array_to_string(undone_documents, chr(31))" \
  "  FROM claims WHERE tenant_id = $1 AND id = $2::uuid"
constexpr char kFind[] = CLAIM_SELECT;
constexpr char kFindForUpdate[] = CLAIM_SELECT " FOR UPDATE";
constexpr char kUndo[] = R"sql(
  UPDATE claims SET undone_documents = array_append(undone_documents, $3)
   WHERE tenant_id = $1 AND id = $2::uuid AND NOT $3 = ANY(undone_documents))sql";
constexpr char kHandOver[] = R"sql(
  UPDATE claims SET hand_overs = $3 WHERE tenant_id = $1 AND id = $2::uuid AND hand_overs < $3)sql";
constexpr char kClose[] = R"sql(
  UPDATE claims SET closed = true, closed_time = $3
   WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND NOT closed)sql";
constexpr char kMove[] = "UPDATE claims SET room_id = $3::uuid WHERE tenant_id = $1 AND id = $2::uuid";
constexpr char kListOpen[] = R"sql(
  SELECT * FROM rooms
   WHERE tenant_id = $1 AND project_id = $2::uuid AND claim_id IS NOT NULL
     AND claim_id > coalesce(nullif($3, ''), '00000000-0000-0000-0000-000000000000')::uuid
   ORDER BY claim_id LIMIT $4)sql";

ClaimRow ToClaim(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .room_id = row[1].as<std::string>(),
          .closed = row[2].as<bool>(),
          .undone_documents = absl::StrSplit(row[3].as<std::string>(), '\x1f', absl::SkipEmpty())};
}

}  // namespace

ClaimRow ClaimStore::FindOrCreate(const std::string& claim_id, const std::string& room_id, Instant now) {
  tx_.Query(kCreate, tenant_, claim_id, room_id, now);
  return ToClaim(tx_.Query(kFindForUpdate, tenant_, claim_id).front());
}

std::map<std::string, bool> ClaimStore::FindOrCreateAll(const std::vector<NewClaim>& claims, Instant now) {
  std::vector<std::string> ids, projects, rooms;
  for (const NewClaim& claim : claims) {
    ids.push_back(claim.id);
    projects.push_back(claim.project_id);
    rooms.push_back(claim.room_id);
  }
  const std::string all = pg::ArrayOf(ids);
  std::map<std::string, bool> closed;
  for (const auto& row : tx_.Query(kCreateAll, tenant_, all, pg::ArrayOf(projects), pg::ArrayOf(rooms), now)) {
    closed.emplace(row[0].as<std::string>(), row[1].as<bool>());
  }
  if (closed.size() == claims.size()) return closed;  // All are new, and ours alone.
  for (const auto& row : tx_.Query(kLockAll, tenant_, all)) closed[row[0].as<std::string>()] = row[1].as<bool>();
  return closed;
}

absl::StatusOr<ClaimRow> ClaimStore::FindOne(const char* sql, const std::string& claim_id) {
  const pqxx::result rows = tx_.Query(sql, tenant_, claim_id);
  if (rows.empty()) return Missing("claim", claim_id);
  return ToClaim(rows.front());
}

absl::StatusOr<ClaimRow> ClaimStore::Find(const std::string& claim_id) { return FindOne(kFind, claim_id); }

absl::StatusOr<ClaimRow> ClaimStore::FindForUpdate(const std::string& claim_id) {
  return FindOne(kFindForUpdate, claim_id);
}

void ClaimStore::Undo(const std::string& claim_id, const std::string& document) {
  tx_.Query(kUndo, tenant_, claim_id, document);
}

bool ClaimStore::HandOver(const std::string& claim_id, int64_t hand_over) {
  return tx_.Query(kHandOver, tenant_, claim_id, hand_over).affected_rows() > 0;
}

void ClaimStore::Close(const std::vector<std::string>& claim_ids, Instant now) {
  tx_.Query(kClose, tenant_, pg::ArrayOf(claim_ids), now);
}

void ClaimStore::MoveTo(const std::string& claim_id, const std::string& room_id) {
  tx_.Query(kMove, tenant_, claim_id, room_id);
}

std::vector<Room> ClaimStore::ListOpen(const std::string& project_id, const std::string& after_claim, int limit) {
  std::vector<Room> rooms;
  for (const auto& row : tx_.Query(kListOpen, tenant_, project_id, after_claim, limit)) rooms.push_back(ToRoom(row));
  return rooms;
}

}  // namespace lintel::inventory
