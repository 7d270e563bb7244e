#include "telephony/media/rtp/rtp_packet.h"

#include "telephony/media/rtp/bytes.h"

namespace lintel::media {

std::optional<RtpPacket> ParseRtp(std::span<const std::byte> datagram) {
  if (datagram.size() < kRtpHeaderSize) return std::nullopt;
  const uint8_t first = ReadU8(datagram, 0);
  if (first >> 6 != 2) return std::nullopt;
  const bool padded = (first & 0x20) != 0;
  const bool extended = (first & 0x10) != 0;

  size_t begin = kRtpHeaderSize + 4u * (first & 0x0f);  // Contributing sources follow the header.
  if (begin > datagram.size()) return std::nullopt;
  if (extended) {
    if (begin + 4 > datagram.size()) return std::nullopt;
    begin += 4 + 4u * ReadU16(datagram, begin + 2);
    if (begin > datagram.size()) return std::nullopt;
  }
  size_t end = datagram.size();
  if (padded) {
    const size_t padding = ReadU8(datagram, end - 1);
    if (padding == 0 || padding > end - begin) return std::nullopt;
    end -= padding;
  }
  const uint8_t second = ReadU8(datagram, 1);
  return RtpPacket{.payload_type = static_cast<uint8_t>(second & 0x7f),
                   .marker = (second & 0x80) != 0,
                   .sequence = ReadU16(datagram, 2),
                   .timestamp = ReadU32(datagram, 4),
                   .ssrc = ReadU32(datagram, 8),
                   .payload = datagram.subspan(begin, end - begin)};
}

void WriteRtpHeader(const RtpPacket& packet, std::span<std::byte, kRtpHeaderSize> out) {
  WriteU8(out, 0, 0x80);
  WriteU8(out, 1, static_cast<uint8_t>((packet.marker ? 0x80 : 0) | (packet.payload_type & 0x7f)));
  WriteU16(out, 2, packet.sequence);
  WriteU32(out, 4, packet.timestamp);
  WriteU32(out, 8, packet.ssrc);
}

DatagramKind KindOf(std::span<const std::byte> datagram) {
  if (datagram.empty()) return DatagramKind::kUnknown;
  const uint8_t first = ReadU8(datagram, 0);
  if (first <= 3) return DatagramKind::kStun;
  if (first >= 20 && first <= 63) return DatagramKind::kDtls;
  if (first < 128 || first > 191 || datagram.size() < 2) return DatagramKind::kUnknown;
  const uint8_t second = ReadU8(datagram, 1);
  return second >= 192 && second <= 223 ? DatagramKind::kRtcp : DatagramKind::kRtp;
}

}  // namespace lintel::media
