// The spool of recordings: whole files, gaps, and what a dead node left behind.
#include <gtest/gtest.h>

#include <fstream>

#include "platform/testing/folder.h"
#include "telephony/media/audio/wav.h"
#include "telephony/media/recording/recorder.h"

namespace lintel::media {
namespace {

namespace fs = std::filesystem;

class RecorderTest : public ::testing::Test {
 protected:
  RecorderTest() { RepairSpool(spool_); }

  void Frames(uint64_t recording, uint32_t from, uint32_t to) {
    for (uint32_t index = from; index < to; ++index) {
      rings_.recorded.TryFill([&](RecordedFrame& frame) {
        frame.recording = recording;
        frame.index = index;
        frame.caller.fill(100);
        frame.agent.fill(-200);
      });
    }
  }

  static std::vector<int16_t> Samples(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    file.seekg(kWavHeaderSize);
    std::vector<int16_t> samples;
    int16_t sample = 0;
    while (file.read(reinterpret_cast<char*>(&sample), sizeof(sample))) samples.push_back(sample);
    return samples;
  }

  const testing::Folder home_;
  const fs::path spool_ = home_ / "spool";
  WorkerRings rings_{4};
  int finished_ = 0;
  Recorder recorder_{spool_, rings_, [this] { ++finished_; }};
};

TEST_F(RecorderTest, WritesTheCallerLeftAndTheAgentRight) {  // SUP-01
  const uint64_t id = recorder_.Open(3, "call-a");
  Frames(id, 0, 5);
  recorder_.Close(id);
  recorder_.Round();
  const auto spooled = ListSpool(spool_);
  ASSERT_EQ(spooled.size(), 1u);
  EXPECT_EQ(spooled[0].tenant, 3);
  EXPECT_EQ(spooled[0].call_id, "call-a");
  const auto samples = Samples(spooled[0].path);
  ASSERT_EQ(samples.size(), 5 * 320u);
  EXPECT_EQ(samples[0], 100);
  EXPECT_EQ(samples[1], -200);
  EXPECT_EQ(finished_, 1);
}

TEST_F(RecorderTest, FillsFramesTheWorkerCouldNotHandOverWithSilence) {
  const uint64_t id = recorder_.Open(3, "call-b");
  Frames(id, 0, 2);
  Frames(id, 4, 5);
  recorder_.Close(id);
  recorder_.Round();
  const auto samples = Samples(ListSpool(spool_)[0].path);
  ASSERT_EQ(samples.size(), 5 * 320u);
  EXPECT_EQ(samples[2 * 320], 0);
  EXPECT_EQ(samples[4 * 320], 100);
}

TEST_F(RecorderTest, RepairsWhatADeadNodeLeftAndDropsWhatHoldsNoAudio) {
  const uint64_t id = recorder_.Open(3, "call-c");
  Frames(id, 0, 3);
  recorder_.Round();
  recorder_.Open(3, "call-d");
  std::ofstream(spool_ / "3_call-e.part") << "cut";
  // The file is still open and unflushed: copy what a crash would leave once the system wrote it out.
  std::ofstream(spool_ / "3_call-f.part", std::ios::binary) << std::string(kWavHeaderSize + 640 * 2 + 17, 'x');
  RepairSpool(spool_);
  bool repaired = false;
  for (const Spooled& spooled : ListSpool(spool_)) repaired |= spooled.call_id == "call-f";
  EXPECT_TRUE(repaired);
  EXPECT_FALSE(fs::exists(spool_ / "3_call-e.part"));
}

TEST_F(RecorderTest, KeepsACallAliveWhenTheSpoolCannotBeWritten) {
  fs::remove_all(spool_);
  const uint64_t id = recorder_.Open(3, "call-g");
  Frames(id, 0, 3);
  recorder_.Close(id);
  recorder_.Round();
  EXPECT_EQ(recorder_.failures(), 1u);
}

TEST_F(RecorderTest, LeavesFilesOfOthersAlone) {
  std::ofstream(spool_ / "notes.wav") << "x";
  std::ofstream(spool_ / "x_call.wav") << "x";
  EXPECT_TRUE(ListSpool(spool_).empty());
}

}  // namespace
}  // namespace lintel::media
