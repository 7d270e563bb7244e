// Hides lost audio after G.711 Appendix I's idea: the last pitch period is repeated and fades out. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "telephony/media/audio/g711.h"

namespace lintel::media {

inline constexpr size_t kConcealmentHistory = 320;  // Samples before the gap that are looked at.

class Concealment {
 public:
  // Makes the next 20 ms of a gap. `history` is what was played before the gap began, the newest sample last; it is
  // only read on the first frame of a gap. Silence after 60 ms.
  void Fill(std::span<const int16_t, kConcealmentHistory> history, Frame& out);

  // Softens the seam: fades from the concealed signal into `frame`, the first one that arrived again.
  void Resume(Frame& frame);

  bool active() const { return filled_ > 0; }

 private:
  static constexpr size_t kShortestPeriod = 40;  // 200 Hz
  static constexpr size_t kLongestPeriod = 120;  // 66 Hz
  int16_t Next();

  int16_t cycle_[kLongestPeriod] = {};
  size_t period_ = kLongestPeriod;
  size_t filled_ = 0;  // Samples made since the gap began.
};

}  // namespace lintel::media
