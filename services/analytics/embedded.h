// What is compiled in: migrations, texts of refusals, analyses.
#pragma once

#include <span>

#include "platform/migrate/embedded.h"

namespace lintel::analytics {

std::span<const EmbeddedFile> AnalyticsMigrations();
std::span<const EmbeddedFile> AnalyticsReasons();
std::span<const EmbeddedFile> AnalysisFiles();

}  // namespace lintel::analytics
