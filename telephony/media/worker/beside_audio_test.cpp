// What comes with the audio on its port and is none: RTCP (RFC 5761) and comfort noise (RFC 3389).
#include "telephony/media/worker/worker_fixture.h"

namespace lintel::media {
namespace {

Datagram Rtcp(PeerAddress peer, int type) {
  Datagram datagram{.peer = peer, .size = 28};
  datagram.bytes.fill(std::byte{0});
  datagram.bytes[0] = std::byte{0x80};
  datagram.bytes[1] = static_cast<std::byte>(type);
  return datagram;
}

class BesideAudioTest : public WorkerTest {
 protected:
  // The leg of slot 0 as it is in the end.
  const Leg& Ended() {
    Command(RemoveLeg{LegKey{0, 1}});
    Tick();
    return *Events<LegRemoved>().at(0)->leg;
  }
};

TEST_F(BesideAudioTest, RtcpIsNeitherAudioNorLossNorRefused) {
  AddLegOf(0, kCaller);
  for (const int type : {192, 200, 201, 202, 203, 204, 205, 206, 207, 223}) {
    port_.arriving.push_back(Rtcp(kCaller, type));
    Arrive(kCaller, 620);
    port_.arriving.push_back(Rtcp(kCaller, type));
    Tick();
  }
  const Leg& leg = Ended();
  EXPECT_EQ(leg.jitter.statistics().packets_received, 10u);
  EXPECT_EQ(leg.jitter.statistics().packets_lost, 0u);
  EXPECT_EQ(leg.packets_refused, 0u);
  EXPECT_EQ(worker_.counters().packets_received.load(), 10u);
  EXPECT_EQ(worker_.counters().packets_refused.load(), 0u);
}

TEST_F(BesideAudioTest, WhoSendsRtcpAloneIsSilent) {
  AddLegOf(0, kCaller);
  for (int i = 0; i <= kSilenceLimit / kTick + 1; ++i) {
    port_.arriving.push_back(Rtcp(kCaller, 201));
    Tick();
  }
  EXPECT_EQ(Events<LegSilent>().size(), 1u);
}

TEST_F(BesideAudioTest, RtcpOnALegsOwnPortIsNotRefusedAndGarbageIs) {
  auto own = UdpPort::Open("127.0.0.1", 0, 1 << 16);
  auto phone = UdpPort::Open("127.0.0.1", 0, 1 << 16);
  ASSERT_TRUE(own.ok() && phone.ok());
  const PeerAddress to = ToPeer("127.0.0.1", (*own)->port());
  auto leg = std::make_unique<Leg>(LegKey{0, 1}, 100);
  leg->media.peer = ToPeer("127.0.0.1", (*phone)->port());
  leg->own_port = *std::move(own);
  Command(AddLeg{std::move(leg)});
  Datagram garbage = Rtcp(to, 200);
  garbage.bytes[0] = std::byte{0x40};
  const Datagram sent[] = {Rtcp(to, 200), garbage, Rtcp(to, 201)};
  (*phone)->Send(sent);
  Tick();
  const Leg& ended = Ended();
  EXPECT_EQ(ended.packets_refused, 1u);
  EXPECT_EQ(ended.jitter.statistics().packets_received, 0u);
}

TEST_F(BesideAudioTest, ComfortNoiseBetweenTwoPacketsIsNotALoss) {
  AddLegOf(0, kCaller);
  for (const bool is_noise : {false, true, false}) {
    Arrive(kCaller, 620);
    if (is_noise) port_.arriving.back().bytes[1] = std::byte{13};
    Tick();
  }
  const StreamStatistics figures = Ended().jitter.statistics();
  EXPECT_EQ(figures.packets_received, 3u);
  EXPECT_EQ(figures.packets_lost, 0u);
}

}  // namespace
}  // namespace lintel::media
