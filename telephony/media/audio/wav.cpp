#include "telephony/media/audio/wav.h"

#include <cstring>
#include <span>

#include "telephony/media/audio/g711.h"

namespace lintel::media {
namespace {

constexpr uint32_t kPcm = 1;

void PutLittle(std::span<std::byte> out, size_t at, uint32_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out[at + i] = static_cast<std::byte>(value >> (8 * i));
}

}  // namespace

std::array<std::byte, kWavHeaderSize> RecordingHeader(uint32_t data_bytes) {
  constexpr uint32_t kChannels = 2;
  constexpr uint32_t kBytesPerFrame = 2 * kChannels;
  std::array<std::byte, kWavHeaderSize> header{};
  const std::span<std::byte> out(header);
  std::memcpy(header.data(), "RIFF", 4);
  PutLittle(out, 4, data_bytes + kWavHeaderSize - 8, 4);
  std::memcpy(header.data() + 8, "WAVEfmt ", 8);
  PutLittle(out, 16, 16, 4);
  PutLittle(out, 20, kPcm, 2);
  PutLittle(out, 22, kChannels, 2);
  PutLittle(out, 24, kSampleRate, 4);
  PutLittle(out, 28, kSampleRate * kBytesPerFrame, 4);
  PutLittle(out, 32, kBytesPerFrame, 2);
  PutLittle(out, 34, 16, 2);
  std::memcpy(header.data() + 36, "data", 4);
  PutLittle(out, 40, data_bytes, 4);
  return header;
}

}  // namespace lintel::media
