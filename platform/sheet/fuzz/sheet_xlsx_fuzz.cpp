#include <cstddef>
#include <cstdint>
#include <string>

#include "platform/sheet/xlsx.h"

// The whole file as it arrives: the ZIP, its directory and what is inside.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const lintel::SheetLimits limits{.unpacked_bytes = 1u << 18, .text_bytes = 1u << 16, .rows = 1000, .columns = 16};
  (void)lintel::sheet::ReadXlsx(std::string(reinterpret_cast<const char*>(data), size), limits);
  return 0;
}
