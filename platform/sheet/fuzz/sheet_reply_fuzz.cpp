#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "platform/sheet/xls_wire.h"

// What a subverted child could send. A reply that is accepted must mean the same when it is written again.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const lintel::SheetLimits limits{.text_bytes = 1u << 16, .rows = 1000, .columns = 16};
  const auto sheet = lintel::sheet::DecodeReply({reinterpret_cast<const char*>(data), size}, limits);
  if (!sheet.ok()) return 0;
  const auto again = lintel::sheet::DecodeReply(lintel::sheet::EncodeReply(sheet), limits);
  if (!again.ok() || again->rows.size() != sheet->rows.size()) std::abort();
  return 0;
}
