// Watches the frames (RFC 6455 §5.2) a client sends through a tunnel without taking part in them: their shape, the size
// of messages, and how many come.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace lintel::gateway {

class WebSocketMeter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Limits {
    uint64_t largest_message;
    int per_second;
    int burst;
  };
  WebSocketMeter(Limits limits, Time now) : limits_(limits), allowance_(limits.burst), filled_at_(now) {}

  // Bytes from the client, however they are cut. INVALID_ARGUMENT for frames that are no client's (unmasked, reserved
  // bits, unknown kinds), OUT_OF_RANGE for a message too large, RESOURCE_EXHAUSTED for too many. After a refusal the
  // tunnel ends.
  absl::Status Feed(std::string_view bytes, Time now);

 private:
  absl::Status Header(Time now);
  size_t HeaderSize() const;

  const Limits limits_;
  double allowance_;
  Time filled_at_;
  uint8_t header_[14] = {};
  size_t header_got_ = 0;
  uint64_t payload_left_ = 0;
  uint64_t message_size_ = 0;
  bool in_message_ = false;
};

}  // namespace lintel::gateway
