// WAV of recorded prompts: RIFF chunks, three formats, nothing trusted.
#include <cstring>

#include "platform/status/status.h"
#include "telephony/speech/synthesiser.h"

namespace lintel::speech {
namespace {

constexpr size_t kChunkHeader = 8;
constexpr size_t kFormatBytes = 16;
constexpr uint16_t kPcm = 1;
constexpr uint16_t kALaw = 6;
constexpr uint16_t kMuLaw = 7;
constexpr uint32_t kRate = 8000;
constexpr size_t kMostSamples = 8000 * 600;  // Ten minutes

struct Format {
  uint16_t codec = 0;
  uint16_t channels = 0;
  uint32_t rate = 0;
  uint16_t bits = 0;
};

template <class T>
T Read(const std::string& bytes, size_t at) {
  T value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);  // WAV is little-endian, and so are we
  return value;
}

// ITU-T G.711.
int16_t FromALaw(uint8_t code) {
  code ^= 0x55;
  const int exponent = (code >> 4) & 7;
  const int mantissa = (code & 0x0f) << 4;
  const int size = exponent == 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return static_cast<int16_t>((code & 0x80) != 0 ? size : -size);
}
int16_t FromMuLaw(uint8_t code) {
  code = static_cast<uint8_t>(~code);
  const int size = ((((code & 0x0f) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return static_cast<int16_t>((code & 0x80) != 0 ? -size : size);
}

absl::Status Unsupported(const char* why) {
  return WithReason(absl::StatusCode::kInvalidArgument, "PROMPT_UNREADABLE", why);
}

absl::StatusOr<Samples> Decode(const Format& format, const std::string& data) {
  Samples samples;
  if (format.channels != 1) return Unsupported("a prompt has one channel");
  if (format.codec == kALaw || format.codec == kMuLaw) {
    if (format.rate != kRate) return Unsupported("G.711 prompts are at 8 kHz");
    samples.reserve(data.size());
    for (const char c : data) {
      const auto code = static_cast<uint8_t>(c);
      samples.push_back(format.codec == kALaw ? FromALaw(code) : FromMuLaw(code));
    }
    return samples;
  }
  if (format.codec != kPcm || format.bits != 16) return Unsupported("a prompt is 16-bit PCM or G.711");
  if (format.rate != kRate && format.rate != 2 * kRate) return Unsupported("a prompt is at 8 or 16 kHz");
  const size_t step = format.rate / kRate;
  for (size_t i = 0; (i + step) * sizeof(int16_t) <= data.size(); i += step) {
    int sum = 0;
    for (size_t j = 0; j < step; ++j) sum += Read<int16_t>(data, (i + j) * sizeof(int16_t));
    samples.push_back(static_cast<int16_t>(sum / static_cast<int>(step)));
  }
  return samples;
}

}  // namespace

absl::StatusOr<Samples> DecodeWav(const std::string& bytes) {
  if (bytes.size() < 12 || bytes.compare(0, 4, "RIFF") != 0 || bytes.compare(8, 4, "WAVE") != 0)
    return Unsupported("not a WAV file");
  Format format;
  for (size_t at = 12; at + kChunkHeader <= bytes.size();) {
    const size_t size = Read<uint32_t>(bytes, at + 4);
    const size_t body = at + kChunkHeader;
    if (size > bytes.size() - body) return Unsupported("the file is cut off");
    if (bytes.compare(at, 4, "fmt ") == 0 && size >= kFormatBytes) {
      format = {Read<uint16_t>(bytes, body), Read<uint16_t>(bytes, body + 2), Read<uint32_t>(bytes, body + 4),
                Read<uint16_t>(bytes, body + 14)};
    } else if (bytes.compare(at, 4, "data") == 0) {
      if (size > kMostSamples * 4) return Unsupported("longer than ten minutes");
      return Decode(format, bytes.substr(body, size));
    }
    at = body + size + size % 2;
  }
  return Unsupported("there is no audio in it");
}

}  // namespace lintel::speech
