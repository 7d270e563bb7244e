// Gives everything a consultant has open to a successor, in the caller's transaction (INV-04).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/outbox/outbox.h"
#include "services/sales/domain/hand_over.h"

namespace lintel::sales {

// The names of the documents that changed hands, each announced. ABORTED DOCUMENT_BUSY: none did.
absl::StatusOr<std::vector<std::string>> HandOver(pg::Transaction& tx, const Cause& cause,
                                                  const std::string& consultant_id, const Seller& successor);

}  // namespace lintel::sales
