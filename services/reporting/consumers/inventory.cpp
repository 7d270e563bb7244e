#include "services/reporting/consumers/inventory.h"

#include "lintel/inventory/v1/events.pb.h"
#include "platform/report/event_fields.h"

namespace lintel::reporting {
namespace {

namespace v1 = inventory::v1;
using report::CodeOf;
using report::IdOf;
using report::InstantOf;

constexpr char kSaveProject[] = R"sql(
  INSERT INTO dim_project (tenant_id, project_id, display_name, time_zone) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant_id, project_id) DO UPDATE SET display_name = excluded.display_name, time_zone = excluded.time_zone)sql";

constexpr char kSaveRoom[] = R"sql(
  INSERT INTO dim_room (tenant_id, room_id, project_id, building, entrance, floor, number, layout, built_area, inner_area, list_price)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (tenant_id, room_id) DO UPDATE
     SET building = excluded.building, entrance = excluded.entrance, floor = excluded.floor, number = excluded.number,
         layout = excluded.layout, built_area = excluded.built_area, inner_area = excluded.inner_area,
         list_price = excluded.list_price)sql";

// The state of a room that has not been seen yet; changes come by RoomStateChanged.
constexpr char kFirstState[] = R"sql(
  INSERT INTO fact_room_state (tenant_id, room_id, project_id, state, since, version) VALUES ($1, $2, $3, $4, $5, 0)
  ON CONFLICT DO NOTHING)sql";

constexpr char kSaveState[] = R"sql(
  INSERT INTO fact_room_state (tenant_id, room_id, project_id, state, hold_kind, held_until, since, team, actor, document, version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (tenant_id, room_id) DO UPDATE
     SET state = excluded.state, hold_kind = excluded.hold_kind, held_until = excluded.held_until,
         since = CASE WHEN fact_room_state.state = excluded.state THEN fact_room_state.since ELSE excluded.since END,
         team = excluded.team, actor = excluded.actor, document = excluded.document, version = excluded.version
   WHERE fact_room_state.version < excluded.version)sql";

constexpr char kSavePrice[] = "UPDATE dim_room SET list_price = $3 WHERE tenant_id = $1 AND room_id = $2";

absl::Status OnProject(pg::Transaction& tx, const event::v1::Event& event, const v1::ProjectChanged& project) {
  tx.Query(kSaveProject, event.tenant_id(), IdOf(project.project()), project.display_name(), project.time_zone());
  return absl::OkStatus();
}

absl::Status OnRooms(pg::Transaction& tx, const event::v1::Event& event, const v1::RoomsChanged& change) {
  for (const v1::Room& room : change.rooms()) {
    std::optional<int64_t> price;
    if (room.has_list_price()) price = room.list_price().minor_units();
    tx.Query(kSaveRoom, event.tenant_id(), IdOf(room.name()), IdOf(change.project()), room.building(), room.entrance(),
             room.floor(), room.number(), room.layout(), room.built_area_hundredths(), room.inner_area_hundredths(),
             price);
    const auto& since = room.has_state_time() ? room.state_time() : event.occurred_time();
    tx.Query(kFirstState, event.tenant_id(), IdOf(room.name()), IdOf(change.project()),
             CodeOf(v1::RoomState_descriptor(), room.state()), InstantOf(true, since));
  }
  return absl::OkStatus();
}

absl::Status OnState(pg::Transaction& tx, const event::v1::Event& event, const v1::RoomStateChanged& change) {
  tx.Query(kSaveState, event.tenant_id(), IdOf(change.room()), IdOf(change.project()),
           CodeOf(v1::RoomState_descriptor(), change.to()), CodeOf(v1::HoldKind_descriptor(), change.hold_kind()),
           InstantOf(change.has_held_until(), change.held_until()), InstantOf(true, change.time()), change.team(),
           change.actor(), change.document(), change.version());
  if (change.has_list_price()) {
    tx.Query(kSavePrice, event.tenant_id(), IdOf(change.room()), change.list_price().minor_units());
  }
  return absl::OkStatus();
}

}  // namespace

void ConsumeInventory(Consumer& consumer) {
  consumer.On<v1::ProjectChanged>(&OnProject);
  consumer.On<v1::RoomsChanged>(&OnRooms);
  consumer.On<v1::RoomStateChanged>(&OnState);
  consumer.OnReset([](pg::Transaction& tx) {
    for (const char* sql : {"DELETE FROM dim_project", "DELETE FROM dim_room", "DELETE FROM fact_room_state"})
      tx.Query(sql);
    return absl::OkStatus();
  });
}

}  // namespace lintel::reporting
