// Who gets whom, and what happens when somebody does not answer, leaves or dies.
#include "services/telephony/domain/distributor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/telephony/domain/invariants.h"

namespace lintel::telephony {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""min;
using std::chrono_literals::operator""s;
using std::chrono_literals::operator""us;

class Floorful : public ::testing::Test {
 protected:
  Floorful() : distributor_({}, [this] { return "leg" + std::to_string(++legs_); }) {
    Happen(QueueConfigured{{.id = "sales", .max_waiting = 3}});
  }

  Commands Happen(const Event& event, Time later = 1us) {
    now_ += later;
    commands_ = distributor_.Handle(event, now_);
    EXPECT_THAT(FindBreaches(distributor_.floor(), now_), testing::IsEmpty());
    return commands_;
  }
  void Ready(const std::string& agent) {
    Happen(AgentSignedOn{agent, {"sales"}, now_ + 12h});
    Happen(AgentSetReady{agent});
  }
  void Call(const std::string& call) { Happen(CallQueued{call, "sales", "node1", "zh-CN", now_}); }
  // Until the next deadline.
  Commands WaitForDeadline() {
    const Time when = *distributor_.Deadline();
    return Happen(Tick{}, when - now_);
  }
  template <class C>
  const C* Did() const {
    for (const Command& command : commands_) {
      if (const C* found = std::get_if<C>(&command)) return found;
    }
    return nullptr;
  }
  AgentState StateOf(const std::string& agent) const { return distributor_.floor().agents.at(agent).state; }
  std::string ReasonOf(const std::string& agent) const { return distributor_.floor().agents.at(agent).reason; }
  std::string AgentOf(const std::string& call) const { return distributor_.floor().calls.at(call).agent; }
  bool Knows(const std::string& call) const { return distributor_.floor().calls.contains(call); }

  int legs_ = 0;
  Time now_ = 1000s;
  Distributor distributor_;
  Commands commands_;
};

TEST_F(Floorful, TheCardPopsBeforeThePhoneRings_AGT02) {
  Ready("ann");
  Call("c1");
  ASSERT_NE(Did<PopAgent>(), nullptr);
  size_t pop = 0, connect = 0;
  for (size_t i = 0; i < commands_.size(); ++i) {
    if (std::holds_alternative<PopAgent>(commands_[i])) pop = i;
    if (std::holds_alternative<ConnectAgent>(commands_[i])) connect = i;
  }
  EXPECT_LT(pop, connect);
  EXPECT_EQ(Did<ConnectAgent>()->agent, "ann");
}

TEST_F(Floorful, TheLongestIdleAgentIsChosen_AGT04) {
  Ready("ann");
  Ready("bob");
  Call("c1");
  EXPECT_EQ(AgentOf("c1"), "ann");
  Happen(CallAnswered{"c1", "leg1"});
  Happen(AgentLegEnded{"c1", "leg1"});
  Happen(AgentSetReady{"ann"});
  Call("c2");
  EXPECT_EQ(AgentOf("c2"), "bob");
}

TEST_F(Floorful, TheLongestWaitingCallerIsServedFirst_AGT04) {
  Call("c1");
  Call("c2");
  Ready("ann");
  EXPECT_EQ(AgentOf("c1"), "ann");
  EXPECT_EQ(AgentOf("c2"), "");
}

TEST_F(Floorful, ACallerWhoGivesUpWhileItRingsDoesNotCostTheAgentTheirPlace) {
  Ready("ann");
  Ready("bob");
  Call("c1");
  Happen(CallEnded{"c1"});
  EXPECT_NE(Did<CancelConnect>(), nullptr);
  Call("c2");
  EXPECT_EQ(AgentOf("c2"), "ann");
}

TEST_F(Floorful, AnAgentWhoDoesNotAnswerIsTakenOffAndTheCallerKeepsTheirPlace) {
  Ready("ann");
  Call("c1");
  Call("c2");
  Happen(CallFailed{"c1", "leg1", 408});
  EXPECT_EQ(StateOf("ann"), AgentState::kNotReady);
  EXPECT_EQ(ReasonOf("ann"), "no_answer");
  Ready("bob");
  EXPECT_EQ(AgentOf("c1"), "bob");
}

TEST_F(Floorful, TheReasonTellsADeclinedCallFromAnUnreachablePhone) {
  for (const auto& [code, reason] :
       {std::pair{486, "declined"}, {603, "declined"}, {480, "unreachable"}, {404, "unreachable"}}) {
    Ready("ann");
    Call("c" + std::to_string(code));
    Happen(CallFailed{"c" + std::to_string(code), "leg" + std::to_string(legs_), code});
    EXPECT_EQ(ReasonOf("ann"), reason) << code;
    Happen(CallEnded{"c" + std::to_string(code)});
  }
}

TEST_F(Floorful, ALegThatEndsWhileItRingsLeavesTheReasonToTheFailure) {
  Ready("ann");
  Call("c1");
  Happen(AgentLegEnded{"c1", "leg1"});
  EXPECT_EQ(StateOf("ann"), AgentState::kRinging);
  Happen(CallFailed{"c1", "leg1", 486});
  EXPECT_EQ(ReasonOf("ann"), "declined");
}

TEST_F(Floorful, ANodeThatNeverReportsTheRingIsOverruledByTheDeadline) {
  Ready("ann");
  Call("c1");
  WaitForDeadline();
  EXPECT_NE(Did<CancelConnect>(), nullptr);
  EXPECT_EQ(ReasonOf("ann"), "no_answer");
  EXPECT_EQ(distributor_.floor().calls.at("c1").state, CallState::kWaiting);
}

TEST_F(Floorful, NewsOfAnOldLegChangesNothing) {
  Ready("ann");
  Call("c1");
  Happen(CallFailed{"c1", "leg1", 408});
  Ready("bob");
  Happen(CallAnswered{"c1", "leg1"});
  Happen(AgentLegEnded{"c1", "leg1"});
  EXPECT_EQ(StateOf("bob"), AgentState::kRinging);
}

TEST_F(Floorful, AfterACallTheAgentWrapsUpAndIsReadyAgain_AGT03) {
  Ready("ann");
  Call("c1");
  Happen(CallAnswered{"c1", "leg1"});
  Happen(CallEnded{"c1"});
  EXPECT_EQ(StateOf("ann"), AgentState::kWrapUp);
  WaitForDeadline();
  EXPECT_EQ(StateOf("ann"), AgentState::kReady);
}

TEST_F(Floorful, SomebodyTalkingCannotBeMadeReadyAndOfflineAnswersNothing_AGT03) {
  Ready("ann");
  Call("c1");
  Happen(CallAnswered{"c1", "leg1"});
  Happen(AgentSetReady{"ann"});
  Happen(AgentSetNotReady{"ann", "lunch"});
  EXPECT_EQ(StateOf("ann"), AgentState::kTalking);
  Happen(AgentSetReady{"nobody"});
  Happen(AgentSignedOff{"nobody"});
}

TEST_F(Floorful, GoingOnABreakWhileItRingsGivesTheCallerToSomebodyElse_AGT03) {
  Ready("ann");
  Ready("bob");
  Call("c1");
  Happen(AgentSetNotReady{"ann", "lunch"});
  EXPECT_EQ(ReasonOf("ann"), "lunch");
  EXPECT_EQ(AgentOf("c1"), "bob");
}

TEST_F(Floorful, SigningOffWhileTalkingLeavesTheTalkAlone_AGT03) {
  Ready("ann");
  Call("c1");
  Happen(CallAnswered{"c1", "leg1"});
  Happen(AgentSignedOff{"ann"});
  EXPECT_EQ(StateOf("ann"), AgentState::kOffline);
  EXPECT_EQ(Did<HangUpCall>(), nullptr);
}

TEST_F(Floorful, SigningOnAgainNeitherEndsACallNorMakesReady_AGT03) {
  Ready("ann");
  Happen(AgentSetNotReady{"ann", "lunch"});
  Happen(AgentSignedOn{"ann", {"sales"}, now_ + 12h});
  EXPECT_EQ(ReasonOf("ann"), "lunch");
  Happen(AgentSetReady{"ann"});
  Call("c1");
  Happen(CallAnswered{"c1", "leg1"});
  Happen(AgentSignedOn{"ann", {"sales"}, now_ + 12h});
  EXPECT_EQ(StateOf("ann"), AgentState::kTalking);
}

TEST_F(Floorful, ACallerWhoWaitedLongEnoughIsSentOn_AGT04) {
  Call("c1");
  WaitForDeadline();
  ASSERT_NE(Did<LeaveQueue>(), nullptr);
  Ready("ann");
  EXPECT_EQ(StateOf("ann"), AgentState::kReady) << "a leaving caller is not offered";
  Happen(CallLeftQueue{"c1"});
  EXPECT_FALSE(Knows("c1"));
}

TEST_F(Floorful, AFullQueueAndAnUnknownOneSendOnAtOnce_AGT04) {
  for (const char* call : {"c1", "c2", "c3"}) Call(call);
  EXPECT_EQ(Did<LeaveQueue>(), nullptr);
  Call("c4");
  EXPECT_EQ(Did<LeaveQueue>()->call, "c4");
  Happen(CallQueued{"c5", "nowhere", "node1", "en", now_});
  EXPECT_EQ(Did<LeaveQueue>()->call, "c5");
}

TEST_F(Floorful, ALostNodeFreesItsAgentsAndOnlyThem) {
  Ready("ann");
  Ready("bob");
  Call("c1");
  Happen(CallQueued{"c2", "sales", "node2", "zh-CN", now_});
  Happen(CallAnswered{"c1", "leg1"});
  Happen(CallAnswered{"c2", "leg2"});
  Happen(NodeLost{"node1"});
  EXPECT_EQ(StateOf("ann"), AgentState::kWrapUp);
  EXPECT_EQ(StateOf("bob"), AgentState::kTalking);
}

TEST_F(Floorful, ANewOwnerKeepsEachCallersOriginalPlace) {
  Happen(CallRestored{"young", "sales", "node1", "zh-CN", now_ - 10s, "", ""});
  Happen(CallRestored{"old", "sales", "node1", "zh-CN", now_ - 50s, "", ""});
  Ready("ann");
  EXPECT_EQ(AgentOf("old"), "ann");
}

TEST_F(Floorful, ANewOwnerLearnsWhoIsTalking) {
  Happen(AgentSignedOn{"ann", {"sales"}, now_ + 12h});
  Happen(CallRestored{"c1", "sales", "node1", "zh-CN", now_ - 50s, "ann", "leg9"});
  EXPECT_EQ(StateOf("ann"), AgentState::kTalking);
  Happen(AgentLegEnded{"c1", "leg9"});
  EXPECT_EQ(StateOf("ann"), AgentState::kWrapUp);
}

TEST_F(Floorful, ATalkThatIsToldLateTakesItsAgentOutOfTheRingAndTheOtherCallerKeepsTheirPlace) {
  Ready("ann");
  Call("c1");
  Happen(CallRestored{"c0", "sales", "node2", "zh-CN", now_ - 50s, "ann", "leg9"});
  EXPECT_EQ(StateOf("ann"), AgentState::kTalking);
  ASSERT_NE(Did<CancelConnect>(), nullptr);
  EXPECT_EQ(Did<CancelConnect>()->leg, "leg1");
  Ready("bob");
  EXPECT_EQ(AgentOf("c1"), "bob");
  Happen(CallEnded{"c0"});
  EXPECT_EQ(StateOf("ann"), AgentState::kWrapUp);
}

TEST_F(Floorful, NobodyIsOfferedASecondCallDuringATalkThatWasRestored) {
  Ready("ann");
  Happen(CallRestored{"c0", "sales", "node1", "zh-CN", now_ - 50s, "ann", "leg9"});
  Happen(AgentSetReady{"ann"});
  Call("c1");
  EXPECT_EQ(AgentOf("c1"), "");
}

TEST_F(Floorful, ARingThatTheLastOwnerOrderedIsCancelledAndTheCallerIsOfferedAnew) {
  Ready("ann");
  Happen(CallRestored{"c1", "sales", "node1", "zh-CN", now_ - 50s, "", "leg of before"});
  ASSERT_NE(Did<CancelConnect>(), nullptr);
  EXPECT_EQ(Did<CancelConnect>()->leg, "leg of before");
  EXPECT_EQ(AgentOf("c1"), "ann");
  Happen(CallFailed{"c1", "leg of before", 487});
  EXPECT_EQ(StateOf("ann"), AgentState::kRinging) << "the cancelled leg's failure says nothing of the new one";
}

TEST_F(Floorful, TwoNodesThatClaimOneAgentDoNotConfuseTheFloor) {
  Happen(AgentSignedOn{"ann", {"sales"}, now_ + 12h});
  Happen(CallRestored{"c1", "sales", "node1", "zh-CN", now_, "ann", "leg8"});
  Happen(CallRestored{"c2", "sales", "node2", "zh-CN", now_, "ann", "leg9"});
  EXPECT_TRUE(Knows("c1"));
  EXPECT_FALSE(Knows("c2"));
}

TEST_F(Floorful, ASessionEndsAfterTheCallNotDuringIt_AGT03) {
  Happen(AgentSignedOn{"ann", {"sales"}, now_ + 60s});
  Happen(AgentSetReady{"ann"});
  Call("c1");
  Happen(CallAnswered{"c1", "leg1"});
  Happen(Tick{}, 2min);
  EXPECT_EQ(StateOf("ann"), AgentState::kTalking);
  Happen(AgentLegEnded{"c1", "leg1"});
  WaitForDeadline();
  EXPECT_EQ(StateOf("ann"), AgentState::kOffline);
}

}  // namespace
}  // namespace lintel::telephony
