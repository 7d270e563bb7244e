// A telephony that takes over: from nodes it learns of calls that began before it, and nobody is offered a second call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lintel/telephony/v1/events.pb.h"
#include "services/telephony/telephony_fixture.h"

namespace lintel::telephony {
namespace {

class SuccessionTest : public TelephonyTest {
 protected:
  v1::LiveCall Talk(v1::CallState state) {
    v1::LiveCall live;
    live.set_call_id(call_);
    live.set_tenant_id(1);
    live.set_called_number("95500001");
    live.set_caller_number("13800138000");
    live.set_state(state);
    live.set_queue(queue_);
    live.set_agent(agent_);
    live.set_queue_leg_id("agent leg");
    live.set_leg_id("caller leg");
    for (auto* time : {live.mutable_start_time(), live.mutable_queued_time(), live.mutable_answer_time()})
      *time = ToProto(WallClock() - std::chrono::minutes(1));
    return live;
  }
  v1::CallEvent EndOfTalk() {
    v1::CallEvent event = NewEvent();
    event.mutable_ended()->set_hung_up_by("agent");
    *event.mutable_ended()->mutable_call() = Talk(v1::IN_FLOW);
    return event;
  }
  v1::AgentState StateNow() {
    v1::GetAgentRequest request;
    request.set_name(agent_);
    return Send<v1::Agent>("AgentsService/GetAgent", request, Supervisor())->state();
  }
  // Until an agent's screen is told of this state.
  bool AwaitSignal(v1::AgentState state) {
    while (const auto signal = heard_->Next(kPatience)) {
      v1::AgentStateSignal told;
      if (signal->type() == "lintel.telephony.v1.AgentStateSignal" && told.ParseFromString(signal->payload()) &&
          told.state() == state)
        return true;
    }
    return false;
  }
  void ForgetSignals() {
    while (heard_->Next(std::chrono::seconds(0))) {
    }
  }
  std::string Count(const char* table) { return database_.Value(std::string("SELECT count(*) FROM ") + table); }
};

TEST_F(SuccessionTest, ACallThatEndedBeforeItsNodeAttachedHasOneRecordHoweverOftenItsEndIsTold) {
  GivenASalesLine();
  AttachNode();
  ASSERT_TRUE(Report(EndOfTalk()).ok());
  const auto call = GetCall(Supervisor());
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->agent(), agent_);
  EXPECT_EQ(call->operator_(), operator_.operator_name);
  EXPECT_EQ(call->queue(), queue_);
  EXPECT_TRUE(call->has_answer_time());
  EXPECT_EQ(call->legs_size(), 2);
  // The last telephony died between record and reply: the next one is told of the end too.
  ASSERT_TRUE(Report(EndOfTalk()).ok());
  EXPECT_EQ(Count("calls"), "1");
  EXPECT_EQ(Count("call_legs"), "2");
  EXPECT_EQ(Count("outbox WHERE type = 'lintel.telephony.v1.CallRecorded'"), "1");
}

TEST_F(SuccessionTest, ARecordThatFoundNoPlaceIsKeptWhenItsEndIsToldAgain) {
  GivenASalesLine();
  AttachNode();
  Start();
  SetPostgres(false);
  ASSERT_TRUE(spool_.Append(std::string((1 << 20) - 16, '\0')).ok()) << "a full disk";
  const v1::CallEvent end = EndOfTalk();
  EXPECT_EQ(ReasonOf(Report(end)), "SPOOL_FULL");
  SetPostgres(true);
  ASSERT_TRUE(records_.CatchUp().ok());
  ASSERT_TRUE(Report(end).ok());
  EXPECT_TRUE(GetCall(Supervisor()).ok());
}

TEST_F(SuccessionTest, ANodeReportsOnlyOnceItHasToldWhatItCarries) {
  GivenASalesLine();
  const v1::CallEvent end = EndOfTalk();
  EXPECT_EQ(ReasonOf(Report(end)), "NODE_DETACHED");
  EXPECT_EQ(Count("calls"), "0");
  AttachNode();
  ASSERT_TRUE(Report(end).ok());
  EXPECT_EQ(Count("calls"), "1");
}

TEST_F(SuccessionTest, AnAgentWhoTalkedUnderTheLastOwnerTalksAndIsOfferedNobodyUntilItIsOver_AGT03) {
  GivenASalesLine();
  SignOn();
  ASSERT_TRUE(SetState(v1::READY).ok());
  v1::AttachRequest attach;
  *attach.add_calls() = Talk(v1::BRIDGED);
  AttachNode(attach);
  EXPECT_EQ(StateNow(), v1::TALKING);
  EXPECT_EQ(ReasonOf(SetState(v1::READY).status()), "AGENT_TALKING");
  v1::CallEvent queued = NewEvent();
  queued.set_call_id(NewId());
  queued.mutable_queue_entered()->set_queue(queue_);
  v1::CallEvent started = queued;
  started.set_sequence(++sequence_);
  started.mutable_started()->set_tenant_id(1);
  queued.set_sequence(++sequence_);
  ASSERT_TRUE(Report(started).ok());
  ASSERT_TRUE(Report(queued).ok());
  EXPECT_EQ(exchange_.QueueState(queue_).waiting, 1u);
  EXPECT_EQ(StateNow(), v1::TALKING);
  EndCall();
  const auto offered = Await([](const v1::NodeCommand& command) { return command.has_connect_agent(); });
  EXPECT_EQ(offered.call_id(), queued.call_id());
  EXPECT_EQ(GetCall(Supervisor())->agent(), agent_);
}

TEST_F(SuccessionTest, WhoWasReadyIsReadyAgainOnceNodesHadTimeToTellWhoTalks_AGT03) {
  GivenASalesLine();
  SignOn();
  ASSERT_TRUE(SetState(v1::READY).ok());
  exchange_.Stop();  // What it had to write is written
  ASSERT_TRUE(catalogue_.Read().ok());
  ForgetSignals();
  const Exchange::Parts parts{catalogue_, lease_, nodes_, book_, signals_, records_, metrics_, WallClock, WallClock};
  Exchange idle(parts), busy(parts);
  for (Exchange* successor : {&idle, &busy}) successor->Start();
  idle.Sync(*catalogue_.Now());
  EXPECT_EQ(idle.AgentNow(agent_).state, AgentState::kNotReady);
  busy.Restore("media-1", Talk(v1::BRIDGED));
  EXPECT_EQ(busy.AgentNow(agent_).state, AgentState::kTalking) << "the talk comes before the first look at the agents";
  EXPECT_TRUE(AwaitSignal(v1::READY));
  EXPECT_EQ(idle.AgentNow(agent_).state, AgentState::kReady);
  EXPECT_EQ(busy.AgentNow(agent_).state, AgentState::kTalking);
}

TEST_F(SuccessionTest, AGatewayThatListensAnewHearsFirstWhatIsTrueNow_AGT03) {
  GivenASalesLine();
  SignOn();
  ASSERT_TRUE(SetState(v1::READY).ok());
  const auto heard = exchange_.Watch();
  v1::AgentStateSignal agent;
  ASSERT_TRUE(agent.ParseFromString(heard->Next(kPatience)->payload()));
  EXPECT_EQ(agent.agent(), agent_);
  EXPECT_EQ(agent.state(), v1::READY);
  EXPECT_EQ(agent.operator_(), "operators/" + catalogue_.Now()->agents.at(agent_).operator_id);
  v1::QueueSignal queue;
  ASSERT_TRUE(queue.ParseFromString(heard->Next(kPatience)->payload()));
  EXPECT_EQ(queue.queue(), queue_);
  EXPECT_EQ(queue.ready_agents(), 1);
}

TEST_F(SuccessionTest, ACallerWhoLeftTheQueueWhileNobodyListenedIsOfferedToNobody) {
  GivenASalesLine();
  SignOn();
  ASSERT_TRUE(SetState(v1::READY).ok());
  v1::AttachRequest attach;
  attach.set_last_sequence(3);
  AttachNode(attach);
  ForgetSignals();
  Start();
  EnterQueue();
  EndCall();
  EXPECT_EQ(GetCall(Supervisor())->queue(), queue_);
  for (auto signal = heard_->Next(std::chrono::seconds(0)); signal; signal = heard_->Next(std::chrono::seconds(0)))
    EXPECT_NE(signal->type(), "lintel.telephony.v1.PopSignal");
}

}  // namespace
}  // namespace lintel::telephony
