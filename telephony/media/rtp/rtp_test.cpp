// RTP packets and RFC 4733 keys, well-formed and hostile.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "telephony/media/rtp/bytes.h"
#include "telephony/media/rtp/dtmf.h"
#include "telephony/media/rtp/rtp_packet.h"

namespace lintel::media {
namespace {

std::vector<std::byte> Datagram(const RtpPacket& packet, size_t payload = 4) {
  std::vector<std::byte> bytes(kRtpHeaderSize + payload);
  WriteRtpHeader(packet, std::span(bytes).first<kRtpHeaderSize>());
  return bytes;
}

std::array<std::byte, 4> Key(char key, uint16_t duration, bool end = false) {
  std::array<std::byte, 4> bytes;
  WriteTelephoneEvent({.event = *EventOf(key), .end = end, .duration = duration}, bytes);
  return bytes;
}

TEST(RtpPacket, ReadsBackWhatWasWritten) {
  const auto bytes =
      Datagram({.payload_type = 8, .marker = true, .sequence = 65535, .timestamp = 0xfffffff0, .ssrc = 7});
  const auto packet = ParseRtp(bytes);
  ASSERT_TRUE(packet.has_value());
  EXPECT_EQ(packet->payload_type, 8);
  EXPECT_TRUE(packet->marker);
  EXPECT_EQ(packet->sequence, 65535);
  EXPECT_EQ(packet->timestamp, 0xfffffff0);
  EXPECT_EQ(packet->ssrc, 7u);
  EXPECT_EQ(packet->payload.size(), 4u);
}

TEST(RtpPacket, LeavesOutSourcesExtensionAndPadding) {
  auto bytes = Datagram({.payload_type = 8}, 4 + 8 + 6);  // One source, an extension of one word, 6 bytes
  WriteU8(bytes, 0, 0x80 | 0x20 | 0x10 | 1);
  WriteU16(bytes, 18, 1);
  WriteU8(bytes, bytes.size() - 1, 2);
  const auto packet = ParseRtp(bytes);
  ASSERT_TRUE(packet.has_value());
  EXPECT_EQ(packet->payload.size(), 4u);
}

TEST(RtpPacket, RefusesOtherVersionsAndLengthsThatDoNotFit) {
  auto bytes = Datagram({}, 4);
  WriteU8(bytes, 0, 0x40);
  EXPECT_FALSE(ParseRtp(bytes).has_value());
  WriteU8(bytes, 0, 0x80 | 0x0f);  // 15 sources in 4 bytes
  EXPECT_FALSE(ParseRtp(bytes).has_value());
  WriteU8(bytes, 0, 0x80 | 0x20);  // Padding of zero bytes
  EXPECT_FALSE(ParseRtp(bytes).has_value());
  WriteU8(bytes, bytes.size() - 1, 200);  // More padding than payload
  EXPECT_FALSE(ParseRtp(bytes).has_value());
  WriteU8(bytes, 0, 0x80 | 0x10);  // An extension that runs past the end
  WriteU16(bytes, 14, 0xffff);
  EXPECT_FALSE(ParseRtp(bytes).has_value());
  for (size_t size = 0; size < kRtpHeaderSize; ++size) EXPECT_FALSE(ParseRtp(std::span(bytes).first(size)).has_value());
}

TEST(KindOf, TellsWhatSharesAPort) {
  const auto kind = [](uint8_t first, uint8_t second) {
    return KindOf(std::array{std::byte{first}, std::byte{second}});
  };
  EXPECT_EQ(kind(0, 1), DatagramKind::kStun);
  EXPECT_EQ(kind(20, 0), DatagramKind::kDtls);
  EXPECT_EQ(kind(63, 0), DatagramKind::kDtls);
  EXPECT_EQ(kind(128, 8), DatagramKind::kRtp);
  EXPECT_EQ(kind(128, 200), DatagramKind::kRtcp);
  EXPECT_EQ(kind(64, 0), DatagramKind::kUnknown);
  EXPECT_EQ(KindOf({}), DatagramKind::kUnknown);
}

TEST(DtmfReceiver, CountsAPressOnceWhateverIsRepeated) {  // IVR-05
  DtmfReceiver receiver;
  EXPECT_EQ(receiver.Receive(1000, Key('2', 160)), '2');
  EXPECT_EQ(receiver.Receive(1000, Key('2', 320)), std::nullopt);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(receiver.Receive(1000, Key('2', 800, true)), std::nullopt);
}

TEST(DtmfReceiver, CountsTheSameKeyAgainUnderANewTimestamp) {
  DtmfReceiver receiver;
  EXPECT_EQ(receiver.Receive(1000, Key('2', 800, true)), '2');
  EXPECT_EQ(receiver.Receive(2600, Key('2', 160)), '2');
}

TEST(DtmfReceiver, ReportsAPressOfWhichOnlyTheEndArrives) {
  DtmfReceiver receiver;
  EXPECT_EQ(receiver.Receive(5, Key('#', 800, true)), '#');
}

TEST(DtmfReceiver, IgnoresAnEarlierPressThatArrivesLateAlsoAcrossTheWrap) {
  DtmfReceiver receiver;
  EXPECT_EQ(receiver.Receive(100, Key('5', 160)), '5');
  EXPECT_EQ(receiver.Receive(0xffffff00, Key('4', 800, true)), std::nullopt);
}

TEST(DtmfReceiver, TakesTheSegmentsOfALongPressAsOne) {
  DtmfReceiver receiver;
  EXPECT_EQ(receiver.Receive(0, Key('9', 0xffff)), '9');
  EXPECT_EQ(receiver.Receive(0xffff, Key('9', 160)), std::nullopt);
  EXPECT_EQ(receiver.Receive(0xffff, Key('9', 320, true)), std::nullopt);
}

TEST(DtmfReceiver, IgnoresEventsThatAreNoKeyAndPayloadsThatAreCutOff) {
  DtmfReceiver receiver;
  const std::array<std::byte, 4> flash{std::byte{16}};
  EXPECT_EQ(receiver.Receive(1, flash), std::nullopt);
  EXPECT_EQ(receiver.Receive(1, std::span(flash).first(3)), std::nullopt);
  EXPECT_EQ(receiver.Receive(1, Key('1', 160)), '1');
}

TEST(DtmfSender, SendsAGrowingPressAndItsEndThreeTimes) {
  DtmfSender sender;
  DtmfReceiver receiver;
  sender.Press('7', 4000);
  int packets = 0;
  int ends = 0;
  int keys = 0;
  uint16_t duration = 0;
  while (sender.sending()) {
    const DtmfSender::Packet packet = sender.Next();
    EXPECT_EQ(packet.marker, packets == 0);
    EXPECT_EQ(packet.timestamp, 4000u);
    EXPECT_GE(packet.event.duration, duration);
    duration = packet.event.duration;
    std::array<std::byte, 4> payload;
    WriteTelephoneEvent(packet.event, payload);
    if (receiver.Receive(packet.timestamp, payload).has_value()) ++keys;
    ends += packet.event.end ? 1 : 0;
    ++packets;
  }
  EXPECT_EQ(keys, 1);
  EXPECT_EQ(ends, 3);
  EXPECT_EQ(packets, 9);
}

}  // namespace
}  // namespace lintel::media
