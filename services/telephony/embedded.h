// The migrations and the texts of refusals that are compiled in.
#pragma once

#include <span>

#include "platform/migrate/embedded.h"

namespace lintel::telephony {

std::span<const EmbeddedFile> TelephonyMigrations();
std::span<const EmbeddedFile> TelephonyReasons();

}  // namespace lintel::telephony
