// A call's life without sockets: every state, what ends it, and its deadline.
#include <gtest/gtest.h>

#include <vector>

#include "telephony/flow/graph.h"
#include "telephony/media/call/call.h"

namespace lintel::media {
namespace {

using namespace std::chrono_literals;

constexpr char kGraph[] = R"({
  "schema": 1, "language": "en", "entry": "main", "fallback": "sorry",
  "keys": {"0": "agent"},
  "prompts": {
    "main": {"text": {"zh-CN": "请按键。", "en": "Press a key."}},
    "silence": {"text": {"zh-CN": "没有按键。", "en": "No key."}},
    "wrong": {"text": {"zh-CN": "无效。", "en": "Wrong."}},
    "help": {"text": {"zh-CN": "帮助。", "en": "Help."}},
    "sorry": {"text": {"zh-CN": "请稍候。", "en": "Sorry."}},
    "bye": {"text": {"zh-CN": "再见。", "en": "Goodbye."}}
  },
  "nodes": {
    "main": {"verb": "menu", "prompts": ["main"], "keys": {"2": "agent", "3": "reception"}, "timeoutMs": 5000,
             "noInput": ["silence"], "noMatch": ["wrong"], "help": ["help"], "helpAfter": 2, "attempts": 3, "giveUp": "agent"},
    "agent": {"verb": "queue", "queue": "queues/0190a5c0-0000-7000-8000-000000000001", "exitKeys": {"1": "main"}, "overflow": "goodbye"},
    "reception": {"verb": "dial", "destination": "8000", "ringLimitMs": 20000, "failed": "goodbye"},
    "sorry": {"verb": "fallback", "prompts": ["sorry"], "retry": "agent", "attempts": 2},
    "goodbye": {"verb": "hangup", "prompts": ["bye"]}
  }
})";

// Notes what the call asked for, in words.
class NotedPort final : public CallPort {
 public:
  bool AnswerCaller() override {
    asked.push_back("answer");
    return audio;
  }
  void EndCaller(int code) override { asked.push_back("end caller " + std::to_string(code)); }
  void PlayToCaller(int64_t play_id, speech::Language, const speech::Spoken&) override {
    playing = play_id;
    asked.push_back("play");
  }
  void PlayMusic(const std::string&) override { asked.push_back("music"); }
  void PlayRingback() override { asked.push_back("ringback"); }
  void StopPlaying() override { asked.push_back("stop"); }
  void InviteAgent(const Destination& to) override { asked.push_back("invite " + to.sip_uri); }
  void EndAgent() override { asked.push_back("end agent"); }
  void BridgeLegs(bool record) override { asked.push_back(record ? "bridge recorded" : "bridge"); }
  void UnbridgeLegs() override { asked.push_back("unbridge"); }
  void AskAction(int64_t id, const std::string& action, const std::map<std::string, std::string>&, flow::Milliseconds,
                 speech::Language) override {
    action_id = id;
    asked.push_back("ask " + action);
  }
  void Tell(Report report) override { told.push_back(std::move(report)); }

  bool Asked(const std::string& what) {
    const bool found = std::find(asked.begin(), asked.end(), what) != asked.end();
    asked.clear();
    return found;
  }
  template <class R>
  const R* Last() const {
    return told.empty() ? nullptr : std::get_if<R>(&told.back());
  }

  std::vector<std::string> asked;
  std::vector<Report> told;
  bool audio = true;
  int64_t playing = 0;
  int64_t action_id = 0;
};

std::shared_ptr<const flow::Graph> TestGraph() {
  auto graph = flow::ParseGraph(kGraph);
  EXPECT_TRUE(graph.ok()) << graph.status();
  return *graph;
}

class CallTest : public ::testing::Test {
 protected:
  Moment Now() const { return {MonotonicTime(now_), Instant(now_)}; }
  void Pass(std::chrono::microseconds time) {
    now_ += time;
    call_.OnTick(Now(), away_);
  }
  void Route() {
    call_.OnRouted(
        media::Route{
            .tenant = 1, .exchange = "x", .flow_name = "voiceFlows/a/versions/1", .graph = TestGraph(), .record = true},
        Now());
  }
  void Queue() {
    Route();
    call_.OnKey('2', Now());
  }
  Destination Agent() const {
    return {.leg_id = "leg", .agent = "agents/7", .sip_uri = "sip:a7@lintel", .ring_limit = 15s, .record = true};
  }
  void Ring() {
    Queue();
    call_.OnOrder(ConnectAgent{Agent()}, Now());
  }
  void Bridge() {
    Ring();
    call_.OnAgentAnswered(Now());
    call_.OnAgentAudible(Now());
  }
  template <class S>
  bool Is() const {
    return std::holds_alternative<S>(call_.state());
  }

  std::chrono::microseconds now_{1s};
  std::optional<MonotonicTime> away_;
  NotedPort port_;
  Call call_{
      {.call_id = "c", .caller_leg_id = "l", .called_number = "4001", .caller_number = "13900000000"}, port_, Now()};
};

TEST_F(CallTest, IsAnsweredOnceItsFlowIsKnownAndPlaysItsPrompt) {  // IVR-01
  Route();
  EXPECT_TRUE(Is<InFlow>());
  EXPECT_EQ(port_.asked, (std::vector<std::string>{"answer", "play"}));
  EXPECT_NE(std::get_if<CallStarted>(&port_.told.front()), nullptr);
}

TEST_F(CallTest, IsRefusedWith404ForAnUnknownNumberAndLeavesNoRecord) {
  call_.OnRouted(absl::NotFoundError("number"), Now());
  EXPECT_TRUE(port_.Asked("end caller 404"));
  EXPECT_TRUE(port_.told.empty());
}

TEST_F(CallTest, IsRefusedWith503WhenNobodySaysHowToAnswer) {
  Pass(kRouteLimit - 1us);
  EXPECT_TRUE(Is<Routing>());
  Pass(1us);
  EXPECT_TRUE(port_.Asked("end caller 503"));
  Route();
  EXPECT_TRUE(call_.over()) << "a late answer opens nothing";
}

TEST_F(CallTest, IsRefusedWith503WhenTheNodeHasNoAudioLeft) {
  port_.audio = false;
  Route();
  EXPECT_TRUE(call_.over());
  EXPECT_TRUE(port_.Asked("end caller 503"));
  EXPECT_TRUE(port_.told.empty());
}

TEST_F(CallTest, AKeyStopsThePromptAndQueuesWithMusic) {  // IVR-05, AGT-04
  Queue();
  EXPECT_TRUE(Is<Queued>());
  EXPECT_EQ(port_.asked, (std::vector<std::string>{"answer", "play", "stop", "music"}));
  EXPECT_EQ(call_.Live(Now()).queue, "queues/0190a5c0-0000-7000-8000-000000000001");
}

TEST_F(CallTest, RingsTheAgentWhileTheMusicGoesOnAndBridgesWhenItAnswers) {
  Ring();
  EXPECT_TRUE(Is<Ringing>());
  call_.OnAgentRinging();
  EXPECT_NE(port_.Last<AgentRinging>(), nullptr);
  port_.asked.clear();
  call_.OnAgentAnswered(Now());
  EXPECT_EQ(port_.asked, (std::vector<std::string>{"stop", "bridge recorded"}));
  EXPECT_NE(port_.Last<AgentAnswered>(), nullptr);
}

TEST_F(CallTest, GivesUpAnAgentThatDoesNotAnswerAndKeepsTheCallersPlace) {
  Ring();
  Pass(15s + kRingGrace - 1us);
  EXPECT_TRUE(Is<Ringing>());
  Pass(1us);
  EXPECT_TRUE(Is<Queued>());
  EXPECT_TRUE(port_.Asked("end agent"));
  EXPECT_EQ(port_.Last<AgentFailed>()->sip_code, 408);
  EXPECT_EQ(call_.Live(Now()).queued_at, Instant(1s));
}

TEST_F(CallTest, RefusesAnOrderToConnectWhenTheCallDoesNotWait) {
  Bridge();
  call_.OnOrder(ConnectAgent{Agent()}, Now());
  EXPECT_EQ(port_.Last<AgentFailed>()->sip_code, 487);
  EXPECT_TRUE(Is<Bridged>());
}

TEST_F(CallTest, CancelsOnlyTheLegThatIsNamed) {
  Ring();
  call_.OnOrder(CancelConnect{"other"}, Now());
  EXPECT_TRUE(Is<Ringing>());
  call_.OnOrder(CancelConnect{"leg"}, Now());
  EXPECT_TRUE(Is<Queued>());
  call_.OnAgentAnswered(Now());
  EXPECT_TRUE(port_.Asked("end agent")) << "an answer that crossed the CANCEL is hung up";
}

TEST_F(CallTest, EndsTheAgentsLegWhenTheBrowsersAudioNeverComesUp) {
  Ring();
  call_.OnAgentAnswered(Now());
  port_.asked.clear();
  Pass(kSecureLimit);
  EXPECT_TRUE(port_.Asked("end agent"));
  EXPECT_FALSE(Is<Bridged>());
}

TEST_F(CallTest, PlaysMusicWhileTheAgentHoldsAndSaysSoOnce) {
  Bridge();
  call_.OnAgentHold(true);
  call_.OnAgentHold(true);
  EXPECT_TRUE(port_.Last<HoldChanged>()->on_hold);
  EXPECT_TRUE(port_.Asked("music"));
  call_.OnAgentHold(false);
  EXPECT_TRUE(port_.Asked("stop"));
}

TEST_F(CallTest, RecordsWhoHungUp) {
  Bridge();
  call_.OnAgentLeft(Now());
  ASSERT_TRUE(call_.over());
  EXPECT_EQ(port_.Last<CallEnded>()->hung_up_by, "agent");
  EXPECT_TRUE(port_.Last<CallEnded>()->recorded);
}

TEST_F(CallTest, EndsBothLegsWhenTheCallerHangsUp) {
  Bridge();
  port_.asked.clear();
  call_.OnCallerLeft(Now());
  EXPECT_EQ(port_.asked, (std::vector<std::string>{"end agent", "unbridge", "end caller 0"}));
  EXPECT_EQ(port_.Last<CallEnded>()->hung_up_by, "caller");
  call_.OnCallerLeft(Now());
  EXPECT_EQ(port_.asked.size(), 3u) << "nothing happens twice";
}

TEST_F(CallTest, TellsThatACallerGaveUpWaiting) {
  Queue();
  call_.OnCallerLeft(Now());
  EXPECT_EQ(std::get_if<QueueLeft>(&port_.told[port_.told.size() - 2])->reason, "abandoned");
}

TEST_F(CallTest, PlaysTheFallbackWhenTelephonyIsAwayForTwoSeconds) {
  Queue();
  away_ = MonotonicTime(now_);
  Pass(kAwayLimit - 1us);
  EXPECT_TRUE(Is<Queued>());
  port_.asked.clear();
  Pass(1us);
  EXPECT_TRUE(port_.Asked("play"));
  EXPECT_TRUE(Is<InFlow>());
}

TEST_F(CallTest, LosesNoBridgeWhenTelephonyIsAway) {
  Bridge();
  away_ = MonotonicTime(now_);
  Pass(1h);
  EXPECT_TRUE(Is<Bridged>());
}

TEST_F(CallTest, DialsOnlyWhereTelephonySaysANumberLeads) {
  Route();
  call_.OnKey('3', Now());
  EXPECT_TRUE(port_.Asked("ask may_dial"));
  call_.OnActionReply(port_.action_id, ActionReply{"allowed", {{"sip_uri", "sip:8000@pbx"}, {"device", "phone"}}},
                      Now());
  EXPECT_TRUE(port_.Asked("invite sip:8000@pbx"));
  EXPECT_EQ(call_.Live(Now()).state, LiveCall::State::kInFlow) << "no agent of a queue is rung";
  call_.OnAgentAnswered(Now());
  EXPECT_TRUE(port_.Asked("bridge recorded"));
}

TEST_F(CallTest, DialsNowhereWithoutAnAddress) {
  Route();
  call_.OnKey('3', Now());
  call_.OnActionReply(port_.action_id, ActionReply{"allowed", {}}, Now());
  EXPECT_TRUE(port_.Asked("play")) << "the flow's failed edge says goodbye";
  EXPECT_FALSE(Is<Ringing>());
}

TEST_F(CallTest, HasADeadlineInEveryStateThatIsNotOver) {
  Queue();
  Pass(kQueueLimit);
  EXPECT_TRUE(call_.over());
}

TEST_F(CallTest, EndsABridgeAtItsLimit) {
  Bridge();
  Pass(kBridgeLimit - 1us);
  EXPECT_TRUE(Is<Bridged>());
  Pass(1us);
  EXPECT_TRUE(call_.over());
  EXPECT_EQ(port_.Last<CallEnded>()->hung_up_by, "system");
}

}  // namespace
}  // namespace lintel::media
