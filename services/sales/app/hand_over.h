// What a consultant has open goes to a successor (INV-04): in the caller's transaction the documents, and what leads to
// the rest: a process that tells inventory the room's new team, a notice in the successor's inbox.
//   claim.reassign   ask identity for the new team's name unless it is known, tell inventory (both must happen)
#pragma once

#include <string>
#include <vector>

#include "platform/outbox/outbox.h"
#include "platform/process/process.h"
#include "services/sales/app/peers.h"
#include "services/sales/domain/consultant.h"
#include "services/sales/domain/hand_over.h"

namespace lintel::sales {

inline constexpr char kReassignClaim[] = "claim.reassign";

void DefineHandOverProcess(Processes& processes, Peers& peers);

// The names of the documents that changed hands, each announced. ABORTED DOCUMENT_BUSY: none did.
absl::StatusOr<std::vector<std::string>> HandOver(pg::Transaction& tx, const Cause& cause, Processes& processes,
                                                  const Consultant& giver, const Seller& successor);

}  // namespace lintel::sales
