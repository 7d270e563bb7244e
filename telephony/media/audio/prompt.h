// Audio ready to be sent: kept encoded in both laws, so that playing it is copying. Immutable and shared between calls.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "telephony/media/audio/g711.h"

namespace lintel::media {

class Prompt {
 public:
  // Padded with silence to whole frames of 20 ms, at least one.
  explicit Prompt(std::span<const int16_t> samples);

  size_t frames() const { return alaw_.size() / kFrameSamples; }
  // Frame `index` < frames() in the codec's law.
  std::span<const uint8_t, kFrameSamples> frame(Codec codec, size_t index) const;

 private:
  std::vector<uint8_t> alaw_;
  std::vector<uint8_t> mulaw_;
};

using PromptPtr = std::shared_ptr<const Prompt>;

// The tone a caller hears while an agent's phone rings: 450 Hz, 1 s on and 4 s off (GF 001-9001), to be looped.
PromptPtr RingbackTone();
// A soft two-chord music of our own for queues without a recorded one, to be looped.
PromptPtr HoldMusic();
// A pure tone, e.g. the beep.
PromptPtr Tone(double hertz, int milliseconds, double level);

}  // namespace lintel::media
