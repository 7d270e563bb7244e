// The migrations and the texts of refusals that are compiled in.
#pragma once

#include <span>

#include "platform/migrate/embedded.h"

namespace lintel::sales {

std::span<const EmbeddedFile> SalesMigrations();
std::span<const EmbeddedFile> SalesReasons();

}  // namespace lintel::sales
