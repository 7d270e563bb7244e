#include <gtest/gtest.h>

#include "platform/status/status.h"
#include "services/telephony/domain/byte_range.h"
#include "services/telephony/domain/peaks.h"
#include "services/telephony/domain/sip_account.h"

namespace lintel::telephony {
namespace {

std::string Told(const std::string& header, int64_t total = 100) {
  const auto range = ParseRange(header, total);
  if (!range.ok()) return "416";
  return *range ? std::to_string((*range)->start) + "+" + std::to_string((*range)->length) : "all";
}

TEST(ByteRange, AnswersWhatPlayersAsk) {
  EXPECT_EQ(Told("bytes=0-9"), "0+10");
  EXPECT_EQ(Told("bytes=90-"), "90+10");
  EXPECT_EQ(Told("bytes=-10"), "90+10");
  EXPECT_EQ(Told("bytes=-1000"), "0+100");
  EXPECT_EQ(Told("bytes=50-1000"), "50+50");
}

TEST(ByteRange, RefusesWhatIsNotThereAndIgnoresWhatItDoesNotUnderstand) {
  EXPECT_EQ(Told("bytes=100-"), "416");
  EXPECT_EQ(Told("bytes=-0"), "416");
  EXPECT_EQ(Told("bytes=0-0", 0), "416");
  for (const char* header : {"", "bytes=", "bytes=9-3", "bytes=a-b", "bytes=1-2,4-5", "rows=1-2", "bytes=--1",
                             "bytes=99999999999999999999-"}) {
    EXPECT_EQ(Told(header), "all") << header;
  }
}

std::string Wav(int channels, const std::vector<int16_t>& samples) {
  std::string header("RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0", 22);
  header += std::string({static_cast<char>(channels), 0, 0x40, 0x1f, 0, 0, 0, 0, 0, 0, 4, 0, 16, 0}) +
            std::string("data\0\0\0\0", 8);
  return header + std::string(reinterpret_cast<const char*>(samples.data()), samples.size() * 2);
}

TEST(PeakBuilder, GivesEachChannelItsOwnWaveformHoweverTheBytesArrive) {
  std::vector<int16_t> samples;
  for (int i = 0; i < 80; ++i) {
    samples.push_back(static_cast<int16_t>(i % 2 == 0 ? 0x4000 : -0x4000));  // The caller is loud,
    samples.push_back(0);                                                    // the agent silent
  }
  const std::string bytes = Wav(2, samples);
  for (const size_t piece : {1u, 7u, 4096u}) {
    PeakBuilder peaks;
    for (size_t at = 0; at < bytes.size(); at += piece) peaks.Feed(bytes.substr(at, piece));
    ASSERT_TRUE(peaks.Finish().ok());
    EXPECT_EQ(peaks.channels(), 2);
    EXPECT_EQ(peaks.duration_ms(), 10);
    EXPECT_EQ(peaks.peaks(), std::string("\xc0\x40\0\0", 4));
  }
}

TEST(PeakBuilder, RefusesWhatIsNoRecording) {
  for (const std::string& bytes : {std::string(), std::string("RIFF"), std::string(100, 'x'), Wav(3, {1, 2, 3})}) {
    PeakBuilder peaks;
    peaks.Feed(bytes);
    EXPECT_EQ(ReasonOf(peaks.Finish()), "RECORDING_UNREADABLE");
  }
}

TEST(Ha1, IsTheDigestOfRfc2617sExample) {
  EXPECT_EQ(Ha1("Mufasa", "testrealm@host.com", "Circle Of Life"), "939e7578ed9e3c518a452acee763bce9");
}

}  // namespace
}  // namespace lintel::telephony
