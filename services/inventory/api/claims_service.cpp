#include "services/inventory/api/claims_service.h"

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "services/inventory/api/room_change.h"
#include "services/inventory/app/valid_permit.h"
#include "services/inventory/store/claim_store.h"

namespace lintel::inventory {
namespace {

constexpr char kService[] = "lintel.inventory.v1.ClaimsService/";
constexpr int kClaimsPerPage = 500;

absl::Status CheckClaimId(const std::string& claim_id) {
  return IsId(claim_id) ? absl::OkStatus() : InvalidField("claim_id", "must be a UUID");
}

// The room of an open claim that `next_document` may still advance, locked. Claim row first, then room: the one order
// everywhere.
absl::StatusOr<Room> LockClaimed(pg::Transaction& tx, const Scope& scope, const std::string& claim_id,
                                 const std::string& next_document = "") {
  RETURN_IF_ERROR(CheckClaimId(claim_id));
  ASSIGN_OR_RETURN(const ClaimRow claim, ClaimStore(tx, scope.tenant).FindForUpdate(claim_id));
  const std::vector<std::string>& undone = claim.undone_documents;
  if (claim.closed || std::find(undone.begin(), undone.end(), next_document) != undone.end()) return ClaimClosed();
  return RoomStore(tx, scope).FindByClaimForUpdate(claim_id);
}

}  // namespace

void ClaimsService::Register(Server& server) {
  const std::string prefix = kService;
  server.Handle(prefix + "OpenClaim", this, &ClaimsService::OpenClaim);
  server.Handle(prefix + "AdvanceClaim", this, &ClaimsService::AdvanceClaim);
  server.Handle(prefix + "RetreatClaim", this, &ClaimsService::RetreatClaim);
  server.Handle(prefix + "ReleaseClaim", this, &ClaimsService::ReleaseClaim);
  server.Handle(prefix + "ExtendClaim", this, &ClaimsService::ExtendClaim);
  server.Handle(prefix + "ReassignClaim", this, &ClaimsService::ReassignClaim);
  server.Handle(prefix + "SwapClaim", this, &ClaimsService::SwapClaim);
  server.Handle(prefix + "GetClaim", this, &ClaimsService::GetClaim);
  server.Handle(prefix + "ListOpenClaims", this, &ClaimsService::ListOpenClaims);
  server.Handle(prefix + "GetSaleTerms", this, &ClaimsService::GetSaleTerms);
}

absl::StatusOr<v1::Claim> ClaimsService::OpenClaim(const Call& call, const v1::OpenClaimRequest& request) {
  return open_.Open(call, request);
}

absl::StatusOr<v1::Claim> ClaimsService::AdvanceClaim(const Call& call, const v1::AdvanceClaimRequest& request) {
  return commands_.Run<v1::Claim>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Claim> {
    const Cause cause = call.CauseAt(commands_.Now());
    ASSIGN_OR_RETURN(const Room before, LockClaimed(tx, call.scope(), request.claim_id(), request.document()));
    ASSIGN_OR_RETURN(Room after,
                     lintel::inventory::AdvanceClaim(before, request.claim_id(), static_cast<Stage>(request.from()),
                                                     request.document()));
    ProjectStore projects{tx, call.scope()};
    if (request.from() == v1::HELD) RETURN_IF_ERROR(RequirePermit(projects, before, cause.now));
    WriteTransition(tx, cause, call.scope(), before, after, "");
    return ToClaim(request.claim_id(), after);
  });
}

absl::StatusOr<v1::Claim> ClaimsService::RetreatClaim(const Call& call, const v1::RetreatClaimRequest& request) {
  RETURN_IF_ERROR(CheckClaimId(request.claim_id()));
  Retreat retreat{.from = static_cast<Stage>(request.from()),
                  .undone_document = request.undone_document(),
                  .document = request.document()};
  if (request.has_until()) {
    ASSIGN_OR_RETURN(retreat.until, ToInstant("until", request.until()));
  }
  if (!retreat.undone_document.empty()) {
    // First the door is shut, whatever the retreat then finds: the advance may still be on its way.
    RETURN_IF_ERROR(commands_.database().Execute(call.Transaction(), [&](pg::Transaction& tx) {
      ClaimStore(tx, call.tenant()).Undo(request.claim_id(), retreat.undone_document);
      return absl::OkStatus();
    }));
  }
  return commands_.Run<v1::Claim>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Claim> {
    ASSIGN_OR_RETURN(const Room before, LockClaimed(tx, call.scope(), request.claim_id()));
    ASSIGN_OR_RETURN(Room after, lintel::inventory::RetreatClaim(before, request.claim_id(), retreat));
    WriteTransition(tx, call.CauseAt(commands_.Now()), call.scope(), before, after, "undo");
    return ToClaim(request.claim_id(), after);
  });
}

absl::StatusOr<v1::Claim> ClaimsService::ReleaseClaim(const Call& call, const v1::ReleaseClaimRequest& request) {
  RETURN_IF_ERROR(CheckClaimId(request.claim_id()));
  ASSIGN_OR_RETURN(const RoomName name, ParseRoomName("room", request.room()));
  return commands_.Run<v1::Claim>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Claim> {
    const Cause cause = call.CauseAt(commands_.Now());
    ClaimStore claims{tx, call.tenant()};
    const ClaimRow claim = claims.FindOrCreate(request.claim_id(), name.room_id, cause.now);
    RoomStore rooms{tx, call.scope()};
    const auto before = rooms.FindByClaimForUpdate(request.claim_id());
    claims.Close({request.claim_id()}, cause.now);
    if (claim.closed || !before.ok()) {
      ASSIGN_OR_RETURN(const Room room, rooms.Find(name.project_id, name.room_id));
      return ToClaim(request.claim_id(), room);
    }
    ASSIGN_OR_RETURN(Room after,
                     lintel::inventory::ReleaseClaim(*before, request.claim_id(), request.lock(), request.reason()));
    WriteTransition(tx, cause, call.scope(), *before, after, request.reason());
    return ToClaim(request.claim_id(), after);
  });
}

absl::StatusOr<v1::Claim> ClaimsService::ExtendClaim(const Call& call, const v1::ExtendClaimRequest& request) {
  ASSIGN_OR_RETURN(const Instant until, ToInstant("until", request.until()));
  return commands_.Run<v1::Claim>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Claim> {
    ASSIGN_OR_RETURN(const Room before, LockClaimed(tx, call.scope(), request.claim_id()));
    ASSIGN_OR_RETURN(Room after, lintel::inventory::ExtendClaim(before, request.claim_id(), until));
    WriteTransition(tx, call.CauseAt(commands_.Now()), call.scope(), before, after, "extended");
    return ToClaim(request.claim_id(), after);
  });
}

absl::StatusOr<v1::Claim> ClaimsService::ReassignClaim(const Call& call, const v1::ReassignClaimRequest& request) {
  if (request.hand_over() < 1) return InvalidField("hand_over", "must be positive");
  return commands_.Run<v1::Claim>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Claim> {
    ASSIGN_OR_RETURN(const Room before, LockClaimed(tx, call.scope(), request.claim_id()));
    if (!ClaimStore(tx, call.tenant()).HandOver(request.claim_id(), request.hand_over())) {
      return ToClaim(request.claim_id(), before);
    }
    ASSIGN_OR_RETURN(Room after, lintel::inventory::ReassignClaim(before, request.claim_id(), request.team()));
    WriteTransition(tx, call.CauseAt(commands_.Now()), call.scope(), before, after, "handed over");
    return ToClaim(request.claim_id(), after);
  });
}

absl::StatusOr<v1::Claim> ClaimsService::SwapClaim(const Call& call, const v1::SwapClaimRequest& request) {
  ASSIGN_OR_RETURN(const RoomName to, ParseRoomName("to_room", request.to_room()));
  return commands_.Run<v1::Claim>(call, request, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Claim> {
    const Cause cause = call.CauseAt(commands_.Now());
    ClaimStore claims{tx, call.tenant()};
    ASSIGN_OR_RETURN(const ClaimRow claim, claims.FindForUpdate(request.claim_id()));
    if (claim.closed) return ClaimClosed();
    // Both rooms in id order, so that two exchanges of the same pair cannot lock each other out.
    RoomStore rooms{tx, call.scope()};
    ASSIGN_OR_RETURN(const std::vector<Room> both, rooms.FindManyForUpdate(to.project_id, {claim.room_id, to.room_id}));
    if (both.size() < 2) return InvalidField("to_room", "is the room the deal has already");
    const Room& old_room = both[0].id == claim.room_id ? both[0] : both[1];
    const Room& new_room = both[0].id == claim.room_id ? both[1] : both[0];
    const auto* taken = std::get_if<Taken>(&old_room.availability);
    if (taken == nullptr) return ClaimClosed();
    ASSIGN_OR_RETURN(Room freed, lintel::inventory::ReleaseClaim(old_room, request.claim_id(), request.lock_old(),
                                                                 request.reason()));
    if (!std::holds_alternative<Available>(new_room.availability)) {
      return Refused("ROOM_TAKEN", "the other room is not free", {{"team", ToProto(new_room).holder_team()}});
    }
    Room moved = new_room;
    moved.availability = *taken;
    WriteTransition(tx, cause, call.scope(), old_room, freed, request.reason());
    WriteTransition(tx, cause, call.scope(), new_room, moved, request.reason());
    claims.MoveTo(request.claim_id(), to.room_id);
    return ToClaim(request.claim_id(), moved);
  });
}

absl::StatusOr<v1::Claim> ClaimsService::GetClaim(const Call& call, const v1::GetClaimRequest& request) {
  RETURN_IF_ERROR(CheckClaimId(request.claim_id()));
  pg::RunOptions options = call.ReadOnly();
  options.isolation = "REPEATABLE READ";  // The claim and its room of one moment.
  return commands_.database().Run<v1::Claim>(options, [&](pg::Transaction& tx) -> absl::StatusOr<v1::Claim> {
    ASSIGN_OR_RETURN(const ClaimRow claim, ClaimStore(tx, call.tenant()).Find(request.claim_id()));
    const auto room = RoomStore(tx, call.scope()).FindByClaim(request.claim_id());
    if (room.ok()) return ToClaim(request.claim_id(), *room);
    v1::Claim answer;
    answer.set_claim_id(claim.id);
    answer.set_stage(v1::AVAILABLE);
    answer.set_closed(claim.closed);
    return answer;
  });
}

absl::StatusOr<v1::ListOpenClaimsResponse> ClaimsService::ListOpenClaims(const Call& call,
                                                                         const v1::ListOpenClaimsRequest& request) {
  ASSIGN_OR_RETURN(const std::string project_id, ParseId("project", request.project(), kProjectPattern));
  if (!request.after_claim().empty()) RETURN_IF_ERROR(CheckClaimId(request.after_claim()));
  using Response = v1::ListOpenClaimsResponse;
  return commands_.database().Run<Response>(call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<Response> {
    Response response;
    for (const Room& room : ClaimStore(tx, call.tenant()).ListOpen(project_id, request.after_claim(), kClaimsPerPage)) {
      *response.add_claims() = ToClaim(std::get<Taken>(room.availability).claim_id, room);
    }
    return response;
  });
}

absl::StatusOr<v1::SaleTerms> ClaimsService::GetSaleTerms(const Call& call, const v1::GetSaleTermsRequest& request) {
  ASSIGN_OR_RETURN(const RoomName name, ParseRoomName("room", request.room()));
  return commands_.database().Run<v1::SaleTerms>(
      call.ReadOnly(), [&](pg::Transaction& tx) -> absl::StatusOr<v1::SaleTerms> {
        ASSIGN_OR_RETURN(const Room room, RoomStore(tx, call.scope()).Find(name.project_id, name.room_id));
        ProjectStore projects{tx, call.scope()};
        ASSIGN_OR_RETURN(const Project project, projects.Find(name.project_id));
        ASSIGN_OR_RETURN(const std::optional<Permit> permit, ValidPermit(projects, room, commands_.Now()));
        v1::SaleTerms terms;
        *terms.mutable_room() = ToProto(room);
        terms.set_project(ProjectName(project.id));
        terms.set_project_display_name(project.display_name);
        terms.set_time_zone(project.time_zone);
        terms.set_price_version(room.price_version);
        for (const PriceTable& table : projects.PriceTables(project.id)) {
          if (table.version == room.price_version) terms.set_rounding(static_cast<v1::Rounding>(table.rounding));
        }
        if (room.unit_price) *terms.mutable_unit_price() = ToProto(*room.unit_price);
        if (room.list_price) *terms.mutable_list_price() = ToProto(*room.list_price);
        terms.set_permit_valid(permit.has_value());
        if (permit) terms.set_permit_number(permit->number);
        return terms;
      });
}

}  // namespace lintel::inventory
