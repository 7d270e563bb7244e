#include "tests/bench/rtp_leg.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace lintel::bench {
namespace {

constexpr int kSamples = 160;
constexpr int kDigitFrames = 5;
constexpr uint8_t kDigit = 9;
constexpr auto kLate = std::chrono::milliseconds(40);
constexpr uint8_t kMuLaw = 0;
constexpr uint8_t kEvent = 101;

void WriteHeader(uint8_t* packet, uint8_t type, bool marker, uint16_t sequence, uint32_t time) {
  packet[0] = 0x80;
  packet[1] = static_cast<uint8_t>(type | (marker ? 0x80 : 0));
  const uint16_t network_sequence = htons(sequence);
  const uint32_t network_time = htonl(time);
  const uint32_t source = htonl(0x4c494e54);
  std::memcpy(packet + 2, &network_sequence, 2);
  std::memcpy(packet + 4, &network_time, 4);
  std::memcpy(packet + 8, &source, 4);
}

}  // namespace

void AudioCounts::Add(const AudioCounts& other) {
  sent += other.sent;
  received += other.received;
  late += other.late;
  digits += other.digits;
  worst_gap = std::max(worst_gap, other.worst_gap);
}

RtpLeg::RtpLeg(in_addr host, int port) : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
  sockaddr_in local{};
  local.sin_family = AF_INET;
  local.sin_addr = host;
  local.sin_port = htons(static_cast<uint16_t>(port));
  if (bind(socket_, reinterpret_cast<sockaddr*>(&local), sizeof local) != 0) {
    close(socket_);
    socket_ = -1;
  }
}

RtpLeg::~RtpLeg() {
  if (socket_ >= 0) close(socket_);
}

void RtpLeg::Send(int64_t tick, int64_t digit_every) {
  std::array<uint8_t, 12 + kSamples> packet;
  const uint32_t time = static_cast<uint32_t>(tick * kSamples);
  const int64_t frame = tick % digit_every;
  size_t length = packet.size();
  if (frame < kDigitFrames) {
    if (frame == 0) event_start_ = time;
    WriteHeader(packet.data(), kEvent, frame == 0, sequence_++, event_start_);
    const bool end = frame == kDigitFrames - 1;
    const uint16_t duration = htons(static_cast<uint16_t>((frame + 1) * kSamples));
    packet[12] = kDigit;
    packet[13] = static_cast<uint8_t>((end ? 0x80 : 0) | 10);
    std::memcpy(packet.data() + 14, &duration, 2);
    length = 16;
    counts_.digits += end ? 1 : 0;
  } else {
    WriteHeader(packet.data(), kMuLaw, false, sequence_++, time);
    std::memset(packet.data() + 12, 0xff, kSamples);  // Silence.
  }
  if (sendto(socket_, packet.data(), length, 0, reinterpret_cast<const sockaddr*>(&peer_), sizeof peer_) > 0) {
    ++counts_.sent;
  }
}

void RtpLeg::Receive(Clock::time_point now) {
  std::array<uint8_t, 2048> packet;
  while (recv(socket_, packet.data(), packet.size(), 0) > 0) {
    ++counts_.received;
    if (last_ != Clock::time_point{}) {
      const auto gap = now - last_;
      counts_.late += gap > kLate ? 1 : 0;
      counts_.worst_gap = std::max<std::chrono::nanoseconds>(counts_.worst_gap, gap);
    }
    last_ = now;
  }
}

AudioCounts RtpLeg::Take() { return std::exchange(counts_, AudioCounts{}); }

}  // namespace lintel::bench
