// Order, jitter, loss and pauses of a received stream.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "telephony/media/rtp/jitter_buffer.h"
#include "telephony/media/testing/tone.h"

namespace lintel::media {
namespace {

// A talker who sends a 500 Hz tone in packets of any length, into a buffer of the test.
class Talker {
 public:
  explicit Talker(uint32_t timestamp = 0xffffff00, size_t samples = 160) : start_(timestamp), samples_(samples) {}

  void Send(JitterBuffer& buffer, uint32_t index) const {
    std::vector<std::byte> payload(samples_);
    for (size_t i = 0; i < samples_; ++i) {
      const double at = static_cast<double>(index * samples_ + i);
      const double wave = 8000 * std::sin(2 * std::numbers::pi * 500 * at / 8000);
      payload[i] = std::byte{Encode(Codec::kALaw, static_cast<int16_t>(wave))};
    }
    buffer.Push({.payload_type = 8,
                 .sequence = static_cast<uint16_t>(65530 + index),
                 .timestamp = start_ + index * static_cast<uint32_t>(samples_),
                 .ssrc = 1,
                 .payload = payload},
                static_cast<int64_t>(index * samples_ * 125));
  }

 private:
  uint32_t start_;
  size_t samples_;
};

std::vector<int16_t> Listen(JitterBuffer& buffer, int frames) {
  std::vector<int16_t> heard;
  Frame frame;
  for (int i = 0; i < frames; ++i) {
    buffer.Pop(frame);
    heard.insert(heard.end(), frame.begin(), frame.end());
  }
  return heard;
}

TEST(JitterBuffer, IsSilentUntilEnoughIsBuffered) {
  JitterBuffer buffer(Codec::kALaw);
  Frame frame;
  EXPECT_FALSE(buffer.Pop(frame));
  Talker().Send(buffer, 0);
  EXPECT_FALSE(buffer.Pop(frame));
  EXPECT_EQ(Level(frame), 0);
  Talker().Send(buffer, 1);
  EXPECT_TRUE(buffer.Pop(frame));
}

TEST(JitterBuffer, PlaysAToneWholeAcrossTheWrapOfSequenceAndTimestamp) {
  for (const size_t samples : {80u, 160u, 240u}) {
    const Talker talker(0xffffff00, samples);
    JitterBuffer buffer(Codec::kALaw);
    uint32_t sent = 0;
    for (; sent * samples < 480; ++sent) talker.Send(buffer, sent);
    std::vector<int16_t> heard;
    for (size_t played = 0; played < 8000; played += 160) {
      while (sent * samples < played + 640) talker.Send(buffer, sent++);
      for (const int16_t sample : Listen(buffer, 1)) heard.push_back(sample);
    }
    EXPECT_GT(ToneShare(heard, 500), 0.99) << samples;
    EXPECT_EQ(buffer.statistics().packets_lost, 0u);
    EXPECT_EQ(buffer.statistics().frames_concealed, 0u);
  }
}

TEST(JitterBuffer, PutsReorderedPacketsBackInOrder) {
  const Talker talker;
  JitterBuffer buffer(Codec::kALaw);
  std::vector<int16_t> heard;
  talker.Send(buffer, 0);
  talker.Send(buffer, 1);
  for (uint32_t i = 2; i < 100; i += 2) {
    talker.Send(buffer, i + 1);
    talker.Send(buffer, i);
    for (const int16_t sample : Listen(buffer, 2)) heard.push_back(sample);
  }
  EXPECT_GT(ToneShare(heard, 500), 0.99);
  EXPECT_EQ(buffer.statistics().packets_lost, 0u);
}

TEST(JitterBuffer, ConcealsALostPacketWithTheToneAroundIt) {
  const Talker talker;
  JitterBuffer buffer(Codec::kALaw);
  std::vector<int16_t> heard;
  for (uint32_t i = 0; i < 100; ++i) {
    if (i % 10 != 7) talker.Send(buffer, i);
    for (const int16_t sample : Listen(buffer, 1)) heard.push_back(sample);
  }
  EXPECT_EQ(buffer.statistics().packets_lost, 10u);
  EXPECT_GE(buffer.statistics().frames_concealed, 9u);
  EXPECT_GT(ToneShare(std::span(heard).subspan(320), 500), 0.95);
}

TEST(JitterBuffer, FadesToSilenceWhenTheTalkerStopsAndStartsAgainAfterwards) {
  const Talker talker;
  JitterBuffer buffer(Codec::kALaw);
  for (uint32_t i = 0; i < 10; ++i) talker.Send(buffer, i);
  Listen(buffer, 14);
  Frame frame;
  EXPECT_FALSE(buffer.Pop(frame));
  EXPECT_LT(Level(frame), 100);
  for (uint32_t i = 500; i < 520; ++i) talker.Send(buffer, i);
  EXPECT_GT(ToneShare(std::span<const int16_t>(Listen(buffer, 10)).subspan(320), 500), 0.99);
}

TEST(JitterBuffer, HearsAPacketThatCameTooLateNoMoreAndWaitsLonger) {
  const Talker talker;
  JitterBuffer buffer(Codec::kALaw);
  for (uint32_t i = 0; i < 10; ++i) {
    if (i != 4) talker.Send(buffer, i);
  }
  Listen(buffer, 6);
  talker.Send(buffer, 4);
  EXPECT_EQ(buffer.statistics().packets_late, 1u);
}

TEST(JitterBuffer, DoesNotHoldKeysAmongTheAudioForLostPackets) {
  const Talker talker;
  JitterBuffer buffer(Codec::kALaw);
  talker.Send(buffer, 0);
  for (uint16_t sequence = 65531; sequence != 4; ++sequence)
    buffer.Count({.payload_type = 101, .sequence = sequence, .ssrc = 1});
  talker.Send(buffer, 10);
  EXPECT_EQ(buffer.statistics().packets_lost, 0u);
  EXPECT_EQ(buffer.statistics().packets_received, 11u);
}

TEST(JitterBuffer, GivesBackDelayItDoesNotNeed) {
  const Talker talker;
  JitterBuffer buffer(Codec::kALaw);
  uint32_t sent = 0;
  for (; sent < 9; ++sent) talker.Send(buffer, sent);  // A burst: 180 ms at once
  for (int i = 0; i < 800; ++i) {
    Listen(buffer, 1);
    talker.Send(buffer, sent++);
  }
  EXPECT_LE(buffer.buffered_ms(), 60);
}

TEST(JitterBuffer, SurvivesRandomPacketsWithinItsBounds) {
  std::mt19937 random(7);
  JitterBuffer buffer(Codec::kMuLaw);
  std::vector<std::byte> payload(2000);
  Frame frame;
  for (int i = 0; i < 20000; ++i) {
    const size_t size = random() % payload.size();
    buffer.Push({.sequence = static_cast<uint16_t>(random()),
                 .timestamp = random() % 3 == 0 ? static_cast<uint32_t>(random()) : static_cast<uint32_t>(i * 160),
                 .ssrc = static_cast<uint32_t>(random() % 50 == 0),
                 .payload = std::span(payload).first(size)},
                static_cast<int64_t>(i) * 20000);
    buffer.Pop(frame);
    ASSERT_GE(buffer.buffered_ms(), 0);
    ASSERT_LE(buffer.buffered_ms(), 256);
  }
}

TEST(JitterBuffer, PlaysOnWhenTheFirstPacketsComeInReverseOrderAcrossTheWrap) {  // Found by rtp_fuzz.
  JitterBuffer buffer(Codec::kALaw);
  const std::vector<std::byte> payload(13);
  for (uint32_t i = 30; i > 0; --i) {
    buffer.Push({.sequence = static_cast<uint16_t>(i), .timestamp = i * 13, .payload = payload}, 1);
  }
  Listen(buffer, 20);
  EXPECT_EQ(buffer.buffered_ms(), 0);
}

TEST(JitterBuffer, MeasuresNoJitterInAnEvenStream) {
  const Talker talker;
  JitterBuffer buffer(Codec::kALaw);
  for (uint32_t i = 1; i < 50; ++i) talker.Send(buffer, i);
  EXPECT_EQ(buffer.statistics().jitter_us, 0u);
}

TEST(JitterBuffer, CostsLittleMemoryPerCall) { EXPECT_LE(sizeof(JitterBuffer), 2700u); }

}  // namespace
}  // namespace lintel::media
