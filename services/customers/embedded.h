// Files compiled into the binary (cmake: lintel_embed).
#pragma once

#include <span>

#include "platform/migrate/embedded.h"

namespace lintel::customers {

std::span<const EmbeddedFile> Migrations();
std::span<const EmbeddedFile> ReasonTexts();  // reasons.json

}  // namespace lintel::customers
