// The worker's ticks, driven by hand: what goes in on a port is heard, recorded and answered on another.
#include "telephony/media/rtp/bytes.h"
#include "telephony/media/worker/worker_fixture.h"

namespace lintel::media {
namespace {

TEST_F(WorkerTest, SendsOneFramePerTickFromTheFirst) {
  AddLegOf(0, kCaller);
  for (int i = 0; i < 50; ++i) Tick();
  ASSERT_EQ(port_.sent.size(), 50u);
  for (size_t i = 0; i < 50; ++i) {
    const auto packet = ParseRtp(std::span(port_.sent[i].bytes).first(port_.sent[i].size));
    EXPECT_EQ(packet->sequence, i);
    EXPECT_EQ(packet->timestamp, i * 160);
    EXPECT_EQ(packet->marker, i == 0);
  }
}

TEST_F(WorkerTest, PlaysAPromptToItsEndAndSaysSo) {
  AddLegOf(0, kCaller, Codec::kMuLaw);
  PlayTo(0, Tone(620, 200, 0.3));
  for (int i = 0; i < 12; ++i) Tick();
  ASSERT_EQ(Events<PlayEnded>().size(), 1u);
  EXPECT_TRUE(Events<PlayEnded>()[0]->to_the_end);
  EXPECT_EQ(Events<PlayEnded>()[0]->playlist->play_id, 5);
  EXPECT_GT(ToneShare(std::span<const int16_t>(SentTo(kCaller, Codec::kMuLaw)).first(1600), 620), 0.9);
}

TEST_F(WorkerTest, StopsAPromptWithinOneTick) {  // IVR-05
  AddLegOf(0, kCaller);
  PlayTo(0, HoldMusic(), /*loop=*/true);
  for (int i = 0; i < 10; ++i) Tick();
  ArriveKey(kCaller, '2', 99);
  ArriveKey(kCaller, '2', 99);
  Tick();
  ASSERT_EQ(Events<KeyPressed>().size(), 1u);
  EXPECT_EQ(Events<KeyPressed>()[0]->key, '2');
  Command(StopPlay{LegKey{0, 1}});
  port_.sent.clear();
  Tick();
  EXPECT_LT(Level(SentTo(kCaller)), 16);
  EXPECT_FALSE(Events<PlayEnded>()[0]->to_the_end);
}

TEST_F(WorkerTest, BridgesBothWaysAcrossTheLawsAndRecordsEachInItsChannel) {  // SUP-01
  AddLegOf(0, kCaller, Codec::kMuLaw);
  AddLegOf(1, kAgent);
  Command(Bridge{.caller = LegKey{0, 1}, .agent = LegKey{1, 1}, .recording = 7});
  std::vector<int16_t> left;
  std::vector<int16_t> right;
  for (int i = 0; i < 100; ++i) {
    Arrive(kCaller, 620, Codec::kMuLaw);
    Arrive(kAgent, 440);
    Tick();
    rings_.recorded.TryTake([&](RecordedFrame& frame) {
      EXPECT_EQ(frame.recording, 7u);
      EXPECT_EQ(frame.index, static_cast<uint32_t>(i));
      left.insert(left.end(), frame.caller.begin(), frame.caller.end());
      right.insert(right.end(), frame.agent.begin(), frame.agent.end());
    });
  }
  const auto after_start = [](const std::vector<int16_t>& samples) { return std::span(samples).subspan(800, 8000); };
  EXPECT_GT(ToneShare(after_start(SentTo(kCaller, Codec::kMuLaw)), 440), 0.99);
  EXPECT_GT(ToneShare(after_start(SentTo(kAgent)), 620), 0.99);
  EXPECT_GT(ToneShare(after_start(left), 620), 0.99);
  EXPECT_LT(ToneShare(after_start(left), 440), 0.001);
  EXPECT_GT(ToneShare(after_start(right), 440), 0.99);
}

TEST_F(WorkerTest, PlaysMusicOverTheBridgeToACallerOnHoldAndSendsTheAgentNothing) {
  AddLegOf(0, kCaller);
  AddLegOf(1, kAgent);
  Command(Bridge{.caller = LegKey{0, 1}, .agent = LegKey{1, 1}});
  PlayTo(0, Tone(1000, 1000, 0.3), /*loop=*/true);
  Command(SetMedia{LegKey{1, 1}, {.peer = kAgent, .events = true, .receives = false}});
  for (int i = 0; i < 20; ++i) {
    Arrive(kAgent, 440);
    Tick();
  }
  EXPECT_GT(ToneShare(SentTo(kCaller), 1000), 0.9);
  EXPECT_TRUE(SentTo(kAgent).empty());
}

TEST_F(WorkerTest, SendsNothingToWhoHoldsAndMarksTheFirstPacketAfterwards) {
  AddLegOf(0, kCaller);
  Tick();
  const auto hold = [this](bool on) { Command(SetMedia{LegKey{0, 1}, {.peer = kCaller, .receives = !on}}); };
  hold(true);
  for (int i = 0; i < 10; ++i) Tick();
  EXPECT_EQ(port_.sent.size(), 1u);
  hold(false);
  Tick();
  Tick();
  ASSERT_EQ(port_.sent.size(), 3u);
  const auto first = ParseRtp(port_.sent[1].data());
  EXPECT_TRUE(first->marker);
  EXPECT_EQ(first->sequence, 1u) << "nobody shall take the hold for a loss";
  EXPECT_EQ(first->timestamp, 11u * 160);
  EXPECT_FALSE(ParseRtp(port_.sent[2].data())->marker);
}

TEST_F(WorkerTest, HandsKeysOnToTheOtherSideOfABridgeHoweverFastTheyArePressed) {
  uint32_t timestamp = 4711;
  AddLegOf(0, kCaller);
  AddLegOf(1, kAgent);
  Command(Bridge{.caller = LegKey{0, 1}, .agent = LegKey{1, 1}});
  Tick();
  for (const char key : std::string("90210")) ArriveKey(kAgent, key, timestamp += 400);
  DtmfReceiver caller;
  std::string keys;
  for (int i = 0; i < 60; ++i) Tick();
  for (const Datagram& datagram : port_.sent) {
    const auto packet = ParseRtp(std::span(datagram.bytes).first(datagram.size));
    if (datagram.peer == kCaller && packet->payload_type == 101) {
      if (const auto key = caller.Receive(packet->timestamp, packet->payload)) keys += *key;
    }
  }
  EXPECT_EQ(keys, "90210");
}

TEST_F(WorkerTest, ListensToNobodyItDoesNotKnow) {
  AddLegOf(0, kCaller);
  Tick();
  ArriveKey(kStranger, '1', 1);
  Datagram garbage{.peer = kCaller, .size = 3};
  port_.arriving.push_back(garbage);
  Datagram oversized{.peer = kCaller, .size = 0};
  port_.arriving.push_back(oversized);
  Tick();
  EXPECT_TRUE(Events<KeyPressed>().empty());
  EXPECT_EQ(worker_.counters().packets_received.load(), 0u);
}

TEST_F(WorkerTest, ForwardsHandshakesAndNeverTakesThemForAudio) {
  Datagram check{.peer = kStranger, .size = 20};
  check.bytes[0] = std::byte{0};
  port_.arriving.push_back(check);
  Tick();
  EXPECT_TRUE(rings_.secure_datagrams.TryTake([](Datagram& datagram) { EXPECT_EQ(datagram.peer, kStranger); }));
}

TEST_F(WorkerTest, ReportsSilenceOnceAfterItsLimit) {
  AddLegOf(0, kCaller);
  const auto limit = kSilenceLimit / kTick;
  for (int i = 0; i <= limit; ++i) Tick();
  EXPECT_TRUE(Events<LegSilent>().empty());
  for (int i = 0; i < 100; ++i) Tick();
  EXPECT_EQ(Events<LegSilent>().size(), 1u);
}

TEST_F(WorkerTest, GivesBackALegItsPlaylistAndItsBridge) {
  AddLegOf(0, kCaller);
  AddLegOf(1, kAgent);
  PlayTo(0, HoldMusic());
  Command(Bridge{.caller = LegKey{0, 1}, .agent = LegKey{1, 1}});
  Tick();
  Command(RemoveLeg{LegKey{0, 1}});
  Tick();
  ASSERT_EQ(Events<LegRemoved>().size(), 1u);
  EXPECT_EQ(Events<LegRemoved>()[0]->leg->packets_sent, 2u);
  EXPECT_EQ(Events<PlayEnded>().size(), 1u);
  port_.sent.clear();
  Tick();
  EXPECT_TRUE(SentTo(kCaller).empty());
  EXPECT_FALSE(SentTo(kAgent).empty()) << "the other leg goes on alone";
}

TEST_F(WorkerTest, IgnoresWordsAboutAnEarlierHolderOfASlot) {
  AddLegOf(0, kCaller);
  Command(RemoveLeg{LegKey{0, 99}});
  Command(Bridge{.caller = LegKey{0, 1}, .agent = LegKey{5, 1}});
  Command(StopPlay{LegKey{700, 1}});
  Tick();
  EXPECT_TRUE(Events<LegRemoved>().empty());
}

TEST(LegMemory, IsSmall) { EXPECT_LE(sizeof(Leg), 3200u); }

}  // namespace
}  // namespace lintel::media
