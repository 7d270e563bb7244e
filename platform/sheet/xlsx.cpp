#include "platform/sheet/xlsx.h"

#include "platform/sheet/builder.h"
#include "platform/sheet/worksheet.h"
#include "platform/sheet/xlsx_parts.h"
#include "platform/status/status.h"

namespace lintel::sheet {

absl::StatusOr<Sheet> ReadXlsx(const std::string& bytes, const SheetLimits& limits) {
  ASSIGN_OR_RETURN(XlsxArchive archive, XlsxArchive::Open(bytes, limits));
  if (!archive.Has("_rels/.rels")) return Unknown();  // A ZIP of something else.
  ASSIGN_OR_RETURN(const Relationships package, ReadRelationships(archive, "", limits));
  const std::string workbook = TargetOf(package, "officeDocument");
  if (workbook.empty()) return Unknown();
  ASSIGN_OR_RETURN(const Relationships parts, ReadRelationships(archive, workbook, limits));
  ASSIGN_OR_RETURN(const WorkbookOutline outline, ReadOutline(archive, workbook, limits));
  const auto worksheet = parts.find(outline.sheet_relationship);
  if (worksheet == parts.end()) return Broken(workbook, "no visible worksheet");

  WorkbookContext context{.since_1904 = outline.since_1904};
  ASSIGN_OR_RETURN(context.shared_texts, ReadSharedTexts(archive, TargetOf(parts, "sharedStrings"), limits));
  ASSIGN_OR_RETURN(context.date_styles, ReadDateStyles(archive, TargetOf(parts, "styles"), limits));
  WorksheetHandler handler(context, limits);
  RETURN_IF_ERROR(ReadXml(archive, worksheet->second.target, limits, handler));
  return std::move(handler).Take(outline.sheet_name);
}

}  // namespace lintel::sheet
