// The migrations and the texts of refusals that are compiled in.
#pragma once

#include <span>

#include "platform/migrate/embedded.h"

namespace lintel::finance {

std::span<const EmbeddedFile> FinanceMigrations();
std::span<const EmbeddedFile> FinanceReasons();

}  // namespace lintel::finance
