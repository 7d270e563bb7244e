#include "telephony/media/rtp/concealment.h"

#include <algorithm>

namespace lintel::media {
namespace {

constexpr size_t kHold = 80;       // 10 ms at full level,
constexpr size_t kSilentAt = 480;  // then down to nothing at 60 ms.
constexpr size_t kSeam = 32;       // 4 ms of cross-fade when audio comes back.

// The lag at which the end of `history` resembles itself most.
size_t FindPeriod(std::span<const int16_t, kConcealmentHistory> history, size_t shortest, size_t longest) {
  constexpr size_t kWindow = 160;
  const int16_t* const tail = history.data() + kConcealmentHistory - kWindow;
  double best = 0;
  size_t period = longest;
  for (size_t lag = shortest; lag <= longest; ++lag) {
    double product = 0;
    double energy = 1;
    for (size_t i = 0; i < kWindow; ++i) {
      const double shifted = tail[static_cast<ptrdiff_t>(i) - static_cast<ptrdiff_t>(lag)];
      product += tail[i] * shifted;
      energy += shifted * shifted;
    }
    const double likeness = product > 0 ? product * product / energy : 0;
    if (likeness > best) {
      best = likeness;
      period = lag;
    }
  }
  return period;
}

}  // namespace

void Concealment::Fill(std::span<const int16_t, kConcealmentHistory> history, Frame& out) {
  if (filled_ == 0) {
    period_ = FindPeriod(history, kShortestPeriod, kLongestPeriod);
    std::copy_n(history.end() - static_cast<ptrdiff_t>(period_), period_, cycle_);
  }
  for (int16_t& sample : out) sample = Next();
}

int16_t Concealment::Next() {
  const int32_t sample = cycle_[filled_ % period_];
  const size_t age = filled_++;
  if (age < kHold) return static_cast<int16_t>(sample);
  if (age >= kSilentAt) return 0;
  return static_cast<int16_t>(sample * static_cast<int32_t>(kSilentAt - age) / static_cast<int32_t>(kSilentAt - kHold));
}

void Concealment::Resume(Frame& frame) {
  if (filled_ == 0) return;
  for (size_t i = 0; i < kSeam; ++i) {
    const auto weight = static_cast<int32_t>(i);
    frame[i] = static_cast<int16_t>((frame[i] * weight + Next() * (static_cast<int32_t>(kSeam) - weight)) /
                                    static_cast<int32_t>(kSeam));
  }
  filled_ = 0;
}

}  // namespace lintel::media
