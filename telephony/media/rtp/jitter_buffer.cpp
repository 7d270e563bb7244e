#include "telephony/media/rtp/jitter_buffer.h"

#include <algorithm>
#include <cstdlib>

namespace lintel::media {
namespace {

constexpr int32_t kFrame = static_cast<int32_t>(kFrameSamples);

int32_t Distance(uint32_t from, uint32_t to) { return static_cast<int32_t>(to - from); }

}  // namespace

void JitterBuffer::Count(const RtpPacket& packet) {
  if (counted_ && packet.ssrc != ssrc_) {  // A new stream of the same peer: nothing of the old one carries over.
    counted_ = false;
    flowing_ = false;
  }
  ssrc_ = packet.ssrc;
  CountSequence(packet.sequence);
}

void JitterBuffer::Push(const RtpPacket& packet, int64_t now_us) {
  if (packet.payload.empty() || packet.payload.size() > kRingSamples / 2) return;
  Count(packet);
  CountJitter(packet.timestamp, now_us);

  if (!flowing_) Restart(packet.timestamp);
  uint32_t offset = packet.timestamp - base_;
  const int32_t ahead = Distance(play_, offset);
  if (ahead > static_cast<int32_t>(kRingSamples - packet.payload.size() - kConcealmentHistory) ||
      ahead < -static_cast<int32_t>(kRingSamples)) {
    Restart(packet.timestamp);
    offset = packet.timestamp - base_;
  } else if (ahead < 0 && playing_) {
    // Too late to be heard. Waiting one frame longer would have saved it.
    ++statistics_.packets_late;
    delay_ = std::min(delay_ + kFrame / 2, kLargestDelay);
    return;
  } else if (ahead < 0) {
    play_ = offset;  // Reordered at the very start: begin with the earlier one.
  }
  Store(offset, packet.payload);
  const uint32_t end = offset + static_cast<uint32_t>(packet.payload.size());
  if (Distance(newest_, end) > 0) newest_ = end;
}

void JitterBuffer::Restart(uint32_t timestamp) {
  // History before the pause stays in the ring at the offsets before play_, for concealment.
  base_ = timestamp - play_;
  newest_ = play_;
  present_.reset();
  flowing_ = true;
  playing_ = false;
  empty_frames_ = 0;
  reviewed_frames_ = 0;
}

void JitterBuffer::Store(uint32_t offset, std::span<const std::byte> payload) {
  for (size_t i = 0; i < payload.size(); ++i) {
    ring_[(offset + i) % kRingSamples] = std::to_integer<uint8_t>(payload[i]);
  }
  for (size_t i = 0; i + kUnitSamples <= payload.size(); i += kUnitSamples) {
    present_.set((offset + i) / kUnitSamples % kUnits);
  }
}

bool JitterBuffer::Present(uint32_t offset) const {
  for (uint32_t i = 0; i < kFrameSamples; i += kUnitSamples) {  // Not up to offset + 160: that may wrap.
    if (!present_.test((offset + i) / kUnitSamples % kUnits)) return false;
  }
  return true;
}

void JitterBuffer::Forget(uint32_t offset) {
  for (uint32_t i = 0; i < kFrameSamples; i += kUnitSamples) {
    present_.reset((offset + i) / kUnitSamples % kUnits);
  }
}

bool JitterBuffer::Pop(Frame& out) {
  const int32_t buffered = flowing_ ? Distance(play_, newest_) : 0;
  if (flowing_ && !playing_ && buffered >= delay_) {
    playing_ = true;
    least_headroom_ = buffered;
  }
  if (!flowing_ || !playing_) {
    // A talker whose few packets never fill the buffer is heard after as many frames as it would have waited.
    if (flowing_ && ++empty_frames_ > kFramesBeforePause + delay_ / kFrame) playing_ = buffered > 0;
    if (concealment_.active()) {
      Fill(out);
    } else {
      out.fill(0);
    }
    return false;
  }
  if (!Present(play_)) {
    ++statistics_.frames_concealed;
    Fill(out);
    if (buffered >= kFrame) {
      Forget(play_);
      play_ += kFrameSamples;
      empty_frames_ = 0;
    } else if (++empty_frames_ >= kFramesBeforePause) {
      flowing_ = false;
    }
    return true;
  }
  std::array<uint8_t, kFrameSamples> codes;
  for (size_t i = 0; i < kFrameSamples; ++i) codes[i] = ring_[(play_ + i) % kRingSamples];
  Decode(codec_, codes, out);
  concealment_.Resume(out);
  Forget(play_);
  play_ += kFrameSamples;
  empty_frames_ = 0;
  ReviewDelay();
  return true;
}

void JitterBuffer::Fill(Frame& out) {
  std::array<int16_t, kConcealmentHistory> history;
  if (!concealment_.active()) {
    for (size_t i = 0; i < history.size(); ++i) {
      history[i] = Decode(codec_, ring_[(play_ - kConcealmentHistory + i) % kRingSamples]);
    }
  }
  concealment_.Fill(history, out);
}

// Gives back delay that was not needed for two seconds, one frame at a time.
void JitterBuffer::ReviewDelay() {
  least_headroom_ = std::min(least_headroom_, Distance(play_, newest_));
  if (++reviewed_frames_ < kReviewFrames) return;
  if (least_headroom_ > kFrame + kSmallestDelay) {
    Forget(play_);
    play_ += kFrameSamples;
    delay_ = std::max(delay_ - kFrame, kSmallestDelay);
  }
  reviewed_frames_ = 0;
  least_headroom_ = Distance(play_, newest_);
}

void JitterBuffer::CountSequence(uint16_t sequence) {
  ++statistics_.packets_received;
  if (!counted_) {
    counted_ = true;
    highest_sequence_ = sequence;
    previous_arrival_us_ = 0;
    return;
  }
  const auto step = static_cast<int16_t>(sequence - highest_sequence_);
  if (step > 0) {
    statistics_.packets_lost += static_cast<uint64_t>(step - 1);
    highest_sequence_ = sequence;
  } else if (step < 0 && statistics_.packets_lost > 0) {
    --statistics_.packets_lost;  // It was counted lost when a later one overtook it.
  }
}

void JitterBuffer::CountJitter(uint32_t timestamp, int64_t now_us) {
  constexpr int64_t kMicrosecondsPerSample = 1'000'000 / kSampleRate;
  constexpr int64_t kLargestChange = 10'000'000;
  if (previous_arrival_us_ != 0) {
    const int64_t sent_apart = Distance(previous_timestamp_, timestamp) * kMicrosecondsPerSample;
    const int64_t change = std::min(std::abs(now_us - previous_arrival_us_ - sent_apart), kLargestChange);
    const int64_t jitter = statistics_.jitter_us;
    statistics_.jitter_us = static_cast<uint32_t>(jitter + (change - jitter) / 16);
  }
  previous_arrival_us_ = now_us;
  previous_timestamp_ = timestamp;
}

int JitterBuffer::buffered_ms() const { return flowing_ ? Distance(play_, newest_) * 1000 / kSampleRate : 0; }

}  // namespace lintel::media
