// CSV as spreadsheet programs write it (RFC 4180 and its relatives): comma, semicolon or tab, quoted line breaks.
#pragma once

#include "platform/sheet/sheet.h"

namespace lintel::sheet {

// Unquoted cells lose surrounding blanks. Fails like ReadSheet.
absl::StatusOr<Sheet> ReadCsv(const std::string& bytes, const SheetLimits& limits);

}  // namespace lintel::sheet
