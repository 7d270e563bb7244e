#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "platform/sheet/number_text.h"

// Whatever a cell holds: its text is a fixed point, so reading what we wrote changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::string once = lintel::sheet::NumberToText(input).text;
  if (lintel::sheet::NumberToText(once).text != once) std::abort();
  (void)lintel::sheet::DateToText(input, false);
  (void)lintel::sheet::DateToText(input, true);
  (void)lintel::sheet::IsDateFormat(input);
  return 0;
}
