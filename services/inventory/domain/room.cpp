#include "services/inventory/domain/room.h"

#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

constexpr std::array<const char*, 9> kStateNames = {"",       "LOCKED", "AVAILABLE", "HELD",    "SUBSCRIBED",
                                                    "SIGNED", "FILED",  "DELIVERED", "CHANGING"};

absl::Status WrongState(const Room& room) {
  return Refused("ROOM_STATE", "the room is in another state",
                 {{"state", kStateNames[StateCode(room.availability)]}, {"room", room.place.number}});
}

// The deal on the room if it is this claim's; a refusal that says what the room's holder may be told otherwise.
absl::StatusOr<Taken> TakenBy(const Room& room, const std::string& claim_id) {
  const auto* taken = std::get_if<Taken>(&room.availability);
  if (taken == nullptr) return WrongState(room);
  if (taken->claim_id != claim_id) return Refused("ROOM_TAKEN", "another deal has the room", {{"team", taken->team}});
  return *taken;
}

absl::Status AtAnotherStage(const Taken& taken) {
  return Refused("CLAIM_STAGE", "the deal is at another stage",
                 {{"stage", kStateNames[static_cast<int>(taken.stage)]}});
}

std::optional<Stage> After(Stage stage) {
  if (stage == Stage::kHeld) return Stage::kSubscribed;
  if (stage == Stage::kSubscribed) return Stage::kSigned;
  return std::nullopt;
}

}  // namespace

int StateCode(const Availability& availability) {
  if (std::holds_alternative<Locked>(availability)) return 1;
  if (std::holds_alternative<Available>(availability)) return 2;
  return static_cast<int>(std::get<Taken>(availability).stage);
}

absl::Status ClaimClosed() { return Refused("CLAIM_CLOSED", "the claim was released or refused before"); }

absl::Status Check(const ClaimRequest& request) {
  const bool held = request.stage == Stage::kHeld;
  if (!held && request.stage != Stage::kSubscribed) return InvalidField("stage", "must be HELD or SUBSCRIBED");
  if (held && !request.until) return InvalidField("until", "a hold needs the time it ends");
  return absl::OkStatus();
}

absl::StatusOr<Room> OpenClaim(Room room, const ClaimRequest& request) {
  if (const auto* taken = std::get_if<Taken>(&room.availability)) {
    if (taken->claim_id == request.claim_id) return room;
    return Refused("ROOM_TAKEN", "another deal has the room", {{"team", taken->team}});
  }
  if (const auto* locked = std::get_if<Locked>(&room.availability)) {
    return Refused("ROOM_LOCKED", "the room is not for sale", {{"lockReason", locked->reason}});
  }
  if (!room.list_price) return Refused("ROOM_UNPRICED", "the room has no price yet");
  const bool held = request.stage == Stage::kHeld;
  room.availability = Taken{.stage = request.stage,
                            .claim_id = request.claim_id,
                            .hold_kind = held ? request.hold_kind : HoldKind::kNone,
                            .held_until = held ? request.until : std::nullopt,
                            .document = request.document,
                            .team = request.team};
  return room;
}

absl::StatusOr<Room> AdvanceClaim(Room room, const std::string& claim_id, Stage from, const std::string& document) {
  ASSIGN_OR_RETURN(Taken taken, TakenBy(room, claim_id));
  const std::optional<Stage> to = After(from);
  if (!to) return InvalidField("from", "must be HELD or SUBSCRIBED");
  if (taken.stage == *to && taken.document == document) return room;
  if (taken.stage != from) return AtAnotherStage(taken);
  taken.stage = *to;
  taken.document = document;
  taken.hold_kind = HoldKind::kNone;
  taken.held_until.reset();
  room.availability = taken;
  return room;
}

absl::StatusOr<Room> RetreatClaim(Room room, const std::string& claim_id, const Retreat& retreat) {
  ASSIGN_OR_RETURN(Taken taken, TakenBy(room, claim_id));
  const Stage from = retreat.from;
  if (from != Stage::kSubscribed && from != Stage::kSigned) return InvalidField("from", "must be SUBSCRIBED or SIGNED");
  const Stage to = from == Stage::kSigned ? Stage::kSubscribed : Stage::kHeld;
  if (taken.stage == to) return room;
  if (taken.stage != from) return AtAnotherStage(taken);
  if (!retreat.undone_document.empty() && taken.document != retreat.undone_document) return room;
  if (to == Stage::kHeld && !retreat.until) return InvalidField("until", "a hold needs the time it ends");
  taken.stage = to;
  taken.document = retreat.document;
  if (to == Stage::kHeld) {
    taken.hold_kind = HoldKind::kCustomer;
    taken.held_until = retreat.until;
  }
  room.availability = taken;
  return room;
}

absl::StatusOr<Room> ReleaseClaim(Room room, const std::string& claim_id, bool lock, const std::string& reason) {
  ASSIGN_OR_RETURN(const Taken taken, TakenBy(room, claim_id));
  if (lock) {
    room.availability = Locked{reason};
  } else {
    room.availability = Available{};
  }
  return room;
}

absl::StatusOr<Room> ExtendClaim(Room room, const std::string& claim_id, Instant until) {
  ASSIGN_OR_RETURN(Taken taken, TakenBy(room, claim_id));
  if (taken.stage != Stage::kHeld) return AtAnotherStage(taken);
  taken.held_until = until;
  room.availability = taken;
  return room;
}

absl::StatusOr<Room> ReassignClaim(Room room, const std::string& claim_id, const std::string& team) {
  ASSIGN_OR_RETURN(Taken taken, TakenBy(room, claim_id));
  taken.team = team;
  room.availability = taken;
  return room;
}

absl::StatusOr<Room> ReleaseForSale(Room room) {
  if (!std::holds_alternative<Locked>(room.availability)) return WrongState(room);
  if (!room.list_price) return Refused("ROOM_UNPRICED", "the room has no price yet", {{"room", room.place.number}});
  room.availability = Available{};
  return room;
}

absl::StatusOr<Room> Lock(Room room, const std::string& reason) {
  if (!std::holds_alternative<Available>(room.availability)) return WrongState(room);
  room.availability = Locked{reason};
  return room;
}

absl::Status MayEdit(const Room& room) {
  if (!std::holds_alternative<Taken>(room.availability)) return absl::OkStatus();
  return Refused("ROOM_IN_DEAL", "the room is in a deal; its facts change by change order only");
}

}  // namespace lintel::inventory
