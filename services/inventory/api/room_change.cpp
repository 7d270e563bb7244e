#include "services/inventory/api/room_change.h"

namespace lintel::inventory {
namespace {

constexpr size_t kRoomsPerEvent = 200;

bool SameAvailability(const Room& a, const Room& b) {
  const auto* left = std::get_if<Taken>(&a.availability);
  const auto* right = std::get_if<Taken>(&b.availability);
  if (left == nullptr || right == nullptr) return a.availability.index() == b.availability.index();
  return left->stage == right->stage && left->claim_id == right->claim_id && left->document == right->document &&
         left->held_until == right->held_until;
}

}  // namespace

void WriteTransition(pg::Transaction& tx, const Cause& cause, const Scope& scope, const Room& before, Room& after,
                     const std::string& reason) {
  if (SameAvailability(before, after)) return;
  RoomStore rooms{tx, scope};
  if (StateCode(before.availability) != StateCode(after.availability)) after.state_time = cause.now;
  rooms.Save(after);
  rooms.RecordTransition(after, {.from = StateCode(before.availability),
                                 .to = StateCode(after.availability),
                                 .time = cause.now,
                                 .actor = cause.actor,
                                 .reason = reason,
                                 .price_version = after.price_version});
  Outbox(tx, cause).Append(StateChanged(before, after, cause.actor), NameOf(after), after.version,
                           {.before = AuditJson(ToProto(before)), .after = AuditJson(ToProto(after))});
}

void AnnounceRooms(pg::Transaction& tx, const Cause& cause, const std::string& project_id,
                   const std::vector<Room>& rooms) {
  Outbox outbox{tx, cause};
  for (size_t at = 0; at < rooms.size(); at += kRoomsPerEvent) {
    v1::RoomsChanged event;
    event.set_project(ProjectName(project_id));
    for (size_t i = at; i < std::min(rooms.size(), at + kRoomsPerEvent); ++i) *event.add_rooms() = ToProto(rooms[i]);
    outbox.Append(event, ProjectName(project_id), 0, {.after = AuditJson(event)});
  }
}

}  // namespace lintel::inventory
