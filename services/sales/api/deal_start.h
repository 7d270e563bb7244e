// What every document of a deal begins with: whose it is, and what the room's sale terms are.
#pragma once

#include "platform/server/call.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/peers.h"
#include "services/sales/domain/hand_over.h"

namespace lintel::sales {

// The room's price, areas, permit and project; NOT_FOUND when the operator may not see the project.
absl::StatusOr<inventory::v1::SaleTerms> TermsFor(const Call& call, Peers& peers, const RoomName& room);

// "3栋 1单元 1806".
std::string LabelOf(const inventory::v1::Room& room);

// The consultant named, else the operator's own; neither is a must. The document is the consultant's operator's, else
// the caller's. INVALID_ARGUMENT names `field` for an unknown consultant; CONSULTANT_LEFT from the leave date on.
absl::StatusOr<Seller> SellerFor(pg::Transaction& tx, const Call& call, const std::string& field,
                                 const std::string& consultant_id, Date today);

// What identity calls the team of whom SellerFor will name, asked before the transaction; empty when it does not tell.
std::string TeamNameFor(pg::Database& database, const Call& call, Peers& peers, const std::string& consultant_id);

}  // namespace lintel::sales
