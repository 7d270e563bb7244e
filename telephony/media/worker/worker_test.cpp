// The worker's ticks, driven by hand: what goes in on a port is heard, recorded and answered on another.
#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <numbers>

#include "telephony/media/rtp/bytes.h"
#include "telephony/media/testing/tone.h"
#include "telephony/media/worker/worker.h"

namespace lintel::media {
namespace {

constexpr size_t kLegs = 8;
const PeerAddress kCaller = ToPeer("127.0.0.9", 4000);
const PeerAddress kAgent = ToPeer("127.0.0.9", 5000);
const PeerAddress kStranger = ToPeer("127.0.0.66", 4000);

// A port whose datagrams come from and go to the test.
class FakePort final : public DatagramPort {
 public:
  size_t Receive(std::span<Datagram> batch) override {
    size_t count = 0;
    for (; count < batch.size() && !arriving.empty(); ++count, arriving.pop_front()) batch[count] = arriving.front();
    return count;
  }
  void Send(std::span<const Datagram> batch) override { sent.insert(sent.end(), batch.begin(), batch.end()); }
  uint16_t port() const override { return 1; }

  std::deque<Datagram> arriving;
  std::vector<Datagram> sent;
};

class WorkerTest : public ::testing::Test {
 protected:
  void AddLegOf(uint32_t slot, PeerAddress peer, Codec codec = Codec::kALaw) {
    auto leg = std::make_unique<Leg>(LegKey{slot, 1}, 100 + slot);
    leg->media = {.peer = peer, .codec = codec, .events = true};
    Command(AddLeg{std::move(leg)});
  }

  void Command(WorkerCommand command) { ASSERT_TRUE(rings_.commands.TryPush(std::move(command))); }

  // One packet of a tone, or of a key, from `peer`.
  void Arrive(PeerAddress peer, double hertz, Codec codec = Codec::kALaw) {
    Datagram datagram{.peer = peer, .size = kRtpHeaderSize + kFrameSamples};
    const uint32_t at = ticks_ * 160;
    WriteRtpHeader({.payload_type = static_cast<uint8_t>(codec),
                    .sequence = static_cast<uint16_t>(ticks_),
                    .timestamp = at,
                    .ssrc = static_cast<uint32_t>(peer)},
                   std::span(datagram.bytes).first<kRtpHeaderSize>());
    for (size_t i = 0; i < kFrameSamples; ++i) {
      const double wave = 8000 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(at + i) / 8000);
      datagram.bytes[kRtpHeaderSize + i] = std::byte{Encode(codec, static_cast<int16_t>(wave))};
    }
    port_.arriving.push_back(datagram);
  }

  void ArriveKey(PeerAddress peer, char key, uint32_t timestamp) {
    Datagram datagram{.peer = peer, .size = kRtpHeaderSize + 4};
    WriteRtpHeader({.payload_type = 101, .timestamp = timestamp}, std::span(datagram.bytes).first<kRtpHeaderSize>());
    WriteTelephoneEvent({.event = *EventOf(key), .duration = 160},
                        std::span(datagram.bytes).subspan<kRtpHeaderSize, 4>());
    port_.arriving.push_back(datagram);
  }

  void Tick() {
    worker_.Tick(1'000'000 + ticks_ * 20'000);
    ++ticks_;
    while (rings_.events.TryTake([this](WorkerEvent& event) { events_.push_back(std::move(event)); })) {
    }
  }

  // The audio sent to `peer`, decoded.
  std::vector<int16_t> SentTo(PeerAddress peer, Codec codec = Codec::kALaw) {
    std::vector<int16_t> samples;
    for (const Datagram& datagram : port_.sent) {
      const auto packet = ParseRtp(std::span(datagram.bytes).first(datagram.size));
      if (datagram.peer != peer || packet->payload_type != static_cast<uint8_t>(codec)) continue;
      for (const std::byte code : packet->payload) samples.push_back(Decode(codec, std::to_integer<uint8_t>(code)));
    }
    return samples;
  }

  template <class E>
  std::vector<const E*> Events() const {
    std::vector<const E*> found;
    for (const WorkerEvent& event : events_) {
      if (const E* one = std::get_if<E>(&event)) found.push_back(one);
    }
    return found;
  }

  void PlayTo(uint32_t slot, PromptPtr prompt, bool loop = false) {
    auto list = std::make_unique<Playlist>();
    list->play_id = 5;
    list->prompts = {std::move(prompt)};
    list->loop = loop;
    Command(Play{LegKey{slot, 1}, std::move(list)});
  }

  FakePort port_;
  WorkerRings rings_{kLegs};
  Worker worker_{kLegs, port_, rings_};
  uint32_t ticks_ = 0;
  std::vector<WorkerEvent> events_;
};

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

TEST_F(WorkerTest, HandsAKeyOnToTheOtherSideOfABridge) {
  AddLegOf(0, kCaller);
  AddLegOf(1, kAgent);
  Command(Bridge{.caller = LegKey{0, 1}, .agent = LegKey{1, 1}});
  Tick();
  ArriveKey(kAgent, '9', 4711);
  DtmfReceiver caller;
  int keys = 0;
  for (int i = 0; i < 12; ++i) Tick();
  for (const Datagram& datagram : port_.sent) {
    const auto packet = ParseRtp(std::span(datagram.bytes).first(datagram.size));
    if (datagram.peer == kCaller && packet->payload_type == 101) {
      keys += caller.Receive(packet->timestamp, packet->payload).has_value() ? 1 : 0;
    }
  }
  EXPECT_EQ(keys, 1);
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
