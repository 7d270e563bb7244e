// Telephone-event payloads, each led by 4 bytes of timestamp and 1 of length: a press is never counted twice.
#include <cstdlib>
#include <span>

#include "telephony/media/rtp/bytes.h"
#include "telephony/media/rtp/dtmf.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lintel::media;
  DtmfReceiver receiver;
  const auto bytes = std::as_bytes(std::span(data, size));
  for (size_t at = 0; at + 5 <= bytes.size();) {
    const uint32_t timestamp = ReadU32(bytes, at);
    const size_t length = std::min<size_t>(ReadU8(bytes, at + 4), bytes.size() - at - 5);
    const auto payload = bytes.subspan(at + 5, length);
    at += 5 + length;
    if (receiver.Receive(timestamp, payload) && receiver.Receive(timestamp, payload)) std::abort();
  }
  return 0;
}
