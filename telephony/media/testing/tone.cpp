#include "telephony/media/testing/tone.h"

#include <cmath>
#include <numbers>

#include "telephony/media/audio/g711.h"

namespace lintel::media {
namespace {

double Power(std::span<const int16_t> samples) {
  double sum = 0;
  for (const int16_t sample : samples) sum += static_cast<double>(sample) * sample;
  return sum;
}

double Goertzel(std::span<const int16_t> samples, double hertz) {
  const double coefficient = 2 * std::cos(2 * std::numbers::pi * hertz / kSampleRate);
  double previous = 0;
  double before = 0;
  for (const int16_t sample : samples) {
    const double now = sample + coefficient * previous - before;
    before = previous;
    previous = now;
  }
  return previous * previous + before * before - coefficient * previous * before;
}

}  // namespace

double ToneShare(std::span<const int16_t> samples, double hertz) {
  const double power = Power(samples);
  if (power <= 0) return 0;
  // A pure tone of N samples has a Goertzel power of N/2 times its own.
  return Goertzel(samples, hertz) * 2 / (static_cast<double>(samples.size()) * power);
}

double StrongestTone(std::span<const int16_t> samples, double low, double high, double step) {
  double best = -1;
  double strongest = low;
  for (double hertz = low; hertz <= high; hertz += step) {
    const double power = Goertzel(samples, hertz);
    if (power > best) {
      best = power;
      strongest = hertz;
    }
  }
  return strongest;
}

double Level(std::span<const int16_t> samples) {
  return samples.empty() ? 0 : std::sqrt(Power(samples) / static_cast<double>(samples.size()));
}

}  // namespace lintel::media
