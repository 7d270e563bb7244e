#include "services/inventory/store/project_store.h"

#include "absl/strings/str_split.h"
#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO projects (tenant_id, id, display_name, time_zone, address, escrow_account, created_time, updated_time)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $7) ON CONFLICT DO NOTHING RETURNING 1)sql";

#define PROJECT_COLUMNS "id, display_name, time_zone, address, escrow_account, version, created_time, updated_time"
constexpr char kFind[] = "SELECT " PROJECT_COLUMNS R"sql(
    FROM projects WHERE tenant_id = $1 AND id = $2::uuid AND ($3 OR id = ANY($4::uuid[])))sql";
constexpr char kFindForUpdate[] = "SELECT " PROJECT_COLUMNS R"sql(
    FROM projects WHERE tenant_id = $1 AND id = $2::uuid AND ($3 OR id = ANY($4::uuid[])) FOR UPDATE)sql";
constexpr char kSave[] = R"sql(
  UPDATE projects SET display_name = $3, time_zone = $4, address = $5, escrow_account = $6, updated_time = $7,
         version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid
     AND NOT EXISTS (SELECT FROM projects WHERE tenant_id = $1 AND display_name = $3 AND id <> $2::uuid)
  RETURNING version)sql";
constexpr char kCountRooms[] = R"sql(
  SELECT project_id, state, count(*) FROM rooms WHERE tenant_id = $1 AND project_id = ANY($2::uuid[])
   GROUP BY project_id, state)sql";

constexpr char kInsertPermit[] = R"sql(
  INSERT INTO permits (tenant_id, id, project_id, number, valid_from, valid_until, buildings)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7::text[]) ON CONFLICT DO NOTHING RETURNING 1)sql";
#define PERMIT_COLUMNS \
  "id, project_id, number, valid_from, valid_until, array_to_string(buildings, chr(31)), revoked, version"
constexpr char kPermits[] = "SELECT " PERMIT_COLUMNS R"sql(
    FROM permits WHERE tenant_id = $1 AND project_id = ANY($2::uuid[]) ORDER BY project_id, valid_from, number)sql";
constexpr char kFindPermit[] = "SELECT " PERMIT_COLUMNS R"sql(
    FROM permits WHERE tenant_id = $1 AND project_id = $2::uuid AND id = $3::uuid AND ($4 OR project_id = ANY($5::uuid[])))sql";
constexpr char kRevokePermit[] = R"sql(
  UPDATE permits SET revoked = true, version = version + 1 WHERE tenant_id = $1 AND id = $2::uuid
  RETURNING )sql" PERMIT_COLUMNS;

constexpr char kBuildings[] = R"sql(
  SELECT building, array_to_string(array_agg(DISTINCT entrance ORDER BY entrance), chr(31)), count(*), min(floor), max(floor)
    FROM rooms WHERE tenant_id = $1 AND project_id = $2::uuid GROUP BY building ORDER BY building)sql";

constexpr char kPriceTables[] = R"sql(
  SELECT version, rounding, room_count, list_value_minor, publisher, note, published_time
    FROM price_tables WHERE tenant_id = $1 AND project_id = $2::uuid ORDER BY version DESC LIMIT 200)sql";
constexpr char kLatestPriceVersion[] = R"sql(
  SELECT coalesce(max(version), 0) FROM price_tables WHERE tenant_id = $1 AND project_id = $2::uuid)sql";
constexpr char kInsertPriceTable[] = R"sql(
  INSERT INTO price_tables (tenant_id, project_id, version, rounding, room_count, list_value_minor, publisher, note,
                            published_time)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9))sql";
constexpr char kInsertPriceRows[] = R"sql(
  INSERT INTO price_table_rows (tenant_id, project_id, version, room_id, unit_price_minor, list_price_minor)
  SELECT $1, $2::uuid, $3, id, unit_price_minor, list_price_minor
    FROM rooms WHERE tenant_id = $1 AND project_id = $2::uuid AND id = ANY($4::uuid[]) AND list_price_minor IS NOT NULL)sql";

std::vector<std::string> SplitList(const pqxx::field& field) {
  const std::string text = field.is_null() ? "" : field.as<std::string>();
  if (text.empty()) return {};
  return absl::StrSplit(text, '\x1f');
}

Permit ToPermit(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .project_id = row[1].as<std::string>(),
          .number = row[2].as<std::string>(),
          .valid_from = pg::ToDate(row[3]),
          .valid_until = row[4].is_null() ? std::nullopt : std::optional<Date>(pg::ToDate(row[4])),
          .buildings = SplitList(row[5]),
          .revoked = row[6].as<bool>(),
          .version = row[7].as<int64_t>()};
}

absl::Status AlreadyPresent(const std::string& kind) {
  return WithReason(absl::StatusCode::kAlreadyExists, "ALREADY_PRESENT", "there is such a " + kind, {{"kind", kind}});
}

}  // namespace

Project ToProject(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .display_name = row[1].as<std::string>(),
          .time_zone = row[2].as<std::string>(),
          .address = row[3].as<std::string>(),
          .escrow_account = row[4].as<std::string>(),
          .version = row[5].as<int64_t>(),
          .created_time = pg::ToInstant(row[6]),
          .updated_time = pg::ToInstant(row[7])};
}

bool Permit::Covers(const std::string& building, Date date) const {
  if (revoked || date < valid_from || (valid_until && date > *valid_until)) return false;
  return buildings.empty() || std::find(buildings.begin(), buildings.end(), building) != buildings.end();
}

absl::Status ProjectStore::Insert(const Project& project) {
  const pqxx::result rows = tx_.Query(kInsert, scope_.tenant, project.id, project.display_name, project.time_zone,
                                      project.address, project.escrow_account, project.created_time);
  return rows.empty() ? AlreadyPresent("project") : absl::OkStatus();
}

absl::StatusOr<Project> ProjectStore::FindOne(const char* sql, const std::string& project_id) {
  const pqxx::result rows =
      tx_.Query(sql, scope_.tenant, project_id, scope_.all_projects, pg::ArrayOf(scope_.project_ids));
  if (rows.empty()) return Missing("project", project_id);
  return ToProject(rows.front());
}

absl::StatusOr<Project> ProjectStore::Find(const std::string& project_id) { return FindOne(kFind, project_id); }

absl::StatusOr<Project> ProjectStore::FindForUpdate(const std::string& project_id) {
  return FindOne(kFindForUpdate, project_id);
}

absl::Status ProjectStore::Save(Project& project) {
  const pqxx::result rows = tx_.Query(kSave, scope_.tenant, project.id, project.display_name, project.time_zone,
                                      project.address, project.escrow_account, project.updated_time);
  if (rows.empty()) return AlreadyPresent("project");
  project.version = rows[0][0].as<int64_t>();
  return absl::OkStatus();
}

std::map<std::string, std::map<int, int>> ProjectStore::CountRooms(const std::vector<std::string>& project_ids) {
  std::map<std::string, std::map<int, int>> counts;
  for (const auto& row : tx_.Query(kCountRooms, scope_.tenant, pg::ArrayOf(project_ids))) {
    counts[row[0].as<std::string>()][row[1].as<int>()] = row[2].as<int>();
  }
  return counts;
}

absl::Status ProjectStore::InsertPermit(const Permit& permit) {
  const pqxx::result rows = tx_.Query(kInsertPermit, scope_.tenant, permit.id, permit.project_id, permit.number,
                                      permit.valid_from, permit.valid_until, pg::ArrayOf(permit.buildings));
  return rows.empty() ? AlreadyPresent("permit") : absl::OkStatus();
}

std::vector<Permit> ProjectStore::Permits(const std::string& project_id) {
  return std::move(PermitsOf({project_id})[project_id]);
}

std::map<std::string, std::vector<Permit>> ProjectStore::PermitsOf(const std::vector<std::string>& project_ids) {
  std::map<std::string, std::vector<Permit>> permits;
  for (const auto& row : tx_.Query(kPermits, scope_.tenant, pg::ArrayOf(project_ids))) {
    Permit permit = ToPermit(row);
    permits[permit.project_id].push_back(std::move(permit));
  }
  return permits;
}

absl::StatusOr<Permit> ProjectStore::FindPermit(const std::string& project_id, const std::string& permit_id) {
  const pqxx::result rows = tx_.Query(kFindPermit, scope_.tenant, project_id, permit_id, scope_.all_projects,
                                      pg::ArrayOf(scope_.project_ids));
  if (rows.empty()) return Missing("permit", permit_id);
  return ToPermit(rows.front());
}

Permit ProjectStore::RevokePermit(const Permit& permit) {
  return ToPermit(tx_.Query(kRevokePermit, scope_.tenant, permit.id).front());
}

std::vector<BuildingSummary> ProjectStore::Buildings(const std::string& project_id) {
  std::vector<BuildingSummary> buildings;
  for (const auto& row : tx_.Query(kBuildings, scope_.tenant, project_id)) {
    buildings.push_back({.display_name = row[0].as<std::string>(),
                         .entrances = SplitList(row[1]),
                         .room_count = row[2].as<int>(),
                         .lowest_floor = row[3].as<int>(),
                         .highest_floor = row[4].as<int>()});
  }
  return buildings;
}

std::vector<PriceTable> ProjectStore::PriceTables(const std::string& project_id) {
  std::vector<PriceTable> tables;
  for (const auto& row : tx_.Query(kPriceTables, scope_.tenant, project_id)) {
    tables.push_back({.version = row[0].as<int>(),
                      .rounding = row[1].as<int>(),
                      .room_count = row[2].as<int>(),
                      .list_value = Fen(row[3].as<int64_t>()),
                      .publisher = row[4].as<std::string>(),
                      .note = row[5].as<std::string>(),
                      .published_time = pg::ToInstant(row[6])});
  }
  return tables;
}

int ProjectStore::LatestPriceVersion(const std::string& project_id) {
  return tx_.Query(kLatestPriceVersion, scope_.tenant, project_id)[0][0].as<int>();
}

void ProjectStore::InsertPriceTable(const std::string& project_id, const PriceTable& table,
                                    const std::vector<Room>& rooms) {
  std::vector<std::string> ids;
  for (const Room& room : rooms) ids.push_back(room.id);
  tx_.Query(kInsertPriceTable, scope_.tenant, project_id, table.version, table.rounding, table.room_count,
            table.list_value.minor_units, table.publisher, table.note, table.published_time);
  tx_.Query(kInsertPriceRows, scope_.tenant, project_id, table.version, pg::ArrayOf(ids));
}

}  // namespace lintel::inventory
