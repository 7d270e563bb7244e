// XLSX (ECMA-376): the first visible worksheet of a workbook.
#pragma once

#include "platform/sheet/sheet.h"

namespace lintel::sheet {

// Fails like ReadSheet.
absl::StatusOr<Sheet> ReadXlsx(const std::string& bytes, const SheetLimits& limits);

}  // namespace lintel::sheet
