#include "telephony/media/node/node_fixture.h"

namespace lintel::media {
namespace {

TEST_F(NodeTest, InvitesTheAgentWithTheReferenceAndNeverTheCallersNumber) {
  Queue();
  node_.OnOrder(Connect(1));
  EXPECT_EQ(sip_.Last(), "invite sip:a@d X-Lintel-Call: ref");
  EXPECT_EQ(sip_.done.back().sdp.find("139"), std::string::npos);
}

TEST_F(NodeTest, OffersPlainRtpOnTheSameLegWhenThePhoneIsNoBrowsers) {  // AGT-01
  device_ = AgentDevice::kBrowser;
  Queue();
  node_.OnOrder(Connect(1));
  EXPECT_NE(sip_.done.back().sdp.find("UDP/TLS/RTP/SAVPF"), std::string::npos);
  const size_t before = sip_.done.size();
  node_.OnEnded(100, 488);
  ASSERT_EQ(sip_.done.size(), before + 1);
  EXPECT_EQ(sip_.Last(), "invite sip:a@d X-Lintel-Call: ref");
  EXPECT_NE(sip_.done.back().sdp.find(" RTP/AVP 8 0"), std::string::npos);
  EXPECT_EQ(sip_.done.back().sdp.find("139"), std::string::npos);
  node_.OnAnswer(100, kOffer);
  ticks_ += kSecureLimit + 1s;
  Tick();
  EXPECT_EQ(node_.LiveCalls()[0].state, LiveCall::State::kBridged) << "no encryption is waited for";
  EXPECT_EQ(Told<AgentFailed>(), 0u);
  node_.OnEnded(100, 0);
  node_.EndAllCalls();
  Tick();
  EXPECT_EQ(Told<LegEnded>(), 2u) << "the caller's and the agent's: what was not accepted is no leg";
  EXPECT_EQ(audio_.open_legs(), 0u);
}

TEST_F(NodeTest, GivesUpAPhoneThatAcceptsNeitherEncryptedNorPlainAudio) {
  device_ = AgentDevice::kBrowser;
  Queue();
  node_.OnOrder(Connect(1));
  node_.OnEnded(100, 488);
  const size_t before = sip_.done.size();
  node_.OnEnded(100, 488);
  EXPECT_EQ(sip_.done.size(), before) << "nothing is left to offer";
  EXPECT_EQ(std::get_if<AgentFailed>(&telephony_.told.back())->sip_code, 488);
}

TEST_F(NodeTest, TakesNoPlainAnswerToAnEncryptedOffer) {
  device_ = AgentDevice::kBrowser;
  Queue();
  node_.OnOrder(Connect(1));
  node_.OnAnswer(100, kOffer);
  EXPECT_EQ(sip_.Last(), "end");
  EXPECT_EQ(std::get_if<AgentFailed>(&telephony_.told.back())->sip_code, 488);
}

TEST_F(NodeTest, ObeysOnlyTheHighestEpochOfAnExchange) {
  Queue();
  node_.OnOrder({.exchange = "x", .epoch = 7, .call_id = "another"});
  node_.OnOrder(Connect(6));
  EXPECT_EQ(sip_.Last(), "accept") << "the order of a former owner";
  node_.OnOrder(Connect(9, "y"));
  EXPECT_EQ(sip_.Last(), "accept") << "the order of another exchange";
  EXPECT_EQ(node_.counters().stale_orders, 2u);
  node_.OnOrder(Connect(7));
  EXPECT_EQ(sip_.Last(), "invite sip:a@d X-Lintel-Call: ref");
}

TEST_F(NodeTest, EndsTheReportsOfACallWithItsEndAfterTheFiguresOfBothLegs) {
  Bridge();
  node_.OnEnded(1, 0);
  EXPECT_EQ(Told<CallEnded>(), 0u) << "the figures are still to come";
  Tick();
  EXPECT_EQ(Told<LegEnded>(), 2u);
  EXPECT_NE(std::get_if<CallEnded>(&telephony_.told.back()), nullptr);
  EXPECT_EQ(node_.calls(), 0u);
  EXPECT_EQ(audio_.open_legs(), 0u);
}

TEST_F(NodeTest, TakesHoldAndResumeOfTheAgentFromItsDescriptions) {
  Bridge();
  node_.OnReinvite(100, std::string(kOffer) + "a=sendonly\r\n");
  EXPECT_NE(sip_.done.back().sdp.find("a=recvonly"), std::string::npos);
  EXPECT_TRUE(std::get_if<HoldChanged>(&telephony_.told.back())->on_hold);
  node_.OnReinvite(100, kOffer);
  EXPECT_FALSE(std::get_if<HoldChanged>(&telephony_.told.back())->on_hold);
}

TEST_F(NodeTest, RefusesADescriptionItCannotReadAndKeepsTheCall) {
  Bridge();
  node_.OnReinvite(100, "v=0\r\nrubbish");
  EXPECT_EQ(sip_.Last(), "refuse 488");
  EXPECT_EQ(node_.calls(), 1u);
  node_.OnReinvite(55, kOffer);
  EXPECT_EQ(sip_.Last(), "refuse 481");
}

TEST_F(NodeTest, GivesUpAnAgentWhosePhoneAnswersWithoutG711) {
  Queue();
  node_.OnOrder(Connect(1));
  node_.OnAnswer(100, "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 9000 RTP/AVP 18\r\n");
  EXPECT_EQ(sip_.Last(), "end");
  EXPECT_EQ(std::get_if<AgentFailed>(&telephony_.told.back())->sip_code, 488);
}

TEST_F(NodeTest, RefusesCallsBeyondItsCapacityAndTakesThemAgainAfterwards) {
  Call(1);
  Call(2);
  Call(3);
  EXPECT_EQ(sip_.Last(), "refuse 503");
  node_.OnEnded(1, 487);
  Tick();
  Call(4);
  EXPECT_EQ(node_.counters().refused, 1u);
  EXPECT_EQ(node_.calls(), 2u);
}

TEST_F(NodeTest, EndsACallWhoseCallerFellSilentUnlessTheCallerHolds) {
  Queue();
  node_.OnReinvite(1, std::string(kOffer) + "a=inactive\r\n");
  for (auto passed = 0ms; passed < kSilenceLimit + 100ms; passed += kTick) Tick();
  EXPECT_EQ(node_.calls(), 1u);
  node_.OnReinvite(1, kOffer);
  WorkerEvent silent = LegSilent{LegKey{0, 1}};
  node_.OnAudio(silent);
  Tick();
  EXPECT_EQ(node_.calls(), 0u);
  EXPECT_EQ(std::get_if<CallEnded>(&telephony_.told.back())->hung_up_by, "caller");
}

TEST_F(NodeTest, TellsANewOwnerWhoWaitsSinceWhen) {
  ticks_ = 5s;
  Queue();
  const LiveCall live = node_.LiveCalls()[0];
  EXPECT_EQ(live.state, LiveCall::State::kQueued);
  EXPECT_EQ(live.queue, "queues/0190a5c0-0000-7000-8000-000000000001");
  EXPECT_EQ(live.queued_at, Instant(5s));
}

TEST_F(NodeTest, TellsANewOwnerWhoTalksToWhomSinceWhen) {
  Queue();
  node_.OnOrder(Connect(1));
  ticks_ += 7s;
  node_.OnAnswer(100, kOffer);
  ticks_ += 30s;
  const LiveCall live = node_.LiveCalls()[0];
  EXPECT_EQ(live.state, LiveCall::State::kBridged);
  EXPECT_EQ(live.queue, "queues/0190a5c0-0000-7000-8000-000000000001");
  EXPECT_EQ(live.agent, "agents/1");
  EXPECT_EQ(live.agent_leg_id, "leg");
  EXPECT_EQ(live.answered_at, Instant(7s));
  EXPECT_EQ(live.waited, 7s);
  EXPECT_EQ(live.talked, 30s);
}

TEST_F(NodeTest, TellsWithTheEndOfACallWhatItsRecordNeeds) {
  Bridge();
  ticks_ += 30s;
  node_.OnEnded(100, 0);  // The agent hangs up: the flow has the caller for a moment
  node_.EndAllCalls();
  Tick();
  const auto* ended = std::get_if<CallEnded>(&telephony_.told.back());
  ASSERT_NE(ended, nullptr);
  EXPECT_EQ(ended->call.identity.call_id, call_id_);
  EXPECT_EQ(ended->call.identity.caller_number, "139");
  EXPECT_EQ(ended->call.tenant, 1);
  EXPECT_EQ(ended->call.flow, "f");
  EXPECT_EQ(ended->call.queue, "queues/0190a5c0-0000-7000-8000-000000000001");
  EXPECT_EQ(ended->call.agent, "agents/1");
  EXPECT_EQ(ended->call.agent_leg_id, "leg");
  EXPECT_TRUE(ended->call.answered_at.has_value());
  EXPECT_GE(ended->call.talked, 30s);
  EXPECT_LT(ended->call.talked, 31s);
}

TEST_F(NodeTest, RecordsBothTalksOfACallThatGoesFromOneAgentToTheNext) {  // SUP-01
  std::string graph = kGraph;
  const std::string overflow = R"("overflow": "goodbye")";
  Queue(graph.replace(graph.find(overflow), overflow.size(), overflow + R"(, "served": "agent")"));
  for (int talk = 1; talk <= 2; ++talk) {
    CallOrder order = Connect(talk);
    std::get<ConnectAgent>(order.order).destination.record = true;
    node_.OnOrder(order);
    node_.OnAnswer(100, kOffer);
    for (int i = 0; i < 10; ++i) Tick();
    recorder_.Round();
    EXPECT_TRUE(ListSpool(home_ / "spool").empty()) << "until the call is over";
    if (talk == 1) node_.OnEnded(100, 0);
  }
  node_.OnEnded(1, 0);
  for (int i = 0; i < 3; ++i) Tick();
  recorder_.Round();
  const auto spooled = ListSpool(home_ / "spool");
  ASSERT_EQ(spooled.size(), 1u);
  EXPECT_EQ(spooled[0].call_id, call_id_);
  EXPECT_GE(std::filesystem::file_size(spooled[0].path), 20 * kFrameSamples * 2 * sizeof(int16_t));
}

TEST_F(NodeTest, HoldsNoLegAfterManyShortCalls) {
  for (int i = 0; i < 50; ++i) {
    Bridge();
    node_.OnEnded(i % 2 == 0 ? 1 : 100, 0);
    node_.EndAllCalls();
    Tick();
    ASSERT_EQ(node_.calls(), 0u);
    ASSERT_EQ(audio_.open_legs(), 0u);
    telephony_.told.clear();
    ticks_ += PortPool::kRest;
  }
}

}  // namespace
}  // namespace lintel::media
