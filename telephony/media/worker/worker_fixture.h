// A worker whose ticks the test drives, on a port whose datagrams the test gives and takes.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <numbers>

#include "telephony/media/testing/tone.h"
#include "telephony/media/worker/worker.h"

namespace lintel::media {

inline constexpr size_t kLegs = 8;
inline const PeerAddress kCaller = ToPeer("127.0.0.9", 4000);
inline const PeerAddress kAgent = ToPeer("127.0.0.9", 5000);
inline const PeerAddress kStranger = ToPeer("127.0.0.66", 4000);

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

}  // namespace lintel::media
