// lintel-xls: reads old XLS files with libfreexl inside the limited child of platform/helper. It trusts nobody and is
// trusted by nobody: whatever happens here, the parent sees a reply it can check, or a dead child.
#include <freexl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "platform/helper/serve.h"
#include "platform/sheet/builder.h"
#include "platform/sheet/number_text.h"
#include "platform/sheet/xls_wire.h"
#include "platform/status/status.h"

namespace lintel::sheet {
namespace {

constexpr int64_t kMostCells = 20'000'000;  // What a worksheet may claim to hold before it is believed.

struct Workbook {
  const void* handle = nullptr;
  ~Workbook() {
    if (handle != nullptr) freexl_close(handle);
  }
};

// The library opens files by name: the bytes get one that exists only in memory.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& bytes) : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t count = write(descriptor_, bytes.data() + at, bytes.size() - at);
      if (count <= 0) break;
      at += static_cast<size_t>(count);
    }
  }
  ~MemoryFile() { close(descriptor_); }
  std::string path() const { return absl::StrCat("/proc/self/fd/", descriptor_); }

 private:
  int descriptor_;
};

NumberText ToText(const FreeXL_CellValue& cell) {
  switch (cell.type) {
    case FREEXL_CELL_INT:
      return {absl::StrCat(cell.value.int_value)};
    case FREEXL_CELL_DOUBLE:
      return NumberToText(cell.value.double_value);
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_DATETIME:
    case FREEXL_CELL_TIME:
      return {cell.value.text_value == nullptr ? "" : cell.value.text_value};
    default:
      return {};
  }
}

absl::StatusOr<Sheet> ReadCells(const void* handle, const std::string& name) {
  unsigned rows = 0;
  unsigned short columns = 0;
  if (freexl_worksheet_dimensions(handle, &rows, &columns) != FREEXL_OK) return Broken("the file", "no worksheet");
  if (static_cast<int64_t>(rows) * columns > kMostCells)
    return TooLarge("the file", absl::StrCat(kMostCells, " cells"));
  SheetBuilder builder(SheetFormat::kXls, SheetLimits{});
  for (unsigned row = 0; row < rows; ++row) {
    for (unsigned short column = 0; column < columns; ++column) {
      FreeXL_CellValue cell{};
      if (freexl_get_cell_value(handle, row, column, &cell) != FREEXL_OK) continue;
      const NumberText text = ToText(cell);
      const int number = static_cast<int>(row) + 1;
      if (text.lost_digits)
        builder.Doubt(number, column, "a number this long has lost its last digits; format the column as text");
      RETURN_IF_ERROR(builder.Add(number, column, text.text));
    }
  }
  return std::move(builder).Take(name);
}

absl::StatusOr<Sheet> Read(const std::string& bytes) {
  const MemoryFile file(bytes);
  Workbook workbook;
  switch (freexl_open(file.path().c_str(), &workbook.handle)) {
    case FREEXL_OK:
      break;
    case FREEXL_BIFF_OBFUSCATED:
      return Encrypted();
    default:
      return Broken("the file", "not a readable workbook");
  }
  unsigned protection = 0;
  if (freexl_get_info(workbook.handle, FREEXL_BIFF_PASSWORD, &protection) == FREEXL_OK &&
      protection == FREEXL_BIFF_OBFUSCATED) {
    return Encrypted();
  }
  const char* name = nullptr;
  freexl_get_worksheet_name(workbook.handle, 0, &name);
  if (freexl_select_active_worksheet(workbook.handle, 0) != FREEXL_OK) return Broken("the file", "no worksheet");
  return ReadCells(workbook.handle, name == nullptr ? "" : name);
}

}  // namespace
}  // namespace lintel::sheet

int main() {
  return lintel::ServeHelper(
      [](const std::string& request) { return lintel::sheet::EncodeReply(lintel::sheet::Read(request)); });
}
