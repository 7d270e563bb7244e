#include "gateway/text/websocket_meter.h"

#include <algorithm>

namespace lintel::gateway {
namespace {

constexpr uint8_t kFinal = 0x80;
constexpr uint8_t kReserved = 0x70;
constexpr uint8_t kMasked = 0x80;
constexpr uint8_t kContinuation = 0;
constexpr uint8_t kBinary = 2;
constexpr uint8_t kClose = 8;
constexpr uint8_t kPong = 10;
constexpr uint64_t kLargestControl = 125;

absl::Status NotAFrame(const char* why) { return absl::InvalidArgumentError(why); }

}  // namespace

size_t WebSocketMeter::HeaderSize() const {
  if (header_got_ < 2) return 2;
  const uint8_t length = header_[1] & 0x7F;
  return 2 + (length == 127 ? 8u : length == 126 ? 2u : 0u) + 4;
}

absl::Status WebSocketMeter::Feed(std::string_view bytes, Time now) {
  while (!bytes.empty()) {
    if (payload_left_ > 0) {
      const auto step = static_cast<size_t>(std::min<uint64_t>(payload_left_, bytes.size()));
      payload_left_ -= step;
      bytes.remove_prefix(step);
      continue;
    }
    header_[header_got_++] = static_cast<uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    if (header_got_ < 2 || header_got_ < HeaderSize()) continue;
    if (absl::Status status = Header(now); !status.ok()) return status;
    header_got_ = 0;
  }
  return absl::OkStatus();
}

absl::Status WebSocketMeter::Header(Time now) {
  const uint8_t kind = header_[0] & 0x0F;
  const bool final = (header_[0] & kFinal) != 0;
  const bool control = kind >= kClose;
  if ((header_[0] & kReserved) != 0) return NotAFrame("reserved bits are set");
  if ((header_[1] & kMasked) == 0) return NotAFrame("a client's frame must be masked");
  if (kind > kPong || (kind > kBinary && !control)) return NotAFrame("an unknown kind of frame");

  uint64_t length = header_[1] & 0x7F;
  const size_t extra = HeaderSize() - 6;
  if (extra > 0) length = 0;
  for (size_t i = 0; i < extra; ++i) length = length << 8 | header_[2 + i];
  payload_left_ = length;
  if (control) return final && length <= kLargestControl ? absl::OkStatus() : NotAFrame("a control frame is too large");

  if ((kind == kContinuation) != in_message_) return NotAFrame("frames of two messages are mixed");
  message_size_ = kind == kContinuation ? message_size_ : 0;
  if (length > limits_.largest_message - message_size_) return absl::OutOfRangeError("a message is too large");
  message_size_ += length;
  in_message_ = !final;
  if (!final) return absl::OkStatus();
  const double passed = std::chrono::duration<double>(now - filled_at_).count();
  allowance_ = std::min<double>(limits_.burst, allowance_ + passed * limits_.per_second);
  filled_at_ = now;
  if (allowance_ < 1) return absl::ResourceExhaustedError("too many messages");
  allowance_ -= 1;
  return absl::OkStatus();
}

}  // namespace lintel::gateway
