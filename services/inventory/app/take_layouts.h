// Rooms take layouts by their codes when they are made, imported or changed (INV-05).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "platform/outbox/outbox.h"
#include "services/inventory/domain/room.h"
#include "services/inventory/store/layout_store.h"

namespace lintel::inventory {

// The codes among the rooms' layouts that the project does not know yet. LAYOUT_RETIRED for one that is retired.
absl::StatusOr<std::set<std::string>> NewLayouts(LayoutStore& layouts, const std::string& project_id,
                                                 const std::vector<Room>& rooms);

// Makes them, without more than their code. The project's row must be locked.
absl::Status MakeLayouts(pg::Transaction& tx, const Cause& cause, const Scope& scope, const std::string& project_id,
                         const std::set<std::string>& codes);

// For one room that takes `code`: INVALID_ARGUMENT on `field` when the project has no such layout; LAYOUT_RETIRED.
absl::Status CheckLayout(LayoutStore& layouts, const std::string& project_id, const std::string& field,
                         const std::string& code);

}  // namespace lintel::inventory
