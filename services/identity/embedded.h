// Files compiled into the binary (cmake: lintel_embed).
#pragma once

#include <span>
#include <string>

#include "platform/migrate/embedded.h"

namespace lintel::identity {

std::span<const EmbeddedFile> Catalogues();  // rights.json, settings.json, code_tables.json
std::span<const EmbeddedFile> Migrations();
std::span<const EmbeddedFile> ReasonTexts();  // reasons.json

// The text of one of `files`; throws std::out_of_range when it is not there.
std::string TextOf(std::span<const EmbeddedFile> files, const std::string& name);

}  // namespace lintel::identity
