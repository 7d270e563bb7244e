// The waveform of a recording while its bytes pass by: WAV, 16-bit PCM at 8 kHz, one or two channels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace lintel::telephony {

inline constexpr int kPeakIntervalMs = 10;

class PeakBuilder {
 public:
  void Feed(const std::string& bytes);

  // INVALID_ARGUMENT RECORDING_UNREADABLE when what passed was no such file.
  absl::Status Finish();

  int channels() const { return channels_; }
  int64_t duration_ms() const { return frames_ * 1000 / kRate; }
  // int8 pairs (minimum, maximum) per interval, channels interleaved.
  const std::string& peaks() const { return peaks_; }

 private:
  static constexpr int kRate = 8000;
  void Take(int16_t sample);
  void Flush();

  std::string header_;
  std::string odd_;  // A byte that waits for its other half
  bool valid_ = true;
  int channels_ = 0;
  int channel_ = 0;
  int64_t frames_ = 0;
  int in_interval_ = 0;
  std::vector<std::pair<int16_t, int16_t>> extremes_;
  std::string peaks_;
};

}  // namespace lintel::telephony
