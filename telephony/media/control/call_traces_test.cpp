#include "telephony/media/control/call_traces.h"

#include <gmock/gmock.h>

namespace lintel::media {
namespace {

using telephony::v1::CallEvent;

class CallTracesTest : public ::testing::Test {
 protected:
  CallEvent Event(const std::string& call) {
    CallEvent event;
    event.set_call_id(call);
    event.mutable_occurred_time()->set_seconds(++seconds_);
    return event;
  }
  void Start(const std::string& call) {
    CallEvent event = Event(call);
    event.mutable_started()->set_tenant_id(7);
    traces_.Take(event);
  }
  void Step(const std::string& call) {
    CallEvent event = Event(call);
    event.mutable_flow_step()->set_node_id("main");
    traces_.Take(event);
  }
  void Ring(const std::string& call, const std::string& leg) {
    CallEvent event = Event(call);
    event.mutable_agent_ringing()->set_leg_id(leg);
    traces_.Take(event);
  }
  google::protobuf::RepeatedPtrField<CallEvent> End(const std::string& call) {
    CallEvent event = Event(call);
    event.mutable_ended();
    traces_.Take(event);
    return event.ended().trace();
  }

  int64_t seconds_ = 0;
  CallTraces traces_;
};

TEST_F(CallTracesTest, TheEndOfACallSaysWhatItReportedInOrderAndNothingOfAnother) {
  Start("a");
  Start("b");
  Step("a");
  Ring("b", "leg of b");
  Ring("a", "leg of a");
  const auto trace = End("a");
  ASSERT_EQ(trace.size(), 3);
  EXPECT_EQ(trace[0].started().tenant_id(), 7);
  EXPECT_EQ(trace[1].flow_step().node_id(), "main");
  EXPECT_EQ(trace[2].agent_ringing().leg_id(), "leg of a");
  EXPECT_EQ(trace[2].occurred_time().seconds(), 5);
  EXPECT_EQ(traces_.calls(), 1u);
  EXPECT_EQ(End("b").size(), 2);
  EXPECT_EQ(traces_.calls(), 0u) << "nothing is kept of a call that is over";
}

TEST_F(CallTracesTest, WhatIsInTheCallAnywayIsNotSaidTwice) {
  Start("a");
  CallEvent queued = Event("a");
  queued.mutable_queue_entered()->set_queue("queues/q");
  traces_.Take(queued);
  EXPECT_EQ(End("a").size(), 1);
}

TEST_F(CallTracesTest, ACallThatNeverStartedLeavesNothingBehind) {
  Ring("a", "leg");
  EXPECT_EQ(traces_.calls(), 0u);
  EXPECT_TRUE(End("a").empty());
}

TEST_F(CallTracesTest, AFlowThatRunsInCirclesLeavesRoomForTheLegs) {
  Start("a");
  for (int i = 0; i < 600; ++i) Step("a");
  for (int i = 0; i < 3000; ++i) Ring("a", "leg");
  const auto trace = End("a");
  EXPECT_EQ(trace.size(), 2000);
  EXPECT_TRUE(trace[499].has_flow_step());
  EXPECT_TRUE(trace[500].has_agent_ringing());
}

}  // namespace
}  // namespace lintel::media
