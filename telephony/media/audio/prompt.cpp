#include "telephony/media/audio/prompt.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lintel::media {
namespace {

constexpr double kFullScale = 32767;

void AddTone(std::vector<int16_t>& samples, size_t begin, size_t count, double hertz, double level) {
  constexpr size_t kRamp = 80;  // 10 ms at both ends, so that nothing clicks.
  for (size_t i = 0; i < count && begin + i < samples.size(); ++i) {
    const double edge = std::min({1.0, static_cast<double>(i) / kRamp, static_cast<double>(count - i) / kRamp});
    const double wave = std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / kSampleRate);
    samples[begin + i] = static_cast<int16_t>(samples[begin + i] + kFullScale * level * edge * wave);
  }
}

}  // namespace

Prompt::Prompt(std::span<const int16_t> samples) {
  const size_t whole = (samples.size() + kFrameSamples - 1) / kFrameSamples * kFrameSamples;
  const size_t padded = std::max(whole, kFrameSamples);
  alaw_.assign(padded, Silence(Codec::kALaw));
  mulaw_.assign(padded, Silence(Codec::kMuLaw));
  Encode(Codec::kALaw, samples, alaw_);
  Encode(Codec::kMuLaw, samples, mulaw_);
}

std::span<const uint8_t, kFrameSamples> Prompt::frame(Codec codec, size_t index) const {
  const std::vector<uint8_t>& codes = codec == Codec::kALaw ? alaw_ : mulaw_;
  return std::span<const uint8_t, kFrameSamples>(codes.data() + index * kFrameSamples, kFrameSamples);
}

PromptPtr RingbackTone() {
  std::vector<int16_t> samples(5 * kSampleRate);
  AddTone(samples, 0, kSampleRate, 450, 0.2);
  return std::make_shared<const Prompt>(samples);
}

PromptPtr HoldMusic() {
  // Eight slow broken chords, C major and A minor in turn: hertz of the notes, each half a second.
  constexpr std::array<std::array<double, 4>, 4> kChords = {{{261.6, 329.6, 392.0, 523.3},
                                                             {220.0, 261.6, 329.6, 440.0},
                                                             {174.6, 220.0, 261.6, 349.2},
                                                             {196.0, 246.9, 293.7, 392.0}}};
  constexpr size_t kNote = kSampleRate / 2;
  std::vector<int16_t> samples(kChords.size() * 4 * kNote);
  size_t at = 0;
  for (const auto& chord : kChords) {
    for (const double note : chord) {
      AddTone(samples, at, 2 * kNote, note, 0.1);  // Each note rings on into the next one.
      AddTone(samples, at, kNote, note / 2, 0.05);
      at += kNote;
    }
  }
  return std::make_shared<const Prompt>(samples);
}

PromptPtr Tone(double hertz, int milliseconds, double level) {
  std::vector<int16_t> samples(static_cast<size_t>(milliseconds) * kSampleRate / 1000);
  AddTone(samples, 0, samples.size(), hertz, level);
  return std::make_shared<const Prompt>(samples);
}

}  // namespace lintel::media
