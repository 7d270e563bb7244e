// WAV files: reading prompts (8 kHz mono, 16-bit PCM or G.711) and the header of two-channel recordings. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::media {

inline constexpr size_t kWavHeaderSize = 44;
inline constexpr size_t kLongestPrompt = 16 << 20;  // Bytes of a prompt file.

// The samples of a prompt. INVALID_ARGUMENT says what is wrong or unsupported; chunks that are not needed are skipped,
// and a data chunk that is longer than the file ends with the file.
absl::StatusOr<std::vector<int16_t>> ReadPromptWav(std::span<const std::byte> file);

// The header of a recording: two channels, 16-bit PCM, 8 kHz, `data_bytes` of samples behind it.
std::array<std::byte, kWavHeaderSize> RecordingHeader(uint32_t data_bytes);

}  // namespace lintel::media
