// How loud one frequency is in a stretch of audio (Goertzel's recurrence). Pure.
#pragma once

#include <cstdint>
#include <span>

namespace lintel::media {

// The share of the signal's power that lies at `hertz`, 0 to 1; 0 for silence.
double ToneShare(std::span<const int16_t> samples, double hertz);

// The strongest frequency from `low` to `high` in steps of `step`.
double StrongestTone(std::span<const int16_t> samples, double low, double high, double step);

// Root mean square of the samples.
double Level(std::span<const int16_t> samples);

}  // namespace lintel::media
