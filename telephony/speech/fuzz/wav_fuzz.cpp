// Any bytes are a prompt or refused.
#include <cstddef>
#include <cstdint>
#include <string>

#include "telephony/speech/synthesiser.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  (void)lintel::speech::DecodeWav(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
