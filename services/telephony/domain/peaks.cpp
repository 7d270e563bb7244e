#include "services/telephony/domain/peaks.h"

#include <algorithm>
#include <cstring>

#include "platform/status/status.h"

namespace lintel::telephony {
namespace {

constexpr size_t kHeaderBytes = 44;  // As telephony/media writes it
constexpr int kFramesPerInterval = 8 * kPeakIntervalMs;

uint32_t Number(const std::string& bytes, size_t at, size_t size) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, size);
  return value;
}

}  // namespace

void PeakBuilder::Feed(const std::string& bytes) {
  size_t at = 0;
  if (header_.size() < kHeaderBytes) {
    at = std::min(bytes.size(), kHeaderBytes - header_.size());
    header_ += bytes.substr(0, at);
    if (header_.size() < kHeaderBytes) return;
    channels_ = static_cast<int>(Number(header_, 22, 2));
    valid_ = header_.starts_with("RIFF") && header_.compare(8, 8, "WAVEfmt ") == 0 && Number(header_, 20, 2) == 1 &&
             Number(header_, 24, 4) == kRate && Number(header_, 34, 2) == 16 && (channels_ == 1 || channels_ == 2);
    extremes_.assign(static_cast<size_t>(std::clamp(channels_, 1, 2)), {0, 0});
  }
  if (!valid_) return;
  for (; at < bytes.size(); ++at) {
    odd_ += bytes[at];
    if (odd_.size() < 2) continue;
    Take(static_cast<int16_t>(Number(odd_, 0, 2)));
    odd_.clear();
  }
}

void PeakBuilder::Take(int16_t sample) {
  auto& [low, high] = extremes_[static_cast<size_t>(channel_)];
  if (in_interval_ == 0) low = high = sample;
  low = std::min(low, sample);
  high = std::max(high, sample);
  if (++channel_ < channels_) return;
  channel_ = 0;
  ++frames_;
  if (++in_interval_ == kFramesPerInterval) Flush();
}

void PeakBuilder::Flush() {
  for (const auto& [low, high] : extremes_) {
    peaks_ += static_cast<char>(low >> 8);
    peaks_ += static_cast<char>(high >> 8);
  }
  in_interval_ = 0;
}

absl::Status PeakBuilder::Finish() {
  if (!valid_ || header_.size() < kHeaderBytes) {
    return WithReason(absl::StatusCode::kInvalidArgument, "RECORDING_UNREADABLE",
                      "not a WAV file of 16-bit PCM at 8 kHz");
  }
  if (in_interval_ > 0) Flush();
  return absl::OkStatus();
}

}  // namespace lintel::telephony
