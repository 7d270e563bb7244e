// Old XLS (BIFF), read by `lintel-xls` in a child process of its own that ends with the file.
#pragma once

#include "platform/sheet/sheet.h"

namespace lintel::sheet {

// Fails like ReadSheet.
absl::StatusOr<Sheet> ReadXls(const std::string& bytes, const SheetOptions& options);

}  // namespace lintel::sheet
