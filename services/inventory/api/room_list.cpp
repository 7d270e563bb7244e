#include "services/inventory/api/room_list.h"

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr char kSelect[] = R"sql(
  SELECT id, project_id, building, entrance, floor, number, layout, orientation, built_area_hundredths,
         inner_area_hundredths, unit_price_minor, list_price_minor, price_version, state, lock_reason, claim_id, hold_kind,
         held_until, document, team, state_time, version, coalesce(list_price_minor, 0) AS list_price_order, state::text AS state_code
    FROM rooms
   WHERE tenant_id = $1::bigint AND ($2 = '' OR project_id = nullif($2, '')::uuid)
     AND ($3::boolean OR project_id = ANY($4::uuid[]))
     AND NOT EXISTS (SELECT FROM unnest(string_to_array(lower($5), ' ')) AS word
                      WHERE strpos(lower(building || entrance || number || ' ' || layout), word) = 0))sql";

const ListSpec& Rooms() {
  static const ListSpec spec{
      .fields = {{"building", {.column = "building", .sortable = true}},
                 {"entrance", {.column = "entrance", .sortable = true}},
                 {"floor", {.column = "floor", .type = FieldType::kInteger, .sortable = true}},
                 {"number", {.column = "number", .sortable = true}},
                 {"layout", {.column = "layout", .sortable = true}},
                 {"orientation", {.column = "orientation", .sortable = true}},
                 {"built_area_hundredths",
                  {.column = "built_area_hundredths", .type = FieldType::kInteger, .sortable = true}},
                 {"inner_area_hundredths",
                  {.column = "inner_area_hundredths", .type = FieldType::kInteger, .sortable = true}},
                 {"list_price", {.column = "list_price_order", .type = FieldType::kMoney, .sortable = true}},
                 {"state_time", {.column = "state_time", .type = FieldType::kInstant, .sortable = true}},
                 {"held_until", {.column = "held_until", .type = FieldType::kInstant}},
                 {"state",
                  {.column = "state_code",
                   .type = FieldType::kCode,
                   .codes = {{"LOCKED", "1"},
                             {"AVAILABLE", "2"},
                             {"HELD", "3"},
                             {"SUBSCRIBED", "4"},
                             {"SIGNED", "5"},
                             {"FILED", "6"},
                             {"DELIVERED", "7"},
                             {"CHANGING", "8"}}}}},
      .default_order = "building, entrance, floor, number"};
  return spec;
}

}  // namespace

absl::StatusOr<RoomQuery> ParseRoomQuery(const v1::ListRoomsRequest& request) {
  RoomQuery query;
  if (request.parent() != "projects/-") {
    ASSIGN_OR_RETURN(query.project_id, ParseId("parent", request.parent(), kProjectPattern));
  }
  RETURN_IF_ERROR(CheckLength("query", request.query(), 0, 60));
  query.text = request.query();
  ASSIGN_OR_RETURN(query.list, MakeList(Rooms(), ListRequestOf(request, request.parent() + "\n" + query.text)));
  return query;
}

Listed FindRooms(pg::Transaction& tx, const Scope& scope, const RoomQuery& query) {
  return RunList(tx, kSelect,
                 {std::to_string(scope.tenant), query.project_id, scope.all_projects ? "true" : "false",
                  pg::ArrayOf(scope.project_ids), query.text},
                 query.list);
}

v1::Room ShownTo(const Principal& reader, v1::Room room) {
  if (!reader.Has("deal.read")) room.clear_deal();
  return room;
}

}  // namespace lintel::inventory
