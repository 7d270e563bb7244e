// What is compiled in: migrations, texts of refusals, reports, document templates.
#pragma once

#include <span>

#include "platform/migrate/embedded.h"

namespace lintel::reporting {

std::span<const EmbeddedFile> ReportingMigrations();
std::span<const EmbeddedFile> ReportingReasons();
std::span<const EmbeddedFile> ReportFiles();
std::span<const EmbeddedFile> TemplateFiles();

}  // namespace lintel::reporting
