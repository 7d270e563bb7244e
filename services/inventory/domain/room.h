// The rules of one room: who may take it, and what a taken room may become (DOMAIN §5, DESIGN 3.1). No clock, SQL or
// RPC.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "platform/clock/clock.h"
#include "platform/money/area.h"
#include "platform/money/money.h"

namespace lintel::inventory {

// How far the deal on a room has come. The numbers are those of the proto's RoomState.
enum class Stage { kHeld = 3, kSubscribed = 4, kSigned = 5, kFiled = 6, kDelivered = 7, kChanging = 8 };
enum class HoldKind { kNone = 0, kCustomer = 1, kManager = 2, kCompany = 3 };

// Not for sale: new, withdrawn, or locked by a court or a mortgage.
struct Locked {
  std::string reason;
};
struct Available {};
// A deal has it. `claim_id` is the deal's id.
struct Taken {
  Stage stage = Stage::kHeld;
  std::string claim_id;
  HoldKind hold_kind = HoldKind::kNone;  // While held.
  std::optional<Instant> held_until;     // While held.
  std::string document;                  // holds/{h}, subscriptions/{s} or contracts/{c}
  std::string team;                      // Display name: all that others learn of the holder.
};
using Availability = std::variant<Locked, Available, Taken>;

// Where a room is; unique within its project.
struct Place {
  std::string building;
  std::string entrance;  // Empty where there is none.
  int floor = 1;
  std::string number;  // Text: "01" is not "1".
  auto operator<=>(const Place&) const = default;
};

struct Room {
  std::string id;
  std::string project_id;
  Place place;
  std::string layout;
  std::string orientation;
  Area built_area;
  Area inner_area;                  // 0: unknown.
  std::optional<Money> unit_price;  // Per square metre of built area.
  std::optional<Money> list_price;
  int price_version = 0;
  Availability availability = Locked{};
  Instant state_time;
  int64_t version = 0;
};

// The number that the proto and the control chart use for the state.
int StateCode(const Availability& availability);

struct ClaimRequest {
  std::string claim_id;
  Stage stage = Stage::kHeld;  // kHeld or kSubscribed
  HoldKind hold_kind = HoldKind::kCustomer;
  std::optional<Instant> until;
  std::string document;
  std::string team;
};

// INVALID_ARGUMENT for a request that no room can grant: it names the field.
absl::Status Check(const ClaimRequest& request);

// Each transition answers the room as it will be, or a refusal with its reason:
//   ROOM_TAKEN (metadata team), ROOM_LOCKED, ROOM_UNPRICED, CLAIM_STAGE (metadata stage), ROOM_STATE.
// OpenClaim expects a request that Check found good.
absl::StatusOr<Room> OpenClaim(Room room, const ClaimRequest& request);
// HELD -> SUBSCRIBED -> SIGNED. A room that is there already with this claim is answered as it is.
absl::StatusOr<Room> AdvanceClaim(Room room, const std::string& claim_id, Stage from, const std::string& document);
struct Retreat {
  Stage from = Stage::kSubscribed;  // or kSigned
  std::string undone_document;      // What is taken back. Empty: whatever is there.
  std::string document;             // What stands for the deal again.
  std::optional<Instant> until;     // Of the hold, when going back to one.
};
// One stage back: SIGNED -> SUBSCRIBED, SUBSCRIBED -> HELD. A room that stands at another document than the one to be
// taken back is answered as it is.
absl::StatusOr<Room> RetreatClaim(Room room, const std::string& claim_id, const Retreat& retreat);
absl::StatusOr<Room> ReleaseClaim(Room room, const std::string& claim_id, bool lock, const std::string& reason);
absl::StatusOr<Room> ExtendClaim(Room room, const std::string& claim_id, Instant until);
// The deal is another team's from now on, at whatever stage.
absl::StatusOr<Room> ReassignClaim(Room room, const std::string& claim_id, const std::string& team);

// CLAIM_CLOSED: what a request finds whose claim, or whose document, was undone before.
absl::Status ClaimClosed();

// LOCKED -> AVAILABLE and back, by people who run the sale.
absl::StatusOr<Room> ReleaseForSale(Room room);
absl::StatusOr<Room> Lock(Room room, const std::string& reason);

// ROOM_IN_DEAL unless nobody has it: facts of a room in a deal change by change order only (INV-08).
absl::Status MayEdit(const Room& room);

}  // namespace lintel::inventory
