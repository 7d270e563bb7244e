#include "telephony/media/rtp/dtmf.h"

#include <algorithm>
#include <string_view>

#include "telephony/media/rtp/bytes.h"

namespace lintel::media {
namespace {

constexpr std::string_view kKeys = "0123456789*#ABCD";
constexpr uint16_t kSamplesPerTick = 160;
constexpr uint16_t kLongestSegment = 0xffff;

// Whether timestamp `a` lies before `b`, across the wrap at 2^32.
bool Before(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) < 0; }

}  // namespace

std::optional<TelephoneEvent> ParseTelephoneEvent(std::span<const std::byte> payload) {
  if (payload.size() < kTelephoneEventSize) return std::nullopt;
  const uint8_t flags = ReadU8(payload, 1);
  return TelephoneEvent{.event = ReadU8(payload, 0),
                        .end = (flags & 0x80) != 0,
                        .volume = static_cast<uint8_t>(flags & 0x3f),
                        .duration = ReadU16(payload, 2)};
}

void WriteTelephoneEvent(const TelephoneEvent& event, std::span<std::byte, kTelephoneEventSize> out) {
  WriteU8(out, 0, event.event);
  WriteU8(out, 1, static_cast<uint8_t>((event.end ? 0x80 : 0) | (event.volume & 0x3f)));
  WriteU16(out, 2, event.duration);
}

std::optional<char> KeyOf(uint8_t event) {
  if (event >= kKeys.size()) return std::nullopt;
  return kKeys[event];
}

std::optional<uint8_t> EventOf(char key) {
  const size_t at = kKeys.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<uint8_t>(at);
}

std::optional<char> DtmfReceiver::Receive(uint32_t timestamp, std::span<const std::byte> payload) {
  const std::optional<TelephoneEvent> event = ParseTelephoneEvent(payload);
  if (!event.has_value() || !KeyOf(event->event).has_value()) return std::nullopt;
  const bool same = seen_ && timestamp == timestamp_;
  if (same) {
    if (event->duration > duration_) duration_ = event->duration;
    return std::nullopt;
  }
  if (seen_ && Before(timestamp, timestamp_)) return std::nullopt;
  // The next segment of a long press starts where the previous one was cut, at the longest duration there is.
  const bool continues = seen_ && event->event == event_ && duration_ >= kLongestSegment - kSamplesPerTick &&
                         timestamp - timestamp_ <= kLongestSegment;
  seen_ = true;
  event_ = event->event;
  duration_ = event->duration;
  timestamp_ = timestamp;
  if (continues) return std::nullopt;
  return KeyOf(event->event);
}

void DtmfSender::Press(char key) {
  const std::optional<uint8_t> event = EventOf(key);
  if (event.has_value() && waiting_count_ < waiting_.size()) waiting_[waiting_count_++] = *event;
}

std::optional<DtmfSender::Packet> DtmfSender::Next(uint32_t timestamp) {
  if (left_ == 0 && pause_ > 0) {
    --pause_;
    return std::nullopt;
  }
  const bool first = left_ == 0;
  if (first) {
    if (waiting_count_ == 0) return std::nullopt;
    event_ = TelephoneEvent{.event = waiting_[0]};
    std::copy(waiting_.begin() + 1, waiting_.end(), waiting_.begin());
    --waiting_count_;
    timestamp_ = timestamp;
    left_ = kPressTicks + kEndRepeats;
    pause_ = kPauseTicks;
  }
  event_.end = left_ <= kEndRepeats;
  if (left_ >= kEndRepeats) event_.duration = static_cast<uint16_t>(event_.duration + kSamplesPerTick);
  --left_;
  return Packet{.marker = first, .timestamp = timestamp_, .event = event_};
}

}  // namespace lintel::media
