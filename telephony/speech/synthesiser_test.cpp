// The helper itself: that sentences become audible audio in both languages, once each.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "platform/status/status.h"
#include "platform/testing/folder.h"
#include "telephony/speech/synthesiser.h"

namespace lintel::speech {
namespace {

double Loudness(const Samples& samples) {
  double sum = 0;
  for (const int16_t sample : samples) sum += double(sample) * sample;
  return std::sqrt(sum / double(samples.size()));
}

std::string Wav(uint16_t codec, uint16_t channels, uint32_t rate, uint16_t bits, const std::string& data) {
  std::string bytes = "RIFF";
  const auto put = [&](uint32_t value, int size) { bytes.append(reinterpret_cast<const char*>(&value), size_t(size)); };
  put(uint32_t(36 + data.size()), 4);
  bytes += "WAVEfmt ";
  for (const auto& [value, size] :
       {std::pair<uint32_t, int>{16, 4}, {codec, 2}, {channels, 2}, {rate, 4}, {rate * 2, 4}, {2, 2}, {bits, 2}})
    put(value, size);
  bytes += "data";
  put(uint32_t(data.size()), 4);
  return bytes + data;
}

TEST(Synthesiser, SpeaksBothLanguagesAudiblyAndWithoutClipping_IVR07) {
  const testing::Folder folder;
  Synthesiser synthesiser(ProgramBeside("lintel-speech"), folder.path());
  for (const auto& [text, language] : {std::pair{"欢迎致电，查询请按一，人工服务请按二。", Language::kChinese},
                                       std::pair{"Welcome. For an agent press two.", Language::kEnglish}}) {
    const auto samples = synthesiser.Speak(text, language);
    ASSERT_TRUE(samples.ok()) << samples.status();
    EXPECT_GT((*samples)->size(), 8000u) << "at least a second";
    EXPECT_LT((*samples)->size(), 80000u);
    EXPECT_GT(Loudness(**samples), 500);
    for (const int16_t sample : **samples) ASSERT_LT(std::abs(int(sample)), 32767);
  }
}

TEST(Synthesiser, ASentenceIsSpokenOnceAndThenReadFromTheCache) {
  const testing::Folder folder;
  const auto first = *Synthesiser(ProgramBeside("lintel-speech"), folder.path()).Speak("你好", Language::kChinese);
  Synthesiser without_helper("/nonexistent", folder.path());
  EXPECT_EQ(**without_helper.Speak("你好", Language::kChinese), *first);
  EXPECT_EQ(without_helper.Speak("再见", Language::kChinese).status().code(), absl::StatusCode::kUnavailable);
}

TEST(Recordings, APromptAnAdministratorPutsThereIsPlayedAndNamesCannotLeaveTheFolder) {
  const testing::Folder folder;
  const Recordings recordings(folder.path());
  EXPECT_FALSE(recordings.Has("welcome", Language::kChinese));
  folder.Write("zh-CN/welcome.wav", Wav(1, 1, 16000, 16, std::string("\x10\0\x20\0\x30\0\x30\0", 8)));
  EXPECT_TRUE(recordings.Has("welcome", Language::kChinese));
  EXPECT_EQ(**recordings.Load("welcome", Language::kChinese), (Samples{0x18, 0x30}));
  EXPECT_FALSE(recordings.Has("../zh-CN/welcome", Language::kChinese));
}

TEST(DecodeWav, ReadsG711AndRefusesWhatItCannotPlay) {
  EXPECT_EQ(*DecodeWav(Wav(7, 1, 8000, 8, "\xff")), Samples{0});
  EXPECT_EQ(*DecodeWav(Wav(6, 1, 8000, 8, "\xd5")), Samples{8});
  for (const std::string& bytes :
       {std::string(), std::string("RIFF"), Wav(1, 2, 8000, 16, "abcd"), Wav(1, 1, 44100, 16, "abcd"),
        Wav(3, 1, 8000, 32, "abcd"), Wav(1, 1, 8000, 16, "abcd").substr(0, 46)}) {
    EXPECT_EQ(ReasonOf(DecodeWav(bytes).status()), "PROMPT_UNREADABLE");
  }
}

}  // namespace
}  // namespace lintel::speech
