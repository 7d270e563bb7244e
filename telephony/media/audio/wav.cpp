#include "telephony/media/audio/wav.h"

#include <algorithm>
#include <cstring>

#include "telephony/media/audio/g711.h"
#include "telephony/media/rtp/bytes.h"

namespace lintel::media {
namespace {

constexpr uint16_t kPcm = 1;
constexpr uint16_t kALawFormat = 6;
constexpr uint16_t kMuLawFormat = 7;

uint16_t Little16(std::span<const std::byte> data, size_t at) {
  return static_cast<uint16_t>(ReadU8(data, at) | ReadU8(data, at + 1) << 8);
}

uint32_t Little32(std::span<const std::byte> data, size_t at) {
  return Little16(data, at) | static_cast<uint32_t>(Little16(data, at + 2)) << 16;
}

bool Tagged(std::span<const std::byte> data, size_t at, const char* tag) {
  return at + 4 <= data.size() && std::memcmp(data.data() + at, tag, 4) == 0;
}

struct Format {
  uint16_t encoding = 0;
  uint16_t channels = 0;
  uint32_t rate = 0;
  uint16_t bits = 0;
};

absl::Status CheckFormat(const Format& format) {
  if (format.channels != 1) return absl::InvalidArgumentError("a prompt has one channel");
  if (format.rate != kSampleRate) return absl::InvalidArgumentError("a prompt is sampled at 8 kHz");
  const bool pcm = format.encoding == kPcm && format.bits == 16;
  const bool g711 = (format.encoding == kALawFormat || format.encoding == kMuLawFormat) && format.bits == 8;
  if (!pcm && !g711) return absl::InvalidArgumentError("a prompt is 16-bit PCM, A-law or mu-law");
  return absl::OkStatus();
}

std::vector<int16_t> Samples(const Format& format, std::span<const std::byte> data) {
  std::vector<int16_t> samples;
  if (format.encoding == kPcm) {
    samples.reserve(data.size() / 2);
    for (size_t at = 0; at + 2 <= data.size(); at += 2) samples.push_back(static_cast<int16_t>(Little16(data, at)));
    return samples;
  }
  const Codec codec = format.encoding == kALawFormat ? Codec::kALaw : Codec::kMuLaw;
  samples.reserve(data.size());
  for (const std::byte code : data) samples.push_back(Decode(codec, std::to_integer<uint8_t>(code)));
  return samples;
}

void PutLittle(std::span<std::byte> out, size_t at, uint32_t value, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) out[at + i] = static_cast<std::byte>(value >> (8 * i));
}

}  // namespace

absl::StatusOr<std::vector<int16_t>> ReadPromptWav(std::span<const std::byte> file) {
  if (file.size() > kLongestPrompt) return absl::InvalidArgumentError("a prompt file has at most 16 MiB");
  if (!Tagged(file, 0, "RIFF") || !Tagged(file, 8, "WAVE")) return absl::InvalidArgumentError("not a WAV file");
  Format format;
  bool described = false;
  size_t at = 12;
  while (at + 8 <= file.size()) {
    const size_t size = Little32(file, at + 4);
    const size_t body = at + 8;
    const size_t present = std::min(size, file.size() - body);
    if (Tagged(file, at, "fmt ")) {
      if (present < 16) return absl::InvalidArgumentError("the format chunk is cut off");
      format = Format{.encoding = Little16(file, body), .channels = Little16(file, body + 2),
                      .rate = Little32(file, body + 4), .bits = Little16(file, body + 14)};
      const absl::Status checked = CheckFormat(format);
      if (!checked.ok()) return checked;
      described = true;
    } else if (Tagged(file, at, "data")) {
      if (!described) return absl::InvalidArgumentError("the data come before their format");
      return Samples(format, file.subspan(body, present));
    }
    at = body + present + (present & 1);  // Chunks are padded to an even length.
  }
  return absl::InvalidArgumentError("no data chunk");
}

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
