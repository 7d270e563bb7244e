// A head that is taken is what everybody would take: it ends at the first empty line, has no bare line break, and says
// once at most where its body ends. Less of it is never judged otherwise than "not yet" or refused.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gateway/limits.h"
#include "gateway/text/request_head.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lintel::gateway;
  const std::string_view received(reinterpret_cast<const char*>(data), size);
  const HeadCheck check = CheckHead(received);
  if (check.size == 0 || check.refusal != 0) return 0;
  const std::string_view head = received.substr(0, check.size);
  if (check.size > limits::kLargestHeader || HasBareLineFeed(head)) abort();
  if (head.find("\r\n\r\n") != check.size - 4) abort();
  if (CheckHead(head.substr(0, size % check.size)).size != 0) abort();
  return 0;
}
