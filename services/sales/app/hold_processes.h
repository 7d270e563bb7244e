// Holds over three services: the document here, the claim on the room in inventory, an account for its fee in finance.
//   hold.place     pending -> claim -> account, with a fee -> active     undo: close, release the claim, failed
//   hold.release   active -> close the account -> release the claim -> released or expired
//   hold.extend    active -> extend the claim -> active until later
#pragma once

#include "platform/process/process.h"
#include "services/sales/app/peers.h"
#include "services/sales/domain/hold.h"

namespace lintel::sales {

inline constexpr char kPlaceHold[] = "hold.place";
inline constexpr char kReleaseHold[] = "hold.release";
inline constexpr char kExtendHold[] = "hold.extend";

// `database`: steps read the hold they work for, in a transaction of its own before the call.
void DefineHoldProcesses(Processes& processes, Peers& peers, pg::Database& database);

// The hold as it is now, for a step of a process.
absl::StatusOr<Hold> LoadHold(pg::Database& database, const ProcessContext& context, const std::string& hold_id);

// What each carries: the request it will send.
inventory::v1::OpenClaimRequest ClaimOf(const Hold& hold);
inventory::v1::ReleaseClaimRequest ReleaseOf(const Hold& hold, const std::string& reason);
inventory::v1::ExtendClaimRequest ExtensionOf(const Hold& hold, Instant until);

}  // namespace lintel::sales
