// G.711, WAV files, prompts and tones.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>

#include "telephony/media/audio/g711.h"
#include "telephony/media/audio/prompt.h"
#include "telephony/media/audio/tone_detector.h"
#include "telephony/media/audio/wav.h"

namespace lintel::media {
namespace {

std::vector<std::byte> Wav(uint16_t encoding, uint16_t channels, uint32_t rate, uint16_t bits,
                           const std::vector<uint8_t>& data) {
  std::vector<std::byte> file;
  const auto text = [&](const char* tag) {
    for (int i = 0; i < 4; ++i) file.push_back(static_cast<std::byte>(tag[i]));
  };
  const auto number = [&](uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) file.push_back(static_cast<std::byte>(value >> (8 * i)));
  };
  text("RIFF");
  number(static_cast<uint32_t>(36 + data.size()), 4);
  text("WAVE");
  text("fmt ");
  number(16, 4);
  number(encoding, 2);
  number(channels, 2);
  number(rate, 4);
  number(rate * channels * bits / 8, 4);
  number(channels * bits / 8u, 2);
  number(bits, 2);
  text("data");
  number(static_cast<uint32_t>(data.size()), 4);
  for (const uint8_t byte : data) file.push_back(std::byte{byte});
  return file;
}

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

TEST(Wav, ReadsPcmAndBothLaws) {
  EXPECT_EQ(*ReadPromptWav(Wav(1, 1, 8000, 16, {0x34, 0x12, 0xff, 0xff})), (std::vector<int16_t>{0x1234, -1}));
  EXPECT_EQ(*ReadPromptWav(Wav(6, 1, 8000, 8, {0xaa})), (std::vector<int16_t>{32256}));
  EXPECT_EQ(*ReadPromptWav(Wav(7, 1, 8000, 8, {0x80})), (std::vector<int16_t>{32124}));
}

TEST(Wav, RefusesWhatCannotBePlayedAndSaysWhy) {
  EXPECT_EQ(ReadPromptWav(Wav(1, 2, 8000, 16, {})).status().message(), "a prompt has one channel");
  EXPECT_EQ(ReadPromptWav(Wav(1, 1, 16000, 16, {})).status().message(), "a prompt is sampled at 8 kHz");
  EXPECT_EQ(ReadPromptWav(Wav(1, 1, 8000, 24, {})).status().message(), "a prompt is 16-bit PCM, A-law or mu-law");
  EXPECT_EQ(ReadPromptWav({}).status().message(), "not a WAV file");
}

TEST(Wav, AcceptsADataChunkCutOffAtAnyByteAndRefusesEveryShorterHeader) {
  const std::vector<std::byte> whole = Wav(1, 1, 8000, 16, {1, 0, 2, 0, 3, 0});
  for (size_t size = 0; size < whole.size(); ++size) {
    const auto read = ReadPromptWav(std::span(whole).first(size));
    EXPECT_EQ(read.ok(), size >= kWavHeaderSize) << size;
  }
}

TEST(Wav, WritesAHeaderThatNamesTwoChannelsAndTheLength) {
  const auto header = RecordingHeader(6400);
  EXPECT_EQ(std::to_integer<int>(header[22]), 2);
  EXPECT_EQ(std::to_integer<int>(header[40]) | std::to_integer<int>(header[41]) << 8, 6400);
  EXPECT_EQ(ReadPromptWav(header).status().message(), "a prompt has one channel");
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
