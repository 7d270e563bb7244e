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

// What a receiver makes of `ticks` ticks of a sender.
std::string Received(DtmfSender& sender, int ticks) {
  DtmfReceiver receiver;
  std::string keys;
  for (uint32_t tick = 0; tick < static_cast<uint32_t>(ticks); ++tick) {
    const std::optional<DtmfSender::Packet> packet = sender.Next(4000 + 160 * tick);
    if (!packet.has_value()) continue;
    std::array<std::byte, 4> payload;
    WriteTelephoneEvent(packet->event, payload);
    if (const auto key = receiver.Receive(packet->timestamp, payload)) keys += *key;
  }
  return keys;
}

TEST(DtmfSender, SendsAGrowingPressAndItsEndThreeTimes) {
  DtmfSender sender;
  EXPECT_FALSE(sender.Next(3840).has_value());
  sender.Press('7');
  int ends = 0;
  uint16_t duration = 0;
  for (uint32_t tick = 0; tick < 9; ++tick) {
    const std::optional<DtmfSender::Packet> packet = sender.Next(4000 + 160 * tick);
    ASSERT_TRUE(packet.has_value()) << tick;
    EXPECT_EQ(packet->event.event, 7);
    EXPECT_EQ(packet->marker, tick == 0);
    EXPECT_EQ(packet->timestamp, 4000u);
    EXPECT_GE(packet->event.duration, duration);
    duration = packet->event.duration;
    ends += packet->event.end ? 1 : 0;
  }
  EXPECT_EQ(ends, 3);
  EXPECT_EQ(duration, 7 * 160);
  EXPECT_FALSE(sender.Next(9000).has_value());
}

TEST(DtmfSender, SendsKeysPressedFasterThanItSendsInTheirOrder) {
  DtmfSender sender;
  for (const char key : std::string("1003*")) sender.Press(key);
  EXPECT_EQ(Received(sender, 5 * 11), "1003*");
}

TEST(DtmfSender, LeavesAPauseForAudioBetweenTwoPresses) {
  DtmfSender sender;
  sender.Press('5');
  sender.Press('5');
  EXPECT_EQ(Received(sender, 11), "5");
  EXPECT_TRUE(sender.Next(8000)->marker);
}

TEST(DtmfSender, ForgetsWhatIsPressedBeyondItsBound) {
  DtmfSender sender;
  for (int i = 0; i < 100; ++i) sender.Press('1');
  sender.Press('x');
  EXPECT_EQ(Received(sender, 100 * 11), std::string(16, '1'));
}

}  // namespace
}  // namespace lintel::media
