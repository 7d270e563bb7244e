// The tick: commands, sockets, and who gets heard.
#include "telephony/media/worker/worker.h"

#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

namespace lintel::media {
namespace {

constexpr int64_t kTickUs = 20'000;
constexpr int64_t kLateUs = 10'000;
constexpr size_t kOwnBatch = 8;
constexpr int kSharedBatches = 128;  // Bounds a tick under a flood; the kernel drops the rest.

int64_t MonotonicUs() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

void Wake(int descriptor) {
  if (descriptor < 0) return;
  const uint64_t one = 1;
  const ssize_t written = write(descriptor, &one, sizeof(one));
  (void)written;  // A full counter means the other side is awake.
}

}  // namespace

Worker::Worker(size_t legs, DatagramPort& shared, WorkerRings& rings)
    : shared_(shared), rings_(rings), slots_(legs), received_(kDatagramBatch), to_send_(kDatagramBatch) {
  active_.reserve(legs);
  peers_.reserve(2 * legs);
  Encode(Codec::kALaw, 0);  // Builds the tables before the first tick.
}

Worker::~Worker() { Stop(); }

void Worker::Start() {
  thread_ = std::thread([this] { Run(stop_); });
}

void Worker::Stop() {
  stop_.store(true);
  if (thread_.joinable()) thread_.join();
}

void Worker::Run(const std::atomic<bool>& stop) {
  prctl(PR_SET_NAME, "audio");
  // Audio goes before everything else where the system lets it.
  const sched_param first{.sched_priority = 10};
  pthread_setschedparam(pthread_self(), SCHED_RR, &first);
  int64_t due = MonotonicUs();
  while (!stop.load(std::memory_order_relaxed)) {
    const timespec until{.tv_sec = due / 1'000'000, .tv_nsec = due % 1'000'000 * 1000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    const int64_t now = MonotonicUs();
    if (now - due > kLateUs) counters_.late_ticks.fetch_add(1, std::memory_order_relaxed);
    Tick(now);
    due += kTickUs;
    // After a long stall the missed ticks are not made up for: their audio is stale.
    if (now - due > 5 * kTickUs) due = now + kTickUs;
  }
}

void Worker::Tick(int64_t now_us) {
  counters_.ticks.fetch_add(1, std::memory_order_relaxed);
  TakeCommands();
  ReceiveShared(now_us);
  for (const uint32_t slot : active_) {
    if (slots_[slot]->own_port != nullptr) ReceiveOwn(*slots_[slot], now_us);
  }
  for (const uint32_t slot : active_) PlayOut(*slots_[slot], now_us);
  FlushShared();
  for (size_t i = active_.size(); i > 0; --i) {
    Leg& leg = *slots_[active_[i - 1]];
    if (leg.leaving) Leave(leg);
  }
  if (told_) Wake(rings_.wake_sip);
  if (handshaking_) Wake(rings_.wake_handshaker);
  told_ = handshaking_ = false;
}

void Worker::TakeCommands() {
  while (rings_.commands.TryTake([this](WorkerCommand& command) {
    Obey(command);
    command = std::monostate{};
  })) {
  }
  while (rings_.handshakes.TryTake([this](HandshakeResult& result) {
    Take(result);
    result = std::monostate{};
  })) {
  }
}

Leg* Worker::Find(LegKey key) {
  if (key.slot >= slots_.size()) return nullptr;
  Leg* const leg = slots_[key.slot].get();
  return leg != nullptr && leg->key == key && !leg->leaving ? leg : nullptr;
}

void Worker::Obey(WorkerCommand& command) {
  if (auto* add = std::get_if<AddLeg>(&command)) {
    const uint32_t slot = add->leg->key.slot;
    slots_[slot] = std::move(add->leg);
    active_.push_back(slot);
    Leg& leg = *slots_[slot];
    leg.jitter.SetCodec(leg.media.codec);
    if (leg.own_port == nullptr && leg.media.peer != 0) Listen(leg.media.peer, leg);
  } else if (const auto* remove = std::get_if<RemoveLeg>(&command)) {
    if (Leg* const leg = Find(remove->leg)) leg->leaving = true;
  } else if (const auto* set = std::get_if<SetMedia>(&command)) {
    Leg* const leg = Find(set->leg);
    if (leg == nullptr) return;
    const PeerAddress before = leg->media.peer;
    leg->media = set->media;
    if (leg->secure || set->media.peer == 0) leg->media.peer = before;  // ICE decides for secure legs.
    if (leg->media.peer != before) leg->source = 0;
    if (leg->own_port == nullptr && leg->media.peer != 0) Listen(leg->media.peer, *leg);
    leg->jitter.SetCodec(leg->media.codec);
  } else if (auto* play = std::get_if<Play>(&command)) {
    Leg* const leg = Find(play->leg);
    if (leg == nullptr) {
      Tell(PlayEnded{.leg = play->leg, .playlist = std::move(play->playlist)});
      return;
    }
    EndPlay(*leg, false);
    leg->playing = std::move(play->playlist);
  } else if (const auto* stop = std::get_if<StopPlay>(&command)) {
    if (Leg* const leg = Find(stop->leg)) EndPlay(*leg, false);
  } else if (const auto* bridge = std::get_if<Bridge>(&command)) {
    Leg* const caller = Find(bridge->caller);
    Leg* const agent = Find(bridge->agent);
    if (caller == nullptr || agent == nullptr) return;
    DropBridge(*caller);
    DropBridge(*agent);
    caller->jitter.Pause();
    agent->jitter.Pause();
    caller->partner = agent->key;
    agent->partner = caller->key;
    caller->leads = true;
    caller->recording = bridge->recording;
  } else if (const auto* unbridge = std::get_if<Unbridge>(&command)) {
    if (Leg* const leg = Find(unbridge->caller)) DropBridge(*leg);
  }
}

void Worker::Take(HandshakeResult& result) {
  if (const auto* found = std::get_if<PeerFound>(&result)) {
    Leg* const leg = Find(found->leg);
    if (leg == nullptr) return;
    leg->media.peer = found->peer;
    leg->source = found->peer;
    Listen(found->peer, *leg);
  } else if (auto* agreed = std::get_if<KeysAgreed>(&result)) {
    Leg* const leg = Find(agreed->leg);
    if (leg == nullptr) return;
    leg->srtp = std::move(agreed->srtp);
    Tell(LegSecured{leg->key});
  }
}

void Worker::Listen(PeerAddress peer, Leg& leg) {
  if (peers_.size() < slots_.size() * 2 - 1) peers_[peer] = leg.key.slot;
}

void Worker::DropBridge(Leg& leg) {
  // One that talks to somebody else by now keeps its bridge.
  if (Leg* const partner = Find(leg.partner); partner != nullptr && partner->partner == leg.key) {
    partner->partner = LegKey{};
    partner->leads = false;
    partner->recording = 0;
  }
  leg.partner = LegKey{};
  leg.leads = false;
  leg.recording = 0;
}

void Worker::ReceiveShared(int64_t now_us) {
  for (int batch = 0; batch < kSharedBatches; ++batch) {
    const size_t got = shared_.Receive(received_);
    for (size_t i = 0; i < got; ++i) {
      Datagram& datagram = received_[i];
      const DatagramKind kind = KindOf(datagram.data());
      if (kind == DatagramKind::kStun || kind == DatagramKind::kDtls) {
        handshaking_ |= rings_.secure_datagrams.TryFill([&](Datagram& slot) {
          slot.peer = datagram.peer;
          slot.size = datagram.size;
          std::copy_n(datagram.bytes.begin(), datagram.size, slot.bytes.begin());
        });
        continue;
      }
      const auto found = peers_.find(datagram.peer);
      Leg* const leg = found == peers_.end() ? nullptr : slots_[found->second].get();
      if (leg == nullptr || kind != DatagramKind::kRtp) {
        if (kind != DatagramKind::kRtcp) counters_.packets_refused.fetch_add(1, std::memory_order_relaxed);
        continue;
      }
      Hear(*leg, datagram, now_us);
    }
    if (got < received_.size()) return;
  }
}

void Worker::ReceiveOwn(Leg& leg, int64_t now_us) {
  const size_t got = leg.own_port->Receive(std::span(received_).first(kOwnBatch));
  for (size_t i = 0; i < got; ++i) {
    const DatagramKind kind = KindOf(received_[i].data());
    if (kind == DatagramKind::kRtp) {
      Hear(leg, received_[i], now_us);
    } else if (kind != DatagramKind::kRtcp) {
      Refuse(leg);
    }
  }
}

// Symmetric RTP: the first source is kept. Only the address SDP named may take its place.
bool Worker::AcceptSource(Leg& leg, PeerAddress peer) {
  if (leg.source == peer) return true;
  if (leg.source != 0 && peer != leg.media.peer) return false;
  leg.source = peer;
  return true;
}

void Worker::Refuse(Leg& leg) {
  ++leg.packets_refused;
  counters_.packets_refused.fetch_add(1, std::memory_order_relaxed);
}

void Worker::Hear(Leg& leg, Datagram& datagram, int64_t now_us) {
  size_t size = datagram.size;
  if (leg.secure) size = leg.srtp == nullptr ? 0 : leg.srtp->Unprotect(datagram.data());
  const std::optional<RtpPacket> packet = ParseRtp(std::span(datagram.bytes).first(size));
  if (!packet.has_value() || !AcceptSource(leg, datagram.peer)) {
    return Refuse(leg);
  }
  counters_.packets_received.fetch_add(1, std::memory_order_relaxed);
  leg.heard_us = now_us;
  leg.reported_silent = false;
  if (leg.media.events && packet->payload_type == leg.media.event_type) {
    leg.jitter.Count(*packet);
    const std::optional<char> key = leg.keys_in.Receive(packet->timestamp, packet->payload);
    if (!key.has_value()) return;
    Tell(KeyPressed{.leg = leg.key, .key = *key});
    if (Leg* const partner = Find(leg.partner)) {
      if (partner->media.events) partner->keys_out.Press(*key);
    }
    return;
  }
  const bool mu_law = packet->payload_type == static_cast<uint8_t>(Codec::kMuLaw);
  if (!mu_law && packet->payload_type != static_cast<uint8_t>(Codec::kALaw)) {
    return leg.jitter.Count(*packet);  // Comfort noise and the like: not audio for us, and not lost.
  }
  leg.jitter.SetCodec(mu_law ? Codec::kMuLaw : Codec::kALaw);
  leg.jitter.Push(*packet, now_us);
}

void Worker::Leave(Leg& leg) {
  DropBridge(leg);
  EndPlay(leg, false);
  if (leg.playing != nullptr) return;  // The ring was full; the next tick tries again.
  const uint32_t slot = leg.key.slot;
  if (leg.own_port == nullptr) {
    absl::erase_if(peers_, [slot](const auto& entry) { return entry.second == slot; });
  }
  WorkerEvent event = LegRemoved{std::move(slots_[slot])};
  if (!Tell(std::move(event))) {
    slots_[slot] = std::move(std::get<LegRemoved>(event).leg);
    return;
  }
  active_.erase(std::find(active_.begin(), active_.end(), slot));
}

void Worker::EndPlay(Leg& leg, bool to_the_end) {
  if (leg.playing == nullptr) return;
  WorkerEvent event = PlayEnded{.leg = leg.key, .playlist = std::move(leg.playing), .to_the_end = to_the_end};
  if (!Tell(std::move(event))) leg.playing = std::move(std::get<PlayEnded>(event).playlist);
}

bool Worker::Tell(WorkerEvent&& event) {
  if (!rings_.events.TryPush(std::move(event))) {
    counters_.events_dropped.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  told_ = true;
  return true;
}

}  // namespace lintel::media
