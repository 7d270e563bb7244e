// The migrations and the texts of refusals that are compiled in.
#pragma once

#include <span>

#include "platform/migrate/embedded.h"

namespace lintel::inventory {

std::span<const EmbeddedFile> InventoryMigrations();
std::span<const EmbeddedFile> InventoryReasons();

}  // namespace lintel::inventory
