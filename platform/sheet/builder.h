// Collects cells into a Sheet and enforces the limits that hold for every format; also the refusals all readers share.
#pragma once

#include <string>

#include "platform/sheet/sheet.h"

namespace lintel::sheet {

absl::Status Unknown();
absl::Status Encrypted();
absl::Status BadEncoding(const std::string& cell);
absl::Status Broken(const std::string& cell, const std::string& cause);
absl::Status TooLarge(const std::string& cell, const std::string& limit);

class SheetBuilder {
 public:
  SheetBuilder(SheetFormat format, const SheetLimits& limits) : limits_(limits) { sheet_.format = format; }

  // Rows must not go backwards; within a row, columns (from 0) come in any order. Blank text is ignored.
  absl::Status Add(int row, size_t column, std::string text);
  void Doubt(int row, size_t column, const std::string& cause);
  Sheet Take(std::string name) &&;

 private:
  SheetLimits limits_;
  Sheet sheet_;
  size_t text_bytes_ = 0;
};

}  // namespace lintel::sheet
