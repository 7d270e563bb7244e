// Keys sent as RTP events (RFC 4733): a receiver that counts each press once, and a sender. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace lintel::media {

inline constexpr size_t kTelephoneEventSize = 4;

// One telephone-event payload (RFC 4733 §2.3).
struct TelephoneEvent {
  uint8_t event = 0;
  bool end = false;
  uint8_t volume = 10;    // -dBm0
  uint16_t duration = 0;  // Timestamp units since the event's timestamp.
};

std::optional<TelephoneEvent> ParseTelephoneEvent(std::span<const std::byte> payload);
void WriteTelephoneEvent(const TelephoneEvent& event, std::span<std::byte, kTelephoneEventSize> out);

// '0'-'9', '*', '#', 'A'-'D' for events 0-15; nothing for the others.
std::optional<char> KeyOf(uint8_t event);
std::optional<uint8_t> EventOf(char key);

// Turns the packets of presses into keys. A press is its timestamp: repeats, retransmitted ends and packets that
// arrive late count nothing; a press longer than 8.1 s continues under a new timestamp (§2.5.1.3) and is still one.
class DtmfReceiver {
 public:
  // The key, on the first packet of a press that arrives: a caller's key acts when pressed, not when released.
  std::optional<char> Receive(uint32_t timestamp, std::span<const std::byte> payload);

 private:
  bool seen_ = false;
  uint8_t event_ = 0;
  uint16_t duration_ = 0;
  uint32_t timestamp_ = 0;
};

// Sends presses one after the other: each an update per 20 ms tick, then the end three times (§2.5.1.4) and a pause.
class DtmfSender {
 public:
  struct Packet {
    bool marker = false;
    uint32_t timestamp = 0;
    TelephoneEvent event;
  };

  // Keys pressed faster than they can be sent wait for each other; beyond kMostWaiting they are lost.
  void Press(char key);
  // Once per tick: its packet, or nothing when it is free for audio. A press bears the `timestamp` of its first tick.
  std::optional<Packet> Next(uint32_t timestamp);

 private:
  static constexpr int kPressTicks = 6;
  static constexpr int kEndRepeats = 3;
  static constexpr int kPauseTicks = 2;  // So that one key twice is heard as two.
  static constexpr size_t kMostWaiting = 16;
  std::array<uint8_t, kMostWaiting> waiting_{};
  size_t waiting_count_ = 0;
  int left_ = 0;
  int pause_ = 0;
  uint32_t timestamp_ = 0;
  TelephoneEvent event_;
};

}  // namespace lintel::media
