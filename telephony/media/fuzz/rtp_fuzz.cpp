// A stream of datagrams, each led by its length: parsed, buffered and played without leaving any bound.
#include <cstdlib>
#include <span>

#include "telephony/media/rtp/jitter_buffer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace lintel::media;
  JitterBuffer buffer(Codec::kALaw);
  Frame frame;
  int64_t now_us = 1;
  const auto bytes = std::as_bytes(std::span(data, size));
  for (size_t at = 0; at < bytes.size();) {
    const size_t length = std::min<size_t>(std::to_integer<size_t>(bytes[at]), bytes.size() - at - 1);
    const auto datagram = bytes.subspan(at + 1, length);
    at += 1 + length;
    KindOf(datagram);
    if (const auto packet = ParseRtp(datagram)) {
      if (packet->payload.size() > datagram.size()) std::abort();
      buffer.Push(*packet, now_us += 20000);
    }
    buffer.Pop(frame);
    if (buffer.buffered_ms() < 0 || buffer.buffered_ms() > 256) std::abort();
  }
  return 0;
}
