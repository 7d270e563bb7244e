#include "services/inventory/app/open_claims.h"

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/inventory/api/room_change.h"
#include "services/inventory/app/valid_permit.h"
#include "services/inventory/store/claim_store.h"

namespace lintel::inventory {
namespace {

// Few at once gather large groups; with one alone, a room that somebody else keeps locked would hold up every claim.
constexpr GroupLimits kLimits{.at_once = OpenClaims::kAtOnce, .most_in_group = 128, .most_waiting = 512};

absl::StatusOr<ClaimRequest> Parse(const v1::OpenClaimRequest& request) {
  if (!IsId(request.claim_id())) return InvalidField("claim_id", "must be a UUID");
  ClaimRequest wanted{.claim_id = request.claim_id(),
                      .stage = static_cast<Stage>(request.stage()),
                      .hold_kind = static_cast<HoldKind>(request.hold_kind()),
                      .document = request.document(),
                      .team = request.team()};
  if (request.has_until()) {
    ASSIGN_OR_RETURN(wanted.until, ToInstant("until", request.until()));
  }
  RETURN_IF_ERROR(Check(wanted));
  return wanted;
}

}  // namespace

OpenClaims::OpenClaims(Commands& commands)
    : commands_(commands), groups_(kLimits, [this](const Orders& orders) { Work(orders); }) {}

absl::StatusOr<v1::Claim> OpenClaims::Open(const Call& call, const v1::OpenClaimRequest& request) {
  ASSIGN_OR_RETURN(ClaimRequest wanted, Parse(request));
  ASSIGN_OR_RETURN(const RoomName room, ParseRoomName("room", request.room()));
  Order order{.call = call,
              .cause = call.CauseAt(commands_.Now()),
              .room = room,
              .wanted = std::move(wanted),
              .reason = request.reason(),
              .answer = absl::InternalError("the claim was not decided")};
  RETURN_IF_ERROR(groups_.Run(order, call.tenant(), call.deadline()));
  return order.answer;
}

void OpenClaims::Work(const Orders& orders) {
  pg::RunOptions options = orders.front()->call.Transaction();
  for (const Order* order : orders) options.deadline = std::max(options.deadline, order->call.deadline());
  const absl::Status done =
      commands_.database().Execute(options, [&](pg::Transaction& tx) { return OpenAll(tx, orders); });
  if (done.ok()) return;
  if (done.code() == absl::StatusCode::kInternal && orders.size() > 1) {
    // A claim that the database itself refuses must not cost the others theirs.
    for (Order* order : orders) Work({order});
    return;
  }
  for (Order* order : orders) order->answer = done;
}

// Claim rows first, then rooms, each in order of id: the one order everywhere.
absl::Status OpenClaims::OpenAll(pg::Transaction& tx, const Orders& orders) {
  const Scope all{.reach = Scope::Reach::kTenant, .tenant = orders.front()->call.tenant(), .all_projects = true};
  std::vector<NewClaim> wanted;
  std::vector<std::string> room_ids;
  for (const Order* order : orders) {
    if (!order->call.scope().MayUseProject(order->room.project_id)) continue;
    wanted.push_back({order->wanted.claim_id, order->room.project_id, order->room.room_id});
    room_ids.push_back(order->room.room_id);
  }
  ClaimStore claims{tx, all.tenant};
  const std::map<std::string, bool> closed = claims.FindOrCreateAll(wanted, commands_.Now());
  std::map<std::string, Room> rooms;
  for (Room& room : RoomStore(tx, all).Lock(room_ids)) rooms.emplace(room.id, std::move(room));

  std::vector<RoomTransition> transitions;
  std::vector<std::string> refused;
  for (Order* order : orders) {
    absl::StatusOr<Room> after = Decide(tx, *order, closed, rooms);
    if (!after.ok()) {
      order->answer = after.status();
      if (after.status().code() == absl::StatusCode::kFailedPrecondition) refused.push_back(order->wanted.claim_id);
      continue;
    }
    Room& room = rooms.at(after->id);
    if (RaiseVersion(room, *after, order->cause.now)) {
      transitions.push_back({.cause = order->cause, .before = room, .after = *after, .reason = order->reason});
    }
    room = *std::move(after);  // What the next claim in this group finds.
    order->answer = ToClaim(order->wanted.claim_id, room);
  }
  WriteTransitions(tx, all, transitions);
  if (!refused.empty()) claims.Close(refused, commands_.Now());
  return absl::OkStatus();
}

absl::StatusOr<Room> OpenClaims::Decide(pg::Transaction& tx, const Order& order,
                                        const std::map<std::string, bool>& closed,
                                        const std::map<std::string, Room>& rooms) {
  const auto claim = closed.find(order.wanted.claim_id);
  const auto room = rooms.find(order.room.room_id);
  if (claim == closed.end() || room == rooms.end()) return Missing("room", order.room.room_id);
  if (claim->second) return ClaimClosed();
  ASSIGN_OR_RETURN(Room after, OpenClaim(room->second, order.wanted));
  if (order.wanted.stage == Stage::kSubscribed) {
    ProjectStore projects{tx, order.call.scope()};
    RETURN_IF_ERROR(RequirePermit(projects, room->second, order.cause.now));
  }
  return after;
}

}  // namespace lintel::inventory
