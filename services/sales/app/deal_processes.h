// Subscriptions and contracts over three services (DESIGN 3.2).
//   subscription.create   pending -> schedule -> claim, unless the deal holds one -> account -> advance
//                         -> carry the hold's fee -> active
//   contract.create       pending, number drawn -> record -> advance -> signed
// Undo goes back in reverse; a contract's number becomes void.
#pragma once

#include "platform/process/process.h"
#include "services/sales/app/peers.h"

namespace lintel::sales {

inline constexpr char kSubscribe[] = "subscription.create";
inline constexpr char kSign[] = "contract.create";

// `database`: steps read the document they work for, in a transaction of its own before the call.
void DefineDealProcesses(Processes& processes, Peers& peers, pg::Database& database);

}  // namespace lintel::sales
