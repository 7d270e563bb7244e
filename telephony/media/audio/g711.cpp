#include "telephony/media/audio/g711.h"

#include <memory>

namespace lintel::media {
namespace {

constexpr int kMuLawBias = 33;  // In 14-bit steps (ITU-T G.711 table 2).
constexpr int kMuLawClip = 8158;

int16_t ExpandALaw(uint8_t code) {
  const int bits = code ^ 0x55;
  const int segment = (bits >> 4) & 7;
  int magnitude = ((bits & 0x0f) << 4) + 8;
  if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
  return static_cast<int16_t>((bits & 0x80) != 0 ? magnitude : -magnitude);
}

int16_t ExpandMuLaw(uint8_t code) {
  const int bits = ~code & 0xff;
  const int segment = (bits >> 4) & 7;
  const int magnitude = (((bits & 0x0f) * 2 + kMuLawBias) << segment) - kMuLawBias;
  return static_cast<int16_t>((bits & 0x80) != 0 ? -magnitude * 4 : magnitude * 4);
}

uint8_t CompressALaw(int16_t sample) {
  const bool negative = sample < 0;
  int magnitude = (negative ? -sample - 1 : sample) >> 4;  // 12 bits
  int segment = 0;
  while (segment < 7 && magnitude >= (segment == 0 ? 16 : 32)) {
    if (segment > 0) magnitude >>= 1;
    ++segment;
  }
  const int bits = segment << 4 | (magnitude & 0x0f);
  return static_cast<uint8_t>((negative ? bits : bits | 0x80) ^ 0x55);
}

uint8_t CompressMuLaw(int16_t sample) {
  const bool negative = sample < 0;
  int magnitude = (negative ? -(sample + 1) : sample) >> 2;  // 14 bits with sign
  if (magnitude > kMuLawClip) magnitude = kMuLawClip;
  magnitude += kMuLawBias;
  int segment = 0;
  while (segment < 7 && magnitude >= 64 << segment) ++segment;
  const int bits = segment << 4 | ((magnitude >> (segment + 1)) & 0x0f);
  return static_cast<uint8_t>(~(negative ? bits | 0x80 : bits));
}

struct Tables {
  std::array<int16_t, 256> expand_mu;
  std::array<int16_t, 256> expand_a;
  std::array<uint8_t, 65536> compress_mu;
  std::array<uint8_t, 65536> compress_a;
};

// Built once, before any audio runs: 129 KB that stay in the second-level cache.
const Tables& TheTables() {
  static const std::unique_ptr<const Tables> tables = [] {
    auto made = std::make_unique<Tables>();
    for (int code = 0; code < 256; ++code) {
      made->expand_mu[code] = ExpandMuLaw(static_cast<uint8_t>(code));
      made->expand_a[code] = ExpandALaw(static_cast<uint8_t>(code));
    }
    for (int sample = -32768; sample <= 32767; ++sample) {
      made->compress_mu[static_cast<uint16_t>(sample)] = CompressMuLaw(static_cast<int16_t>(sample));
      made->compress_a[static_cast<uint16_t>(sample)] = CompressALaw(static_cast<int16_t>(sample));
    }
    return made;
  }();
  return *tables;
}

}  // namespace

int16_t Decode(Codec codec, uint8_t code) {
  return codec == Codec::kALaw ? TheTables().expand_a[code] : TheTables().expand_mu[code];
}

uint8_t Encode(Codec codec, int16_t sample) {
  const auto at = static_cast<uint16_t>(sample);
  return codec == Codec::kALaw ? TheTables().compress_a[at] : TheTables().compress_mu[at];
}

void Decode(Codec codec, std::span<const uint8_t> in, std::span<int16_t> out) {
  const auto& table = codec == Codec::kALaw ? TheTables().expand_a : TheTables().expand_mu;
  for (size_t i = 0; i < in.size(); ++i) out[i] = table[in[i]];
}

void Encode(Codec codec, std::span<const int16_t> in, std::span<uint8_t> out) {
  const auto& table = codec == Codec::kALaw ? TheTables().compress_a : TheTables().compress_mu;
  for (size_t i = 0; i < in.size(); ++i) out[i] = table[static_cast<uint16_t>(in[i])];
}

uint8_t Silence(Codec codec) { return Encode(codec, 0); }

}  // namespace lintel::media
