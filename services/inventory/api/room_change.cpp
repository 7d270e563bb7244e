#include "services/inventory/api/room_change.h"

#include <nlohmann/json.hpp>

namespace lintel::inventory {
namespace {

constexpr size_t kRoomsPerEvent = 200;

bool SameAvailability(const Room& a, const Room& b) {
  const auto* left = std::get_if<Taken>(&a.availability);
  const auto* right = std::get_if<Taken>(&b.availability);
  if (left == nullptr || right == nullptr) return a.availability.index() == b.availability.index();
  return left->stage == right->stage && left->claim_id == right->claim_id && left->document == right->document &&
         left->held_until == right->held_until && left->team == right->team;
}

// What a transition can change of a room, with the names and spellings of v1.Room. Written by hand: this runs while the
// room is locked, and protobuf's JSON looks up the type of every field anew, also of those that stay as they are.
std::string AvailabilityJson(const Room& room) {
  nlohmann::json json{{"state", v1::RoomState_Name(static_cast<v1::RoomState>(StateCode(room.availability)))},
                      {"stateTime", ToRfc3339(room.state_time)},
                      {"etag", std::to_string(room.version)}};
  if (const auto* locked = std::get_if<Locked>(&room.availability)) json["lockReason"] = locked->reason;
  if (const auto* taken = std::get_if<Taken>(&room.availability)) {
    json["deal"] = taken->document;
    json["holderTeam"] = taken->team;
    if (taken->hold_kind != HoldKind::kNone) {
      json["holdKind"] = v1::HoldKind_Name(static_cast<v1::HoldKind>(taken->hold_kind));
    }
    if (taken->held_until) json["heldUntil"] = ToRfc3339(*taken->held_until);
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void WriteTransition(pg::Transaction& tx, const Cause& cause, const Scope& scope, const Room& before, Room& after,
                     const std::string& reason) {
  if (!RaiseVersion(before, after, cause.now)) return;
  WriteTransitions(tx, scope, {{.cause = cause, .before = before, .after = after, .reason = reason}});
}

bool RaiseVersion(const Room& before, Room& after, Instant now) {
  if (SameAvailability(before, after)) return false;
  if (StateCode(before.availability) != StateCode(after.availability)) after.state_time = now;
  after.version = before.version + 1;
  return true;
}

void WriteTransitions(pg::Transaction& tx, const Scope& scope, const std::vector<RoomTransition>& transitions) {
  if (transitions.empty()) return;
  RoomStore(tx, scope).SaveTransitions(transitions);
  std::vector<OutboxRecord> records;
  for (const auto& [cause, before, after, reason] : transitions) {
    records.push_back(Outbox::RecordOf(cause, StateChanged(before, after, cause.actor), NameOf(after), after.version,
                                       {.before = AvailabilityJson(before), .after = AvailabilityJson(after)}));
  }
  Outbox::Write(tx, records);
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
