// G.711 A-law and mu-law by table, and the frame of 20 ms every part of the audio path works in. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace lintel::media {

inline constexpr int kSampleRate = 8000;
inline constexpr size_t kFrameSamples = 160;  // 20 ms

using Frame = std::array<int16_t, kFrameSamples>;

enum class Codec : uint8_t { kMuLaw = 0, kALaw = 8 };  // The value is the static payload type (RFC 3551 §6).

int16_t Decode(Codec codec, uint8_t code);
uint8_t Encode(Codec codec, int16_t sample);

// `out` and `in` have the same length.
void Decode(Codec codec, std::span<const uint8_t> in, std::span<int16_t> out);
void Encode(Codec codec, std::span<const int16_t> in, std::span<uint8_t> out);

// The code of silence.
uint8_t Silence(Codec codec);

}  // namespace lintel::media
