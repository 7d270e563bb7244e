// Holds over two services: the document here, the claim on the room in inventory.
//   hold.place     pending -> claim -> active          undo: release the claim, failed
//   hold.release   active -> release the claim -> released or expired
//   hold.extend    active -> extend the claim -> active until later
#pragma once

#include "platform/process/process.h"
#include "services/sales/app/peers.h"
#include "services/sales/domain/hold.h"

namespace lintel::sales {

inline constexpr char kPlaceHold[] = "hold.place";
inline constexpr char kReleaseHold[] = "hold.release";
inline constexpr char kExtendHold[] = "hold.extend";

void DefineHoldProcesses(Processes& processes, Peers& peers);

// What each carries: the request it will send.
inventory::v1::OpenClaimRequest ClaimOf(const Hold& hold);
inventory::v1::ReleaseClaimRequest ReleaseOf(const Hold& hold, const std::string& reason);
inventory::v1::ExtendClaimRequest ExtensionOf(const Hold& hold, Instant until);

}  // namespace lintel::sales
