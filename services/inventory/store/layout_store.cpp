#include "services/inventory/store/layout_store.h"

#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO layouts (tenant_id, id, project_id, code, display_name, bedrooms, picture)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1)sql";

#define LAYOUT_SELECT                                                                                             \
  "SELECT l.id, l.project_id, l.code, l.display_name, l.bedrooms, l.picture, l.retired, l.version,"               \
  "       (SELECT count(*) FROM rooms r"                                                                          \
  "         WHERE r.tenant_id = l.tenant_id AND r.project_id = l.project_id AND r.layout = l.code) AS room_count" \
  "  FROM layouts l WHERE l.tenant_id = $1 AND l.project_id = $2::uuid "
constexpr char kFind[] = LAYOUT_SELECT "AND l.id = $3::uuid AND ($4 OR l.project_id = ANY($5::uuid[]))";
constexpr char kFindForUpdate[] =
    LAYOUT_SELECT "AND l.id = $3::uuid AND ($4 OR l.project_id = ANY($5::uuid[])) FOR UPDATE OF l";
constexpr char kList[] =
    LAYOUT_SELECT "AND ($3 OR l.project_id = ANY($4::uuid[])) AND ($5 OR l.code = ANY($6::text[])) ORDER BY l.code";
constexpr char kSave[] = R"sql(
  UPDATE layouts SET display_name = $3, bedrooms = $4, picture = $5, retired = $6, version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid RETURNING version)sql";

Layout ToLayout(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .project_id = row["project_id"].as<std::string>(),
          .code = row["code"].as<std::string>(),
          .display_name = row["display_name"].as<std::string>(),
          .bedrooms = row["bedrooms"].as<int>(),
          .picture = row["picture"].as<std::string>(),
          .retired = row["retired"].as<bool>(),
          .version = row["version"].as<int64_t>(),
          .room_count = row["room_count"].as<int>()};
}

}  // namespace

absl::Status LayoutStore::Insert(const Layout& layout) {
  const pqxx::result rows = tx_.Query(kInsert, scope_.tenant, layout.id, layout.project_id, layout.code,
                                      layout.display_name, layout.bedrooms, layout.picture);
  if (!rows.empty()) return absl::OkStatus();
  return WithReason(absl::StatusCode::kAlreadyExists, "ALREADY_PRESENT", "there is such a layout",
                    {{"kind", "layout"}});
}

absl::StatusOr<Layout> LayoutStore::FindOne(const char* sql, const std::string& project_id,
                                            const std::string& layout_id) {
  const pqxx::result rows =
      tx_.Query(sql, scope_.tenant, project_id, layout_id, scope_.all_projects, pg::ArrayOf(scope_.project_ids));
  if (rows.empty()) return Missing("layout", layout_id);
  return ToLayout(rows.front());
}

absl::StatusOr<Layout> LayoutStore::Find(const std::string& project_id, const std::string& layout_id) {
  return FindOne(kFind, project_id, layout_id);
}

absl::StatusOr<Layout> LayoutStore::FindForUpdate(const std::string& project_id, const std::string& layout_id) {
  return FindOne(kFindForUpdate, project_id, layout_id);
}

void LayoutStore::Save(Layout& layout) {
  layout.version = tx_.Query(kSave, scope_.tenant, layout.id, layout.display_name, layout.bedrooms, layout.picture,
                             layout.retired)[0][0]
                       .as<int64_t>();
}

std::vector<Layout> LayoutStore::List(const std::string& project_id, const std::vector<std::string>& codes) {
  std::vector<Layout> layouts;
  for (const auto& row : tx_.Query(kList, scope_.tenant, project_id, scope_.all_projects,
                                   pg::ArrayOf(scope_.project_ids), codes.empty(), pg::ArrayOf(codes))) {
    layouts.push_back(ToLayout(row));
  }
  return layouts;
}

}  // namespace lintel::inventory
