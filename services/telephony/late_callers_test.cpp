// Records that were written before customers had said who called: the customer is named in them as soon as it does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "lintel/telephony/v1/events.pb.h"
#include "platform/testing/fake_peer.h"
#include "services/telephony/app/late_callers.h"
#include "services/telephony/telephony_fixture.h"

namespace lintel::telephony {
namespace {

using customers::v1::LookUpCallerRequest;
using customers::v1::LookUpCallerResponse;

constexpr char kNumber[] = "13800138000";

class LateCallersTest : public TelephonyTest {
 protected:
  void SetUp() override {
    TelephonyTest::SetUp();
    customers_.Answer<LookUpCallerResponse, LookUpCallerRequest>(
        "lintel.customers.v1.CustomersService/LookUpCaller",
        [this](const LookUpCallerRequest& request) -> absl::StatusOr<LookUpCallerResponse> {
          if (away_) return absl::UnavailableError("customers is away");
          ++answered_;
          LookUpCallerResponse response;
          response.set_found(request.number() == number_);
          if (response.found()) response.set_customer(customer_);
          return response;
        });
    late_.Register(jobs_);
    GivenASalesLine();
    AttachNode();
  }
  // All that is heard of the call, as after the death of the process which saw it begin.
  void ReportItsEndAlone() {
    v1::CallEvent event = NewEvent();
    event.mutable_ended()->set_hung_up_by("agent");
    event.mutable_ended()->set_recorded(true);
    v1::LiveCall& live = *event.mutable_ended()->mutable_call();
    live.set_call_id(call_);
    live.set_tenant_id(1);
    live.set_called_number("95500001");
    live.set_caller_number(kNumber);
    live.set_queue(queue_);
    live.set_agent(agent_);
    for (auto* time : {live.mutable_start_time(), live.mutable_queued_time(), live.mutable_answer_time()})
      *time = ToProto(WallClock() - std::chrono::minutes(1));
    ASSERT_TRUE(Report(event).ok());
  }
  bool RunOne() {
    const absl::StatusOr<bool> ran = jobs_.RunOne();
    EXPECT_TRUE(ran.ok()) << ran.status();
    return ran.value_or(false);
  }
  std::string CustomerOfTheRecord() { return GetCall(Supervisor())->customer(); }
  std::string TimesTold() {
    return database_.Value("SELECT count(*) FROM outbox WHERE type = 'lintel.telephony.v1.CallRecorded'");
  }

  const std::string customer_ = "customers/" + NewId();
  std::string number_ = kNumber;  // The customer's
  std::atomic<bool> away_ = false;
  std::atomic<int> answered_ = 0;
  std::chrono::minutes ahead_{0};
  testing::FakePeer customers_;
  LateCallers late_{database_.app(), customers_.channel()};
  JobRunner jobs_{database_.app(), database_.job(), [this] { return WallClock() + ahead_; }, metrics_};
};

TEST_F(LateCallersTest, ACallOfWhichOnlyTheEndWasHeardGetsItsCustomerAndIsToldAgain) {
  ReportItsEndAlone();
  EXPECT_EQ(CustomerOfTheRecord(), "");
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(CustomerOfTheRecord(), customer_);
  EXPECT_EQ(TimesTold(), "2");
  v1::CallRecorded told;
  ASSERT_TRUE(told.ParseFromString(absl::HexStringToBytes(
      database_.Value("SELECT encode(payload, 'hex') FROM outbox WHERE aggregate_version = 2 AND tenant_id = 1"))));
  EXPECT_EQ(told.call(), "calls/" + call_);
  EXPECT_EQ(told.customer(), customer_);
  EXPECT_EQ(told.outcome(), "answered");
  EXPECT_TRUE(told.recorded());
  EXPECT_FALSE(RunOne());
}

TEST_F(LateCallersTest, HoweverLongCustomersIsAwayTheQuestionWaits) {
  ReportItsEndAlone();
  away_ = true;
  for (int i = 0; i < 20; ++i, ahead_ += std::chrono::minutes(1)) ASSERT_TRUE(RunOne()) << i;
  EXPECT_EQ(CustomerOfTheRecord(), "");
  away_ = false;
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(CustomerOfTheRecord(), customer_);
  EXPECT_EQ(TimesTold(), "2");
}

TEST_F(LateCallersTest, ACallThatCustomersWasAskedAboutInVainIsAskedAboutAgain) {
  Start();
  EndCall();
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(CustomerOfTheRecord(), customer_);
}

TEST_F(LateCallersTest, ACallerWhoWasKnownInTimeIsNotAskedForAgain) {
  Start();
  LookUpCallerResponse caller;
  caller.set_found(true);
  caller.set_customer(customer_);
  exchange_.Learn(call_, caller);
  EndCall();
  EXPECT_EQ(CustomerOfTheRecord(), customer_);
  EXPECT_FALSE(RunOne());
  EXPECT_EQ(TimesTold(), "1");
}

TEST_F(LateCallersTest, ACallerWhomNobodyKnowsIsAskedForOnce) {
  number_ = "13900139000";
  ReportItsEndAlone();
  EXPECT_TRUE(RunOne());
  EXPECT_FALSE(RunOne());
  EXPECT_EQ(answered_, 1);
  EXPECT_EQ(CustomerOfTheRecord(), "");
  EXPECT_EQ(TimesTold(), "1");
}

TEST_F(LateCallersTest, ANumberErasedMeanwhileIsGivenToNobody) {
  ReportItsEndAlone();
  database_.Value("UPDATE calls SET caller_number = '' RETURNING 1");
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(CustomerOfTheRecord(), "");
}

TEST_F(LateCallersTest, ARecordThatWaitedOnDiskAsksWhenItIsWritten) {
  SetPostgres(false);
  ReportItsEndAlone();
  SetPostgres(true);
  ASSERT_TRUE(records_.CatchUp().ok());
  EXPECT_TRUE(RunOne());
  EXPECT_EQ(CustomerOfTheRecord(), customer_);
}

}  // namespace
}  // namespace lintel::telephony
