// What a call's end says on the wire: enough for an owner that never knew the call alive.
#include "telephony/media/control/convert.h"

#include <gtest/gtest.h>

namespace lintel::media {
namespace {

namespace v1 = telephony::v1;
using namespace std::chrono_literals;

LiveCall Talk() {
  return {.identity = {.call_id = "c",
                       .caller_leg_id = "caller leg",
                       .called_number = "4001",
                       .caller_number = "139",
                       .started = Instant(1s)},
          .tenant = 7,
          .flow = "voiceFlows/f/versions/3",
          .trunk = "trunks/t",
          .state = LiveCall::State::kBridged,
          .queue = "queues/q",
          .agent = "agents/a",
          .agent_leg_id = "agent leg",
          .queued_at = Instant(2s),
          .answered_at = Instant(5s),
          .told_at = MonotonicTime(900s),
          .waited = 3s,
          .talked = 40s};
}

TEST(Convert, TheEndOfACallCarriesTheCall) {
  const v1::CallEnded ended =
      ToProto(Report(CallEnded{.hung_up_by = "agent", .recorded = true, .call = Talk()})).ended();
  EXPECT_TRUE(ended.recorded());
  const v1::LiveCall& call = ended.call();
  EXPECT_EQ(call.call_id(), "c");
  EXPECT_EQ(call.tenant_id(), 7);
  EXPECT_EQ(call.caller_number(), "139");
  EXPECT_EQ(call.called_number(), "4001");
  EXPECT_EQ(call.state(), v1::BRIDGED);
  EXPECT_EQ(call.queue(), "queues/q");
  EXPECT_EQ(call.agent(), "agents/a");
  EXPECT_EQ(call.queue_leg_id(), "agent leg");
  EXPECT_EQ(call.leg_id(), "caller leg");
  EXPECT_EQ(call.flow(), "voiceFlows/f/versions/3");
  EXPECT_EQ(call.trunk(), "trunks/t");
  EXPECT_EQ(call.start_time().seconds(), 1);
  EXPECT_EQ(call.queued_time().seconds(), 2);
  EXPECT_EQ(call.answer_time().seconds(), 5);
  EXPECT_EQ(call.monotonic_us(), 900'000'000);
  EXPECT_EQ(call.wait_us(), 3'000'000);
  EXPECT_EQ(call.talk_us(), 40'000'000);
}

TEST(Convert, ACallThatWasNeverAnsweredHasNoTimeOfIt) {
  const v1::LiveCall call = ToProto(LiveCall{.state = LiveCall::State::kQueued});
  EXPECT_EQ(call.state(), v1::QUEUED);
  EXPECT_FALSE(call.has_answer_time());
}

}  // namespace
}  // namespace lintel::media
