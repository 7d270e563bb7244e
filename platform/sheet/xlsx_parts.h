// The parts of a workbook around its cells: where things are, what the shared texts say, which styles show dates.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/sheet/xlsx_archive.h"

namespace lintel::sheet {

struct Relationship {
  std::string type;    // The last word of its URI: "worksheet", "sharedStrings", "styles".
  std::string target;  // A part's name, resolved against the part that refers to it.
};

struct WorkbookOutline {
  std::string sheet_name;
  std::string sheet_relationship;  // Empty: no visible worksheet.
  bool since_1904 = false;
};

using Relationships = std::map<std::string, Relationship>;  // By id.

// The relationships of `part` ("" for the package itself).
absl::StatusOr<Relationships> ReadRelationships(XlsxArchive& archive, const std::string& part,
                                                const SheetLimits& limits);
// The target of the first relationship of that type, or empty.
std::string TargetOf(const Relationships& relationships, const std::string& type);

absl::StatusOr<WorkbookOutline> ReadOutline(XlsxArchive& archive, const std::string& part, const SheetLimits& limits);
absl::StatusOr<std::vector<std::string>> ReadSharedTexts(XlsxArchive& archive, const std::string& part,
                                                         const SheetLimits& limits);
// For each cell style, whether it shows a date.
absl::StatusOr<std::vector<bool>> ReadDateStyles(XlsxArchive& archive, const std::string& part,
                                                 const SheetLimits& limits);

// Runs one part through a handler.
class XmlHandler;
absl::Status ReadXml(XlsxArchive& archive, const std::string& part, const SheetLimits& limits, XmlHandler& handler);

// "_x000D_" back to the character it stands for (ECMA-376 §22.9.2.19).
std::string Unescape(const std::string& text);

}  // namespace lintel::sheet
