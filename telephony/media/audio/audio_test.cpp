// G.711, WAV files, prompts and tones.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>

#include "telephony/media/audio/g711.h"
#include "telephony/media/audio/prompt.h"
#include "telephony/media/audio/wav.h"
#include "telephony/media/testing/tone.h"

namespace lintel::media {
namespace {

TEST(G711, KnowsTheValuesOfTheStandard) {
  EXPECT_EQ(Encode(Codec::kALaw, 0), 0xd5);
  EXPECT_EQ(Encode(Codec::kMuLaw, 0), 0xff);
  EXPECT_EQ(Decode(Codec::kALaw, 0xaa), 32256);
  EXPECT_EQ(Decode(Codec::kALaw, 0x2a), -32256);
  EXPECT_EQ(Decode(Codec::kMuLaw, 0x80), 32124);
  EXPECT_EQ(Decode(Codec::kMuLaw, 0x00), -32124);
}

TEST(G711, GivesBackEveryCodeItDecodes) {
  for (int code = 0; code < 256; ++code) {
    EXPECT_EQ(Encode(Codec::kALaw, Decode(Codec::kALaw, static_cast<uint8_t>(code))), code);
    if (code == 0x7f) continue;  // Mu-law's negative zero becomes its positive one.
    EXPECT_EQ(Encode(Codec::kMuLaw, Decode(Codec::kMuLaw, static_cast<uint8_t>(code))), code);
  }
}

TEST(G711, StaysWithinOneStepOfEverySample) {
  for (int sample = -32768; sample <= 32767; ++sample) {
    for (const Codec codec : {Codec::kALaw, Codec::kMuLaw}) {
      const int back = Decode(codec, Encode(codec, static_cast<int16_t>(sample)));
      EXPECT_LE(std::abs(back - sample), std::max(32, std::abs(sample) / 16)) << sample;
    }
  }
}

TEST(Wav, WritesAHeaderThatNamesTwoChannelsAndTheLength) {
  const auto header = RecordingHeader(6400);
  EXPECT_EQ(std::to_integer<int>(header[22]), 2);
  EXPECT_EQ(std::to_integer<int>(header[40]) | std::to_integer<int>(header[41]) << 8, 6400);
}

TEST(Prompt, IsPaddedToWholeFramesInBothLaws) {
  const std::vector<int16_t> samples(161, 1000);
  const Prompt prompt(samples);
  ASSERT_EQ(prompt.frames(), 2u);
  EXPECT_EQ(prompt.frame(Codec::kALaw, 1)[0], Encode(Codec::kALaw, 1000));
  EXPECT_EQ(prompt.frame(Codec::kALaw, 1)[1], Silence(Codec::kALaw));
  EXPECT_EQ(prompt.frame(Codec::kMuLaw, 1)[159], Silence(Codec::kMuLaw));
}

TEST(ToneDetector, FindsAToneAndItsShareOfTheSignal) {
  std::vector<int16_t> samples(8000);
  for (size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<int16_t>(8000 * std::sin(2 * std::numbers::pi * 620 * static_cast<double>(i) / 8000));
  }
  EXPECT_NEAR(StrongestTone(samples, 300, 3400, 5), 620, 5);
  EXPECT_GT(ToneShare(samples, 620), 0.99);
  EXPECT_LT(ToneShare(samples, 440), 0.01);
  EXPECT_EQ(ToneShare(std::vector<int16_t>(800), 440), 0);
}

}  // namespace
}  // namespace lintel::media
