#include "services/sales/api/deal_start.h"

#include "platform/status/status.h"

namespace lintel::sales {
namespace {

// The one named, else the operator's own.
std::optional<Consultant> ConsultantFor(pg::Transaction& tx, const Call& call, const std::string& consultant_id) {
  ConsultantStore consultants(tx, call.tenant());
  if (consultant_id.empty()) return consultants.FindByOperator(call.principal().operator_name);
  auto named = consultants.Find(consultant_id);
  return named.ok() ? std::optional(*std::move(named)) : std::nullopt;
}

}  // namespace

absl::StatusOr<inventory::v1::SaleTerms> TermsFor(const Call& call, Peers& peers, const RoomName& room) {
  if (!call.scope().MayUseProject(room.project_id)) return Missing("room", room.room_id);
  return peers.SaleTerms(call.OnBehalf(), NameOfRoom(room.project_id, room.room_id));
}

std::string LabelOf(const inventory::v1::Room& room) {
  std::string label = room.building();
  if (!room.entrance().empty()) label += " " + room.entrance();
  // Numbers are unique on a floor; where they do not begin with it, the floor is said.
  const std::string floor = std::to_string(room.floor());
  return label + " " + (room.number().rfind(floor, 0) == 0 ? "" : floor + "-") + room.number();
}

absl::StatusOr<Seller> SellerFor(pg::Transaction& tx, const Call& call, const std::string& field,
                                 const std::string& consultant_id, Date today) {
  const std::optional<Consultant> consultant = ConsultantFor(tx, call, consultant_id);
  if (!consultant && !consultant_id.empty()) return InvalidField(field, "is no consultant");
  Seller seller{.operator_name = call.principal().Actor(), .team = call.principal().team};
  if (!consultant) return seller;
  RETURN_IF_ERROR(CheckSells(*consultant, today));
  seller.consultant_id = consultant->id;
  if (!consultant->operator_name.empty()) seller.operator_name = consultant->operator_name;
  if (!consultant->team.empty()) seller.team = consultant->team;
  seller.team_name = consultant->team_display_name;
  return seller;
}

std::string TeamNameFor(pg::Database& database, const Call& call, Peers& peers, const std::string& consultant_id) {
  std::string team = call.principal().team;
  const absl::Status read = database.Execute(call.ReadOnly(), [&](pg::Transaction& tx) {
    const std::optional<Consultant> consultant = ConsultantFor(tx, call, consultant_id);
    if (consultant && !consultant->team.empty()) team = consultant->team;
    return absl::OkStatus();
  });
  return read.ok() ? peers.TeamName(call.OnBehalf(), team) : "";
}

}  // namespace lintel::sales
