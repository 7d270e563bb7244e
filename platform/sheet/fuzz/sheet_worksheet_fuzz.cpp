#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/sheet/sheet.h"
#include "platform/sheet/worksheet.h"

// The XML of a worksheet, past the ZIP that hides it from a mutator.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const lintel::SheetLimits limits{.text_bytes = 1u << 16, .rows = 1000, .columns = 16};
  const lintel::sheet::WorkbookContext context{.shared_texts = {"楼栋", "01", "--"}, .date_styles = {false, true}};
  lintel::sheet::WorksheetHandler handler(context, limits);
  lintel::sheet::XmlParser parser("sheet1.xml", limits.xml_depth, handler);
  if (parser.Feed({reinterpret_cast<const char*>(data), size}).ok() && parser.Finish().ok()) {
    (void)std::move(handler).Take("");
  }
  return 0;
}
