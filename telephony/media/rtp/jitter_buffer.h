// The receiving side of one audio stream: puts packets back in order, evens out their jitter and fills what is lost.
// Samples stay encoded in a ring indexed by timestamp, so packets of any length (10, 20, 30 ms) fit and the ring is at
// the same time the history that loss concealment draws on. About 2.2 KB per stream, no allocation. Pure.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>

#include "telephony/media/audio/g711.h"
#include "telephony/media/rtp/concealment.h"
#include "telephony/media/rtp/rtp_packet.h"

namespace lintel::media {

struct StreamStatistics {
  uint64_t packets_received = 0;
  uint64_t packets_lost = 0;  // By sequence numbers (RFC 3550 §A.3); late ones count as received.
  uint64_t packets_late = 0;  // Arrived after their moment had been played.
  uint64_t frames_concealed = 0;
  uint32_t jitter_us = 0;  // Interarrival jitter (RFC 3550 §A.8).
};

class JitterBuffer {
 public:
  explicit JitterBuffer(Codec codec) : codec_(codec) {}

  // Takes one packet of the stream's codec. `now_us` is a monotonic clock, for the jitter figure.
  void Push(const RtpPacket& packet, int64_t now_us);

  // Counts a packet of the stream that carries no audio of the codec, e.g. a key (RFC 4733), so that it is not held
  // lost.
  void Count(const RtpPacket& packet);

  // The next 20 ms. Answers false, with silence in `out`, when the stream is not (or no longer) flowing.
  bool Pop(Frame& out);

  // Forgets what is buffered: playing begins with what comes next.
  void Pause() { flowing_ = false; }

  void SetCodec(Codec codec) { codec_ = codec; }
  Codec codec() const { return codec_; }
  const StreamStatistics& statistics() const { return statistics_; }
  // Distance between what was last received and what is played next.
  int buffered_ms() const;

 private:
  static constexpr size_t kRingSamples = 2048;  // 256 ms
  static constexpr size_t kUnitSamples = 8;     // Presence is known per millisecond.
  static constexpr size_t kUnits = kRingSamples / kUnitSamples;
  static constexpr int32_t kSmallestDelay = 160;
  static constexpr int32_t kLargestDelay = 960;
  static constexpr int kFramesBeforePause = 3;  // Frames without news after which the talker has paused.
  static constexpr int kReviewFrames = 100;     // The delay is reconsidered every two seconds.

  void Restart(uint32_t timestamp);
  void Store(uint32_t offset, std::span<const std::byte> payload);
  void CountSequence(uint16_t sequence);
  void CountJitter(uint32_t timestamp, int64_t now_us);
  bool Present(uint32_t offset) const;
  void Forget(uint32_t offset);
  void Fill(Frame& out);
  void ReviewDelay();

  std::array<uint8_t, kRingSamples> ring_{};
  std::bitset<kUnits> present_;
  Codec codec_;
  bool flowing_ = false;  // Packets have come since the last pause.
  bool playing_ = false;  // And enough of them are buffered.
  uint32_t base_ = 0;     // Timestamp of offset 0; offsets count from there, across the wrap.
  uint32_t play_ = 0;     // Offset of the next sample to play.
  uint32_t newest_ = 0;   // Offset behind the newest sample received.
  int32_t delay_ = 320;   // Samples to gather before playing.
  int empty_frames_ = 0;
  int reviewed_frames_ = 0;
  int32_t least_headroom_ = 0;
  Concealment concealment_;
  bool counted_ = false;
  uint16_t highest_sequence_ = 0;
  uint32_t ssrc_ = 0;
  int64_t previous_arrival_us_ = 0;
  uint32_t previous_timestamp_ = 0;
  StreamStatistics statistics_;
};

}  // namespace lintel::media
