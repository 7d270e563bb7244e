#include <cstddef>
#include <cstdint>
#include <string>

#include "platform/sheet/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const lintel::SheetLimits limits{.text_bytes = 1u << 16, .rows = 1000, .columns = 16};
  (void)lintel::sheet::ReadCsv(std::string(reinterpret_cast<const char*>(data), size), limits);
  return 0;
}
