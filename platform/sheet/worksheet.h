// The <sheetData> of a worksheet, cell by cell.
#pragma once

#include <string>
#include <vector>

#include "platform/sheet/builder.h"
#include "platform/sheet/xml.h"

namespace lintel::sheet {

struct WorkbookContext {
  std::vector<std::string> shared_texts;
  std::vector<bool> date_styles;  // By cell style: whether it shows a date.
  bool since_1904 = false;
};

class WorksheetHandler : public XmlHandler {
 public:
  // Both must outlive the handler.
  WorksheetHandler(const WorkbookContext& context, const SheetLimits& limits)
      : context_(context), limits_(limits), builder_(SheetFormat::kXlsx, limits) {}

  Sheet Take(std::string name) && { return std::move(builder_).Take(std::move(name)); }

  absl::Status Start(std::string_view name, const XmlAttributes& attributes) override;
  absl::Status End(std::string_view name) override;
  absl::Status Text(std::string_view text) override;

 private:
  absl::Status StartRow(const std::string& number);
  absl::Status StartCell(const XmlAttributes& attributes);
  absl::Status EndCell();
  absl::Status EndSharedText();

  const WorkbookContext& context_;
  const SheetLimits& limits_;
  SheetBuilder builder_;
  int row_ = 0;
  size_t column_ = 0;
  size_t next_column_ = 0;
  bool in_cell_ = false;
  bool collecting_ = false;
  bool phonetic_ = false;
  std::string type_;
  size_t style_ = 0;
  std::string value_;
};

}  // namespace lintel::sheet
