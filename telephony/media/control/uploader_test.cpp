// A recording leaves the spool only when `telephony` has taken it whole.
#include "telephony/media/control/uploader.h"

#include <gtest/gtest.h>

#include <future>

#include "google/api/httpbody.pb.h"
#include "lintel/telephony/v1/call_control.pb.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/folder.h"
#include "platform/testing/server.h"
#include "platform/testing/sha256.h"

namespace lintel::media {
namespace {

namespace v1 = telephony::v1;

constexpr auto kPatience = std::chrono::seconds(20);

class UploaderTest : public ::testing::Test {
 protected:
  UploaderTest() {
    spool_.Write("7_" + call_ + ".wav", recording_);
    const std::string service = "lintel.telephony.v1.CallControlService/";
    host_.server().HandleUpload(service + "UploadRecording", this, &UploaderTest::Take);
    host_.server().HandleStream(service + "Attach", this, &UploaderTest::Attach);
    Refuse<v1::ReportCallEventsRequest, v1::ReportCallEventsResponse>(service + "ReportCallEvents");
    Refuse<v1::RouteCallRequest, v1::RouteCallResponse>(service + "RouteCall");
    Refuse<v1::RunActionRequest, v1::RunActionResponse>(service + "RunAction");
    host_.Start();
    uploader_.emplace(spool_.path(), host_.channel());
  }

  // Refuses as often as `refusals_` says.
  absl::StatusOr<v1::UploadRecordingResponse> Take(const Call& call, rpc::Reader<google::api::HttpBody>& chunks) {
    std::string arrived;
    google::api::HttpBody chunk;
    while (chunks.Read(chunk)) arrived += chunk.data();
    EXPECT_EQ(arrived, recording_);
    EXPECT_EQ(call.tenant(), 7);
    EXPECT_EQ(call.Metadata("x-lintel-call"), call_);
    EXPECT_EQ(call.Metadata("x-lintel-content-length"), std::to_string(recording_.size()));
    EXPECT_EQ(call.Metadata("x-lintel-sha256"), testing::Sha256Hex(recording_));
    EXPECT_EQ(InSpool(), 1u) << "until it was taken";
    if (refusals_-- > 0) return WithReason(absl::StatusCode::kDataLoss, "RECORDING_DAMAGED", "cut short");
    taken_.set_value();
    return v1::UploadRecordingResponse();
  }
  // The rest of the service, which nobody here asks for anything.
  absl::Status Attach(const Call&, const v1::AttachRequest&, rpc::Writer<v1::NodeCommand>&) {
    return absl::UnimplementedError("no node");
  }
  template <class Request, class Reply>
  absl::StatusOr<Reply> Nothing(const Call&, const Request&) {
    return absl::UnimplementedError("no calls");
  }
  template <class Request, class Reply>
  void Refuse(const std::string& method) {
    host_.server().Handle(method, this, &UploaderTest::Nothing<Request, Reply>);
  }
  size_t InSpool() const { return ListSpool(spool_.path()).size(); }

  const testing::Folder spool_;
  const std::string call_ = NewId();
  const std::string recording_ = std::string(200'000, 'a') + "the end";
  std::atomic<int> refusals_ = 0;
  std::promise<void> taken_;
  testing::TestServer host_;
  std::optional<Uploader> uploader_;
};

TEST_F(UploaderTest, ARecordingIsSentWithItsSizeAndDigestAndLeavesTheSpool) {
  uploader_->Start();
  ASSERT_EQ(taken_.get_future().wait_for(kPatience), std::future_status::ready);
  uploader_->Stop();
  EXPECT_EQ(uploader_->uploaded(), 1u);
  EXPECT_EQ(InSpool(), 0u);
}

TEST_F(UploaderTest, ARecordingThatDidNotArriveWholeIsSentAgain) {
  refusals_ = 1;
  uploader_->Start();
  ASSERT_EQ(taken_.get_future().wait_for(kPatience), std::future_status::ready);
  uploader_->Stop();
  EXPECT_EQ(uploader_->uploaded(), 1u);
  EXPECT_EQ(InSpool(), 0u);
}

}  // namespace
}  // namespace lintel::media
