// Keys sent as RTP events (RFC 4733): a receiver that counts each press once, and a sender. Pure.
#pragma once

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

// Sends one press at a time: an update per 20 ms tick, then the end three times (§2.5.1.4).
class DtmfSender {
 public:
  struct Packet {
    bool marker = false;
    uint32_t timestamp = 0;
    TelephoneEvent event;
  };

  // Starts a press of `kPressTicks` ticks whose timestamp is the next packet's. Ignored while another one is sent.
  void Press(char key, uint32_t timestamp);
  bool sending() const { return left_ > 0; }
  // The packet of this tick. Call only while sending().
  Packet Next();

 private:
  static constexpr int kPressTicks = 6;
  static constexpr int kEndRepeats = 3;
  int left_ = 0;
  uint32_t timestamp_ = 0;
  TelephoneEvent event_;
};

}  // namespace lintel::media
