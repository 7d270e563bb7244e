// No wait of a server or a client is for ever: neither for a peer that stalls nor for one that never answers.
#include <gtest/gtest.h>

#include <future>

#include "google/api/httpbody.pb.h"
#include "lintel/event/v1/event.pb.h"
#include "lintel/identity/v1/files.pb.h"
#include "lintel/telephony/v1/events.pb.h"
#include "platform/testing/server.h"

namespace lintel {
namespace {

using event::v1::Signal;
using google::api::HttpBody;
using identity::v1::File;
using identity::v1::GetFileRequest;
using telephony::v1::WatchSignalsRequest;
using namespace std::chrono_literals;

constexpr char kWatch[] = "lintel.telephony.v1.SignalsService/WatchSignals";
constexpr char kUpload[] = "lintel.identity.v1.FilesService/UploadFile";
constexpr char kGet[] = "lintel.identity.v1.FilesService/GetFile";
constexpr auto kPatience = 20s;

// Something that happens once and is waited for from another thread.
class Event {
 public:
  void Happen() {
    if (!happened_.exchange(true)) promise_.set_value();
  }
  bool Await() const { return future_.wait_for(kPatience) == std::future_status::ready; }

 private:
  std::atomic<bool> happened_{false};
  std::promise<void> promise_;
  std::shared_future<void> future_ = promise_.get_future().share();
};

class DeadlineTest : public ::testing::Test {
 protected:
  explicit DeadlineTest(ServerOptions options = {.longest_stream = 10min, .longest_stall = 200ms})
      : host_({}, std::move(options)) {
    host_.server().HandleStream(kWatch, this, &DeadlineTest::Watch);
    host_.server().HandleUpload(kUpload, this, &DeadlineTest::Upload);
    host_.server().Handle(kGet, this, &DeadlineTest::Get);
    host_.Start();
  }
  ~DeadlineTest() override { test_over_.Happen(); }

  // Writes large items for as long as they are taken.
  absl::Status Watch(const Call& call, const WatchSignalsRequest&, rpc::Writer<Signal>& writer) {
    Signal signal;
    signal.set_payload(std::string(1 << 20, 'x'));
    while (writer.Write(signal)) {
    }
    cancelled_ = call.cancelled();
    given_up_.Happen();
    return absl::OkStatus();
  }
  absl::StatusOr<File> Upload(const Call& call, rpc::Reader<HttpBody>& reader) {
    HttpBody chunk;
    while (reader.Read(chunk)) ++chunks_;
    cancelled_ = call.cancelled();
    given_up_.Happen();
    return File();
  }
  absl::StatusOr<File> Get(const Call&, const GetFileRequest&) {
    test_over_.Await();
    return File();
  }
  CallOptions AsService() { return host_.AsService("gateway"); }
  CallOptions AsOperator() { return host_.As(testing::OperatorWith({})); }

  Event given_up_;
  Event test_over_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<int> chunks_ = 0;
  testing::TestServer host_;
};

TEST_F(DeadlineTest, AClientThatTakesNothingMoreIsGivenUp) {
  const absl::Status ended = host_.channel().Stream<Signal>(kWatch, WatchSignalsRequest(), AsService(),
                                                            [&](const Signal&) { return given_up_.Await(); });
  EXPECT_FALSE(ended.ok());
  EXPECT_TRUE(given_up_.Await());
  EXPECT_TRUE(cancelled_);
}

TEST_F(DeadlineTest, AnUploadThatFallsSilentIsGivenUpAndIsNoEndOfFile) {
  bool first = true;
  const auto file = host_.channel().Upload<File, HttpBody>(kUpload, AsOperator(), [&](HttpBody& chunk) {
    chunk.set_data("the beginning");
    return std::exchange(first, false) || !given_up_.Await();
  });
  EXPECT_FALSE(file.ok());
  EXPECT_EQ(chunks_, 1);
  EXPECT_TRUE(cancelled_);
}

TEST_F(DeadlineTest, AnUploadThatIsWholeIsNotCancelled) {
  bool first = true;
  const auto file = host_.channel().Upload<File, HttpBody>(kUpload, AsOperator(),
                                                           [&](HttpBody&) { return std::exchange(first, false); });
  EXPECT_TRUE(file.ok()) << file.status();
  EXPECT_FALSE(cancelled_);
}

TEST_F(DeadlineTest, ACallThatIsNeverAnsweredEndsWithItsDeadline) {
  CallOptions options = AsOperator();
  options.deadline = std::chrono::steady_clock::now() + 100ms;
  EXPECT_EQ(host_.channel().Call<File>(kGet, GetFileRequest(), options).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

class ShortStreamTest : public DeadlineTest {
 protected:
  ShortStreamTest() : DeadlineTest({.longest_stream = 200ms}) {}
};

TEST_F(ShortStreamTest, AStreamEndsInOrderWhenItHasLastedAsLongAsAnyMay) {
  int items = 0;
  const absl::Status ended = host_.channel().Stream<Signal>(kWatch, WatchSignalsRequest(), AsService(),
                                                            [&](const Signal&) { return ++items > 0; });
  EXPECT_TRUE(ended.ok()) << ended;
  EXPECT_GT(items, 0);
}

TEST_F(ShortStreamTest, AnUploadEndsThenToo) {
  const auto file =
      host_.channel().Upload<File, HttpBody>(kUpload, AsOperator(), [&](HttpBody&) { return !given_up_.Await(); });
  EXPECT_FALSE(file.ok());
  EXPECT_TRUE(cancelled_);
}

}  // namespace
}  // namespace lintel
