#include "services/identity/store/place_store.h"

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::identity {
namespace {

// The two tables differ in one column; every text exists once for each.
struct Statements {
  const char* noun;
  const char* list;
  const char* find;
  const char* lock;
  const char* insert;
  const char* update;
};

constexpr Statements kDepartments{
    .noun = "department",
    .list =
        "SELECT id, display_name, NULL::uuid AS department_id, retired, version FROM departments"
        " WHERE tenant_id = $1 AND ($2 OR NOT retired) ORDER BY display_name LIMIT 500",
    .find =
        "SELECT id, display_name, NULL::uuid AS department_id, retired, version FROM departments"
        " WHERE tenant_id = $1 AND id = $2",
    .lock =
        "SELECT id, display_name, NULL::uuid AS department_id, retired, version FROM departments"
        " WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
    .insert =
        "INSERT INTO departments (tenant_id, id, display_name) SELECT $1, $2, $3 WHERE $4::uuid IS NULL"
        " ON CONFLICT (tenant_id, display_name) DO NOTHING RETURNING 1",
    .update =
        "UPDATE departments SET display_name = $3, retired = $5, version = $6"
        " WHERE tenant_id = $1 AND id = $2 AND $4::uuid IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM departments d WHERE d.tenant_id = $1 AND d.display_name = $3 AND d.id <> $2)"
        " RETURNING 1"};

constexpr Statements kTeams{
    .noun = "team",
    .list =
        "SELECT id, display_name, department_id, retired, version FROM teams"
        " WHERE tenant_id = $1 AND ($2 OR NOT retired) ORDER BY display_name LIMIT 500",
    .find = "SELECT id, display_name, department_id, retired, version FROM teams WHERE tenant_id = $1 AND id = $2",
    .lock =
        "SELECT id, display_name, department_id, retired, version FROM teams"
        " WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
    .insert =
        "INSERT INTO teams (tenant_id, id, display_name, department_id) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (tenant_id, display_name) DO NOTHING RETURNING 1",
    .update =
        "UPDATE teams SET display_name = $3, department_id = $4, retired = $5, version = $6"
        " WHERE tenant_id = $1 AND id = $2 AND NOT EXISTS"
        " (SELECT 1 FROM teams t WHERE t.tenant_id = $1 AND t.display_name = $3 AND t.id <> $2)"
        " RETURNING 1"};

constexpr char kDisplayNames[] = R"sql(
  SELECT 'operators/' || id, display_name FROM operators WHERE tenant_id = $1 AND id = ANY($2::uuid[])
  UNION ALL
  SELECT 'teams/' || id, display_name FROM teams WHERE tenant_id = $1 AND id = ANY($2::uuid[])
  UNION ALL
  SELECT 'departments/' || id, display_name FROM departments WHERE tenant_id = $1 AND id = ANY($2::uuid[]))sql";

const Statements& StatementsOf(PlaceStore::Kind kind) {
  return kind == PlaceStore::Kind::kTeam ? kTeams : kDepartments;
}

Place ToPlace(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .display_name = row["display_name"].as<std::string>(),
          .department_id = pg::ToOptionalText(row["department_id"]),
          .retired = row["retired"].as<bool>(),
          .version = row["version"].as<int64_t>()};
}

absl::Status NameTaken(const std::string& name) {
  return WithReason(absl::StatusCode::kAlreadyExists, "NAME_TAKEN", "the name is taken", {{"displayName", name}});
}

}  // namespace

std::vector<Place> PlaceStore::List(bool show_retired) {
  std::vector<Place> places;
  for (const auto& row : tx_.Query(StatementsOf(kind_).list, tx_.tenant(), show_retired))
    places.push_back(ToPlace(row));
  return places;
}

absl::StatusOr<Place> PlaceStore::Find(const std::string& id) {
  const pqxx::result rows = tx_.Query(StatementsOf(kind_).find, tx_.tenant(), id);
  if (rows.empty()) return Missing(StatementsOf(kind_).noun, id);
  return ToPlace(rows[0]);
}

absl::StatusOr<Place> PlaceStore::FindForUpdate(const std::string& id) {
  const pqxx::result rows = tx_.Query(StatementsOf(kind_).lock, tx_.tenant(), id);
  if (rows.empty()) return Missing(StatementsOf(kind_).noun, id);
  return ToPlace(rows[0]);
}

absl::Status PlaceStore::Insert(const Place& place) {
  if (List(true).size() >= kMost) {
    return WithReason(absl::StatusCode::kResourceExhausted, "TOO_MANY", "there are 500 already",
                      {{"kind", StatementsOf(kind_).noun}, {"most", std::to_string(kMost)}});
  }
  const pqxx::result rows =
      tx_.Query(StatementsOf(kind_).insert, tx_.tenant(), place.id, place.display_name, place.department_id);
  return rows.empty() ? NameTaken(place.display_name) : absl::OkStatus();
}

absl::Status PlaceStore::Update(const Place& place) {
  const pqxx::result rows = tx_.Query(StatementsOf(kind_).update, tx_.tenant(), place.id, place.display_name,
                                      place.department_id, place.retired, place.version);
  return rows.empty() ? NameTaken(place.display_name) : absl::OkStatus();
}

std::map<std::string, std::string> DisplayNames(pg::Transaction& tx, const std::vector<std::string>& names) {
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    for (const char* pattern : {"operators/*", "teams/*", "departments/*"}) {
      const auto id = ParseId("names", name, pattern);
      if (id.ok()) ids.push_back(*id);
    }
  }
  std::map<std::string, std::string> found;
  for (const auto& row : tx.Query(kDisplayNames, tx.tenant(), pg::ArrayOf(ids))) {
    found[row[0].as<std::string>()] = row[1].as<std::string>();
  }
  return found;
}

}  // namespace lintel::identity
