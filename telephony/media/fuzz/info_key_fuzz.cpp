// Bodies of INFO: a key, or nothing.
#include <cstdlib>
#include <string>

#include "telephony/media/sip/info_key.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string body(reinterpret_cast<const char*>(data), size);
  const auto key = lintel::media::KeyOfInfo("application/dtmf-relay", body);
  if (key.has_value() && std::string("0123456789*#ABCD").find(*key) == std::string::npos) std::abort();
  return 0;
}
