// The presale permit under which a room may be sold today (DOMAIN §1).
#pragma once

#include <optional>

#include "services/inventory/store/project_store.h"

namespace lintel::inventory {

// The first valid permit that covers the room on the day of `now` in the project's zone; null when there is none.
absl::StatusOr<std::optional<Permit>> ValidPermit(ProjectStore& projects, const Room& room, Instant now);

// FAILED_PRECONDITION PERMIT_MISSING when there is none.
absl::Status RequirePermit(ProjectStore& projects, const Room& room, Instant now);

}  // namespace lintel::inventory
