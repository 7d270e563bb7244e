// One call's audio: sends a mu-law packet every tick and digits as RFC 4733 events, counts what comes back and how
// late.
#pragma once

#include <netinet/in.h>

#include <chrono>
#include <cstdint>

namespace lintel::bench {

struct AudioCounts {
  int64_t sent = 0;
  int64_t received = 0;
  int64_t late = 0;  // More than one frame after its turn: 40 ms since the packet before.
  int64_t digits = 0;
  std::chrono::nanoseconds worst_gap{0};

  void Add(const AudioCounts& other);
};

class RtpLeg {
 public:
  using Clock = std::chrono::steady_clock;

  // Binds `port` on `host`; Ok() tells whether that worked.
  RtpLeg(in_addr host, int port);
  ~RtpLeg();
  RtpLeg(const RtpLeg&) = delete;
  RtpLeg& operator=(const RtpLeg&) = delete;

  bool Ok() const { return socket_ >= 0; }
  void SendTo(const sockaddr_in& peer) { peer_ = peer; }
  // The frame of tick `tick`; a digit lasts five frames and begins where `tick` is a multiple of `digit_every`.
  void Send(int64_t tick, int64_t digit_every);
  // Reads all that has come.
  void Receive(Clock::time_point now);
  // What was counted since; counting begins anew.
  AudioCounts Take();

 private:
  int socket_ = -1;
  sockaddr_in peer_{};
  uint16_t sequence_ = 1;
  uint32_t event_start_ = 0;
  Clock::time_point last_{};
  AudioCounts counts_;
};

}  // namespace lintel::bench
