// The header of a recording's WAV file. Reading prompts is telephony/speech's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace lintel::media {

inline constexpr size_t kWavHeaderSize = 44;

// Two channels, 16-bit PCM, 8 kHz, `data_bytes` of samples behind it.
std::array<std::byte, kWavHeaderSize> RecordingHeader(uint32_t data_bytes);

}  // namespace lintel::media
