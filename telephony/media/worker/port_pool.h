// The range of UDP ports for legs that have one of their own. A port rests after use, so that a late packet of one call
// is never heard in the next (STYLE 31).
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "telephony/media/worker/datagram_port.h"

namespace lintel::media {

// Not thread safe: the SIP thread owns it.
class PortPool {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kRest{10};

  // Even ports from `low` to `high`: the odd ones stay free for peers that send RTCP beside RTP.
  PortPool(std::string address, uint16_t low, uint16_t high);

  // The port that has rested longest. RESOURCE_EXHAUSTED when every one is in use or resting.
  absl::StatusOr<std::unique_ptr<UdpPort>> Take(Time now);
  void GiveBack(uint16_t port, Time now);

 private:
  struct Free {
    uint16_t port;
    Time since;
  };
  const std::string address_;
  std::deque<Free> free_;
};

}  // namespace lintel::media
