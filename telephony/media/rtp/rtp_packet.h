// RTP packets (RFC 3550 §5.1): reading what arrived and writing the header of what is sent. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace lintel::media {

inline constexpr size_t kRtpHeaderSize = 12;
// The largest datagram a leg accepts; audio of 20 ms needs 172 bytes, DTLS flights stay below a usual MTU.
inline constexpr size_t kLongestDatagram = 1500;

struct RtpPacket {
  uint8_t payload_type = 0;
  bool marker = false;
  uint16_t sequence = 0;
  uint32_t timestamp = 0;
  uint32_t ssrc = 0;
  std::span<const std::byte> payload;  // Points into the datagram; padding and extensions are left out.
};

// Nothing when the datagram is no RTP version 2 packet, or its lengths do not fit.
std::optional<RtpPacket> ParseRtp(std::span<const std::byte> datagram);

// Writes the 12 bytes of a header without extensions; `packet.payload` is ignored.
void WriteRtpHeader(const RtpPacket& packet, std::span<std::byte, kRtpHeaderSize> out);

// What a datagram on a port shared by STUN, DTLS, RTP and RTCP is (RFC 7983 §7, RFC 5761 §4).
enum class DatagramKind { kStun, kDtls, kRtp, kRtcp, kUnknown };
DatagramKind KindOf(std::span<const std::byte> datagram);

}  // namespace lintel::media
