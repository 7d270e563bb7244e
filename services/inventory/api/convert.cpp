#include "services/inventory/api/convert.h"

#include <set>

#include "platform/clock/calendar.h"
#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"

namespace lintel::inventory {
absl::StatusOr<RoomName> ParseRoomName(const std::string& field, const std::string& name) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(field, name, kRoomPattern));
  return RoomName{ids[0], ids[1]};
}

std::string NameOf(const Room& room) { return JoinName(kRoomPattern, {room.project_id, room.id}); }
std::string ProjectName(const std::string& project_id) { return JoinName(kProjectPattern, {project_id}); }

absl::StatusOr<Rounding> ToRounding(v1::Rounding rounding) {
  switch (rounding) {
    case v1::ROUNDING_UNSPECIFIED:
    case v1::TRUNCATE_TO_YUAN:
      return Rounding::kTruncateToYuan;
    case v1::HALF_UP_TO_YUAN:
      return Rounding::kHalfUpToYuan;
    case v1::HALF_UP_TO_FEN:
      return Rounding::kHalfUpToFen;
    case v1::TRUNCATE_TO_FEN:
      return Rounding::kTruncateToFen;
    default:
      return InvalidField("rounding", "is not a known rounding");
  }
}

v1::Rounding ToProto(Rounding rounding) {
  switch (rounding) {
    case Rounding::kTruncateToYuan:
      return v1::TRUNCATE_TO_YUAN;
    case Rounding::kHalfUpToYuan:
      return v1::HALF_UP_TO_YUAN;
    case Rounding::kHalfUpToFen:
      return v1::HALF_UP_TO_FEN;
    case Rounding::kTruncateToFen:
      return v1::TRUNCATE_TO_FEN;
  }
  return v1::ROUNDING_UNSPECIFIED;
}

v1::Room ToProto(const Room& room) {
  v1::Room message;
  message.set_name(NameOf(room));
  message.set_building(room.place.building);
  message.set_entrance(room.place.entrance);
  message.set_floor(room.place.floor);
  message.set_number(room.place.number);
  message.set_layout(room.layout);
  message.set_orientation(room.orientation);
  message.set_built_area_hundredths(room.built_area.hundredths);
  message.set_inner_area_hundredths(room.inner_area.hundredths);
  if (room.unit_price) *message.mutable_unit_price() = ToProto(*room.unit_price);
  if (room.list_price) *message.mutable_list_price() = ToProto(*room.list_price);
  message.set_price_version(room.price_version);
  message.set_state(static_cast<v1::RoomState>(StateCode(room.availability)));
  *message.mutable_state_time() = ToProto(room.state_time);
  if (const auto* locked = std::get_if<Locked>(&room.availability)) message.set_lock_reason(locked->reason);
  if (const auto* taken = std::get_if<Taken>(&room.availability)) {
    message.set_hold_kind(static_cast<v1::HoldKind>(taken->hold_kind));
    if (taken->held_until) *message.mutable_held_until() = ToProto(*taken->held_until);
    message.set_deal(taken->document);
    message.set_holder_team(taken->team);
  }
  message.set_etag(std::to_string(room.version));
  return message;
}

v1::Permit ToProto(const Permit& permit) {
  v1::Permit message;
  message.set_name(JoinName("projects/*/permits/*", {permit.project_id, permit.id}));
  message.set_number(permit.number);
  *message.mutable_valid_from() = ToProto(permit.valid_from);
  if (permit.valid_until) *message.mutable_valid_until() = ToProto(*permit.valid_until);
  for (const std::string& building : permit.buildings) message.add_buildings(building);
  message.set_revoked(permit.revoked);
  message.set_etag(std::to_string(permit.version));
  return message;
}

v1::Project ToProto(const Project& project, const std::vector<Permit>& permits,
                    const std::map<int, int>& rooms_by_state) {
  v1::Project message;
  message.set_name(ProjectName(project.id));
  message.set_display_name(project.display_name);
  message.set_time_zone(project.time_zone);
  message.set_address(project.address);
  message.set_escrow_account(project.escrow_account);
  for (const Permit& permit : permits) *message.add_permits() = ToProto(permit);
  int total = 0;
  for (const auto& [state, count] : rooms_by_state) {
    (*message.mutable_rooms_by_state())[v1::RoomState_Name(static_cast<v1::RoomState>(state))] = count;
    total += count;
  }
  message.set_room_count(total);
  message.set_etag(std::to_string(project.version));
  *message.mutable_create_time() = ToProto(project.created_time);
  *message.mutable_update_time() = ToProto(project.updated_time);
  return message;
}

absl::StatusOr<GenerationPattern> ParsePattern(const v1::GenerateRoomsRequest& request) {
  GenerationPattern pattern{.building = request.building(),
                            .entrance = request.entrance(),
                            .first_floor = request.first_floor(),
                            .last_floor = request.last_floor(),
                            .number_pattern = request.number_pattern(),
                            .skip_floors = {request.skip_floors().begin(), request.skip_floors().end()},
                            .available = request.available()};
  for (const auto& unit : request.units()) {
    pattern.units.push_back({.layout = unit.layout(),
                             .orientation = unit.orientation(),
                             .built_area = Area{unit.built_area_hundredths()},
                             .inner_area = Area{unit.inner_area_hundredths()}});
  }
  ASSIGN_OR_RETURN(pattern.rounding, ToRounding(request.rounding()));
  if (request.has_unit_price()) {
    ASSIGN_OR_RETURN(pattern.unit_price, PositiveMoney("unit_price", request.unit_price()));
  }
  return pattern;
}

absl::StatusOr<Permit> ParsePermit(const std::string& field, const v1::Permit& permit) {
  RETURN_IF_ERROR(CheckLength(field + ".number", permit.number(), 1, 60));
  Permit parsed{
      .id = NewId(), .number = permit.number(), .buildings = {permit.buildings().begin(), permit.buildings().end()}};
  if (parsed.buildings.size() > 200) return InvalidField(field + ".buildings", "must be at most 200");
  ASSIGN_OR_RETURN(parsed.valid_from, ToDate(field + ".valid_from", permit.valid_from()));
  if (permit.has_valid_until()) {
    ASSIGN_OR_RETURN(parsed.valid_until, ToDate(field + ".valid_until", permit.valid_until()));
    if (*parsed.valid_until < parsed.valid_from)
      return InvalidField(field + ".valid_until", "must not be before valid_from");
  }
  return parsed;
}

absl::StatusOr<Project> ParseProject(const v1::Project& project) {
  RETURN_IF_ERROR(CheckLength("project.display_name", project.display_name(), 1, 100));
  RETURN_IF_ERROR(CheckLength("project.address", project.address(), 0, 200));
  RETURN_IF_ERROR(CheckLength("project.escrow_account", project.escrow_account(), 0, 60));
  Project parsed{
      .display_name = project.display_name(), .address = project.address(), .escrow_account = project.escrow_account()};
  if (!project.time_zone().empty()) parsed.time_zone = project.time_zone();
  if (!DateIn(Instant{}, parsed.time_zone).ok()) return InvalidField("project.time_zone", "is not a known time zone");
  return parsed;
}

v1::Claim ToClaim(const std::string& claim_id, const Room& room) {
  v1::Claim claim;
  claim.set_claim_id(claim_id);
  claim.set_room(NameOf(room));
  const auto* taken = std::get_if<Taken>(&room.availability);
  const bool has_it = taken != nullptr && taken->claim_id == claim_id;
  claim.set_stage(has_it ? static_cast<v1::RoomState>(taken->stage) : v1::AVAILABLE);
  claim.set_closed(!has_it);
  claim.set_version(room.version);
  if (has_it) claim.set_document(taken->document);
  return claim;
}

v1::RoomStateChanged StateChanged(const Room& before, const Room& after, const std::string& actor) {
  v1::RoomStateChanged event;
  event.set_project(ProjectName(after.project_id));
  event.set_room(NameOf(after));
  event.set_from(static_cast<v1::RoomState>(StateCode(before.availability)));
  event.set_to(static_cast<v1::RoomState>(StateCode(after.availability)));
  event.set_version(after.version);
  event.set_actor(actor);
  *event.mutable_time() = ToProto(after.state_time);
  event.set_building(after.place.building);
  event.set_number(after.place.number);
  if (after.list_price) *event.mutable_list_price() = ToProto(*after.list_price);
  const auto* taken = std::get_if<Taken>(&after.availability);
  if (taken == nullptr) taken = std::get_if<Taken>(&before.availability);
  if (taken != nullptr) {
    event.set_claim_id(taken->claim_id);
    event.set_document(taken->document);
    event.set_team(taken->team);
  }
  if (const auto* now = std::get_if<Taken>(&after.availability)) {
    event.set_hold_kind(static_cast<v1::HoldKind>(now->hold_kind));
    if (now->held_until) *event.mutable_held_until() = ToProto(*now->held_until);
  }
  return event;
}

}  // namespace lintel::inventory
