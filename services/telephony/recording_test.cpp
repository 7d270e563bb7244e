// Recordings: kept once and whole, or not at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/testing/sha256.h"
#include "services/telephony/telephony_fixture.h"

namespace lintel::telephony {
namespace {

constexpr size_t kChunk = 64 << 10;

// A recording of both sides.
std::string Wav(int seconds) {
  std::string wav("RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x02\0\x40\x1f\0\0\0\x7d\0\0\x04\0\x10\0data\0\0\0\0", 44);
  return wav + std::string(static_cast<size_t>(seconds) * 8000 * 4, '\x11');
}

class RecordingTest : public TelephonyTest {
 protected:
  static std::map<std::string, std::string> Announcing(const std::string& bytes) {
    return {{"x-lintel-content-length", std::to_string(bytes.size())}, {"x-lintel-sha256", testing::Sha256Hex(bytes)}};
  }
  absl::StatusOr<v1::UploadRecordingResponse> Upload(const std::string& bytes,
                                                     std::map<std::string, std::string> metadata) {
    CallOptions who = Media();
    who.metadata = std::move(metadata);
    who.metadata["x-lintel-call"] = call_;
    size_t sent = 0;
    return host_.channel().Upload<v1::UploadRecordingResponse, google::api::HttpBody>(
        "lintel.telephony.v1.CallControlService/UploadRecording", who, [&](google::api::HttpBody& chunk) {
          if (sent >= bytes.size()) return false;
          chunk.set_data(bytes.substr(sent, kChunk));
          sent += chunk.data().size();
          return true;
        });
  }
  absl::StatusOr<v1::UploadRecordingResponse> Upload(const std::string& bytes) {
    return Upload(bytes, Announcing(bytes));
  }
  void ExpectNothingKept() {
    EXPECT_EQ(database_.Value("SELECT count(*) FROM recordings"), "0");
    for (const auto& left : std::filesystem::recursive_directory_iterator(folder_ / "blobs"))
      EXPECT_TRUE(left.is_directory()) << left.path();
  }
};

TEST_F(RecordingTest, ARecordingIsKeptOnceAndPlayedByRange) {
  GivenASalesLine();
  GivenATalk();
  const std::string wav = Wav(2);
  const auto first = Upload(wav);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->sha256_hex(), testing::Sha256Hex(wav));
  EXPECT_EQ(Upload(wav)->sha256_hex(), first->sha256_hex());
  EXPECT_EQ(ReasonOf(Upload("not audio").status()), "RECORDING_UNREADABLE");
  v1::GetRecordingPeaksRequest peaks;
  peaks.set_name("calls/" + call_ + "/recording");
  const auto waveform = Send<v1::RecordingPeaks>("CallsService/GetRecordingPeaks", peaks, Supervisor());
  ASSERT_TRUE(waveform.ok()) << waveform.status();
  EXPECT_EQ(waveform->duration_ms(), 2000);
  EXPECT_EQ(waveform->peaks().size(), 200u * 2 * 2);
  v1::DownloadRecordingRequest download;
  download.set_name(peaks.name());
  CallOptions who = Supervisor();
  who.metadata["x-lintel-range"] = "bytes=0-3";
  std::string heard;
  ASSERT_TRUE(host_.channel()
                  .Stream<google::api::HttpBody>("lintel.telephony.v1.CallsService/DownloadRecording", download, who,
                                                 [&](const google::api::HttpBody& body) {
                                                   heard += body.data();
                                                   return true;
                                                 })
                  .ok());
  EXPECT_EQ(heard, "RIFF");
  EXPECT_TRUE(GetCall(Supervisor())->recorded());
}

TEST_F(RecordingTest, ARecordingCutAfterAWholePieceIsRefusedAndTakenWhenItComesWhole) {
  const std::string wav = Wav(5);
  const absl::Status cut = Upload(wav.substr(0, kChunk), Announcing(wav)).status();
  EXPECT_EQ(cut.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(cut), "RECORDING_DAMAGED");
  EXPECT_EQ(MetadataOf(cut)["announced"], std::to_string(wav.size()));
  EXPECT_EQ(MetadataOf(cut)["arrived"], std::to_string(kChunk));
  ExpectNothingKept();
  const auto whole = Upload(wav);
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(database_.Value("SELECT size_bytes FROM recordings"), std::to_string(wav.size()));
}

TEST_F(RecordingTest, ARecordingOfTheRightLengthWithAnotherDigestIsRefused) {
  const std::string wav = Wav(1);
  std::string other = wav;
  other.back() ^= 1;
  EXPECT_EQ(ReasonOf(Upload(other, Announcing(wav)).status()), "RECORDING_DAMAGED");
  ExpectNothingKept();
}

TEST_F(RecordingTest, ARecordingThatDoesNotSayWhatItShallBeIsRefused) {
  for (const char* missing : {"x-lintel-content-length", "x-lintel-sha256"}) {
    auto metadata = Announcing(Wav(1));
    metadata.erase(missing);
    EXPECT_EQ(Upload(Wav(1), metadata).status().code(), absl::StatusCode::kInvalidArgument) << missing;
  }
  ExpectNothingKept();
}

}  // namespace
}  // namespace lintel::telephony
