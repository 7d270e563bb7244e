#include "services/inventory/store/chart_colours_store.h"

#include <vector>

namespace lintel::inventory {
namespace {

// One row per colour; one row of nulls beside the version when all colours were taken back.
constexpr char kFind[] = R"sql(
  SELECT c.version, f.key::int, f.value
    FROM chart_colours c LEFT JOIN LATERAL jsonb_each_text(c.fills) f ON true
   WHERE c.tenant_id = $1 AND c.project_id = $2::uuid)sql";
constexpr char kReplace[] = R"sql(
  INSERT INTO chart_colours AS c (tenant_id, project_id, fills, updated_time)
  VALUES ($1, $2::uuid, jsonb_object($3::text[], $4::text[]), $5)
  ON CONFLICT (tenant_id, project_id)
  DO UPDATE SET fills = excluded.fills, updated_time = excluded.updated_time, version = c.version + 1
  RETURNING c.version)sql";

}  // namespace

ChartColours ChartColoursStore::Find(const std::string& project_id) {
  ChartColours colours;
  for (const auto& row : tx_.Query(kFind, scope_.tenant, project_id)) {
    colours.version = row[0].as<int64_t>();
    if (!row[1].is_null()) colours.fills[row[1].as<int>()] = row[2].as<std::string>();
  }
  return colours;
}

ChartColours ChartColoursStore::Replace(const std::string& project_id, const std::map<int, std::string>& fills,
                                        Instant now) {
  std::vector<std::string> states, values;
  for (const auto& [state, fill] : fills) {
    states.push_back(std::to_string(state));
    values.push_back(fill);
  }
  const pqxx::result rows =
      tx_.Query(kReplace, scope_.tenant, project_id, pg::ArrayOf(states), pg::ArrayOf(values), now);
  return {.fills = fills, .version = rows[0][0].as<int64_t>()};
}

}  // namespace lintel::inventory
