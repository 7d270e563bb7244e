// DTLS-SRTP between two ends in memory: the honest handshake and every way to be refused.
#include <gtest/gtest.h>

#include <cstring>
#include <deque>
#include <random>
#include <vector>

#include "telephony/media/rtp/rtp_packet.h"
#include "telephony/media/secure/srtp_session.h"

namespace lintel::media {
namespace {

using Datagram = std::vector<std::byte>;

const DtlsIdentity& Node() {
  static const DtlsIdentity identity = *DtlsIdentity::Make();
  return identity;
}
const DtlsIdentity& Browser() {
  static const DtlsIdentity identity = *DtlsIdentity::Make();
  return identity;
}

// A server and a client whose datagrams cross when told to.
struct Pair {
  explicit Pair(std::string expected = Browser().fingerprint())
      : server(Node(), DtlsSession::Role::kServer, std::move(expected), Into(to_client)),
        client(Browser(), DtlsSession::Role::kClient, Node().fingerprint(), Into(to_server)) {}

  static DtlsSession::Send Into(std::deque<Datagram>& queue) {
    return [&queue](std::span<const std::byte> datagram) { queue.emplace_back(datagram.begin(), datagram.end()); };
  }

  void Shake() {
    client.Receive({});
    while (!to_server.empty() || !to_client.empty()) {
      Deliver(to_server, server);
      Deliver(to_client, client);
    }
  }

  static void Deliver(std::deque<Datagram>& queue, DtlsSession& session) {
    if (queue.empty()) return;
    const Datagram datagram = queue.front();
    queue.pop_front();
    session.Receive(datagram);
  }

  std::deque<Datagram> to_client;
  std::deque<Datagram> to_server;
  DtlsSession server;
  DtlsSession client;
};

struct Packet {
  std::array<std::byte, 200> bytes{};
  size_t size = 0;
};

Packet Protected(SrtpSession& session, uint16_t sequence) {
  Packet packet;
  WriteRtpHeader({.payload_type = 8, .sequence = sequence, .ssrc = 7}, std::span(packet.bytes).first<kRtpHeaderSize>());
  packet.size = session.Protect(packet.bytes, 172);
  return packet;
}

TEST(Dtls, AgreesOnKeysAndPrefersGcm) {
  Pair pair;
  pair.Shake();
  ASSERT_EQ(pair.server.state(), DtlsState::kConnected);
  ASSERT_EQ(pair.client.state(), DtlsState::kConnected);
  EXPECT_EQ(pair.server.keys().profile, SrtpProfile::kAeadAes128Gcm);
  EXPECT_EQ(pair.server.keys().send, pair.client.keys().receive);
  EXPECT_EQ(pair.server.keys().receive, pair.client.keys().send);
  EXPECT_NE(pair.server.keys().send, pair.server.keys().receive);
}

TEST(Dtls, RefusesAPeerWhoseCertificateIsNotTheOneOfItsSdp) {
  Pair pair(Node().fingerprint());
  pair.Shake();
  EXPECT_EQ(pair.server.state(), DtlsState::kFailed);
}

TEST(Dtls, SendsDatagramsThatFitAnyUsualMtu) {
  Pair pair;
  pair.client.Receive({});
  pair.server.Receive(pair.to_server.front());
  for (const Datagram& datagram : pair.to_client) EXPECT_LE(datagram.size(), 1200u);
}

TEST(Dtls, RepeatsNothingBeforeItsTimeoutIsDue) {
  Pair pair;
  pair.client.Receive({});
  pair.to_server.clear();
  EXPECT_EQ(pair.client.HandleTimeout(), DtlsState::kHandshaking);
  EXPECT_TRUE(pair.to_server.empty());
}

TEST(Dtls, SurvivesGarbageTruncationAndOversize) {
  std::mt19937 random(11);
  Pair source;
  source.client.Receive({});
  const Datagram hello = source.to_server.front();
  for (int i = 0; i < 300; ++i) {
    Pair pair;
    Datagram garbled = hello;
    garbled.resize(random() % (hello.size() + 1));
    for (size_t flips = random() % 8; flips > 0 && !garbled.empty(); --flips) {
      garbled[random() % garbled.size()] = static_cast<std::byte>(random());
    }
    pair.server.Receive(garbled);
    pair.server.HandleTimeout();
  }
  Pair pair;
  pair.server.Receive(Datagram(9000, std::byte{22}));
  SUCCEED();
}

TEST(Srtp, CarriesPacketsBothWaysAndRefusesForgeryReplayAndTruncation) {
  Pair pair;
  pair.Shake();
  const auto node = SrtpSession::Make(pair.server.keys(), 7);
  const auto browser = SrtpSession::Make(pair.client.keys(), 7);
  Packet packet = Protected(*node, 1);
  ASSERT_EQ(packet.size, 172u + 16u);
  Packet again = packet;
  Packet forged = Protected(*node, 2);
  Packet cut = Protected(*node, 3);
  EXPECT_EQ(browser->Unprotect(std::span(packet.bytes).first(packet.size)), 172u);
  EXPECT_EQ(browser->Unprotect(std::span(again.bytes).first(again.size)), 0u) << "a replay";
  forged.bytes[100] ^= std::byte{1};
  EXPECT_EQ(browser->Unprotect(std::span(forged.bytes).first(forged.size)), 0u);
  EXPECT_EQ(browser->Unprotect(std::span(cut.bytes).first(20)), 0u);
  EXPECT_EQ(browser->Unprotect(std::span(cut.bytes).first(3)), 0u);
  Packet back = Protected(*browser, 9);
  EXPECT_EQ(node->Unprotect(std::span(back.bytes).first(back.size)), 172u);
}

}  // namespace
}  // namespace lintel::media
