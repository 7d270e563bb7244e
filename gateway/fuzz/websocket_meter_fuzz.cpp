// Any bytes, cut anywhere, get the same verdict as in one piece.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gateway/text/websocket_meter.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using lintel::gateway::WebSocketMeter;
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t cut = std::min<size_t>(data[0], bytes.size());
  const WebSocketMeter::Limits limits{.largest_message = 1000, .per_second = 1, .burst = 5};
  WebSocketMeter whole(limits, {});
  WebSocketMeter parts(limits, {});
  absl::Status status = parts.Feed(bytes.substr(0, cut), {});
  if (status.ok()) status = parts.Feed(bytes.substr(cut), {});
  if (whole.Feed(bytes, {}).code() != status.code()) abort();
  return 0;
}
