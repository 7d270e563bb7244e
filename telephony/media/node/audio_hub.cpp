#include "telephony/media/node/audio_hub.h"

#include <openssl/rand.h>

#include <utility>

#include "platform/ids/ids.h"

namespace lintel::media {
namespace {

uint32_t RandomNumber() {
  uint32_t number = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof(number));
  return number;
}

}  // namespace

AudioHub::AudioHub(std::string rtp_host, uint16_t shared_port, std::string fingerprint, size_t legs, PortPool ports,
                   WorkerRings& rings, Handshaker& handshaker)
    : rtp_host_(std::move(rtp_host)),
      shared_port_(shared_port),
      fingerprint_(std::move(fingerprint)),
      ports_(std::move(ports)),
      rings_(rings),
      handshaker_(handshaker),
      generations_(legs, 0) {
  for (size_t slot = legs; slot > 0; --slot) free_slots_.push_back(static_cast<uint32_t>(slot - 1));
}

absl::StatusOr<LegKey> AudioHub::TakeSlot() {
  if (free_slots_.empty()) return absl::ResourceExhaustedError("every leg of the node is in use");
  const uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  ++open_;
  return LegKey{.slot = slot, .generation = ++generations_[slot]};
}

LegMedia AudioHub::MediaOf(const RemoteAudio& remote) const {
  return {.peer = remote.secure ? 0 : ToPeer(remote.address, remote.port),
          .codec = remote.codec,
          .event_type = remote.event_type,
          .events = remote.events,
          .receives = remote.receives};
}

absl::StatusOr<OpenedLeg> AudioHub::OpenFor(const RemoteAudio& remote, bool known_peer) {
  if (remote.secure) {
    absl::StatusOr<OpenedLeg> opened = OpenOffer(true);
    if (opened.ok()) SetRemote(*opened, remote);
    return opened;
  }
  const LegMedia media = MediaOf(remote);
  const bool shares = known_peer && media.peer != 0 && !shared_peers_.contains(media.peer);
  std::unique_ptr<UdpPort> own;
  if (!shares) {
    auto taken = ports_.Take(PortPool::Time::clock::now());
    if (!taken.ok()) return taken.status();
    own = *std::move(taken);
  }
  const absl::StatusOr<LegKey> key = TakeSlot();
  if (!key.ok()) return key.status();
  const uint16_t port = shares ? shared_port_ : own->port();
  auto leg = std::make_unique<Leg>(*key, RandomNumber());
  leg->media = media;
  leg->own_port = std::move(own);
  if (shares) {
    shared_peers_.insert(media.peer);
    peer_of_slot_[key->slot] = media.peer;
  }
  Command(AddLeg{std::move(leg)});
  return OpenedLeg{.key = *key, .local = {.address = rtp_host_, .port = port, .session_id = RandomNumber()}};
}

absl::StatusOr<OpenedLeg> AudioHub::OpenOffer(bool secure) {
  std::unique_ptr<UdpPort> own;
  if (!secure) {
    auto taken = ports_.Take(PortPool::Time::clock::now());
    if (!taken.ok()) return taken.status();
    own = *std::move(taken);
  }
  const absl::StatusOr<LegKey> key = TakeSlot();
  if (!key.ok()) return key.status();
  OpenedLeg opened{.key = *key,
                   .local = {.address = rtp_host_,
                             .port = secure ? shared_port_ : own->port(),
                             .session_id = RandomNumber(),
                             .secure = secure}};
  if (secure) {
    opened.local.ice_ufrag = RandomHex(6);
    opened.local.ice_pwd = RandomHex(16);
    opened.local.fingerprint = fingerprint_;
  }
  auto leg = std::make_unique<Leg>(*key, RandomNumber());
  leg->secure = secure;
  leg->own_port = std::move(own);
  ssrc_of_slot_[key->slot] = leg->ssrc;
  Command(AddLeg{std::move(leg)});
  return opened;
}

void AudioHub::SetRemote(const OpenedLeg& leg, const RemoteAudio& remote) {
  Command(SetMedia{.leg = leg.key, .media = MediaOf(remote)});
  if (!remote.secure) return;
  handshaker_.Add({.key = leg.key,
                   .ssrc = ssrc_of_slot_[leg.key.slot],
                   .local_ufrag = leg.local.ice_ufrag,
                   .local_pwd = leg.local.ice_pwd,
                   .fingerprint = remote.fingerprint});
}

void AudioHub::Close(LegKey key) {
  Command(RemoveLeg{key});
  handshaker_.Remove(key);
}

void AudioHub::Play(LegKey key, int64_t play_id, std::vector<PromptPtr> prompts, bool loop) {
  auto list = std::make_unique<Playlist>();
  list->play_id = play_id;
  list->prompts = std::move(prompts);
  list->loop = loop;
  Command(media::Play{.leg = key, .playlist = std::move(list)});
}

void AudioHub::StopPlaying(LegKey key) { Command(StopPlay{key}); }

void AudioHub::Bridge(LegKey caller, LegKey agent, uint64_t recording) {
  Command(media::Bridge{.caller = caller, .agent = agent, .recording = recording});
}

void AudioHub::Unbridge(LegKey caller) { Command(media::Unbridge{caller}); }

// Order is kept: nothing overtakes what waits in the backlog.
void AudioHub::Command(WorkerCommand command) {
  SendBacklog();
  // NOLINTNEXTLINE(bugprone-use-after-move): TryPush takes it only when there is room.
  if (!backlog_.empty() || !rings_.commands.TryPush(std::move(command))) backlog_.push_back(std::move(command));
}

void AudioHub::SendBacklog() {
  size_t sent = 0;
  while (sent < backlog_.size() && rings_.commands.TryPush(std::move(backlog_[sent]))) ++sent;
  backlog_.erase(backlog_.begin(), backlog_.begin() + static_cast<ptrdiff_t>(sent));
}

void AudioHub::TakeEvents(const std::function<void(WorkerEvent&)>& handle) {
  SendBacklog();
  while (rings_.events.TryTake([&](WorkerEvent& event) {
    WorkerEvent own = std::exchange(event, WorkerEvent{});
    if (const auto* ended = std::get_if<PlayEnded>(&own); ended != nullptr && !ended->to_the_end) return;
    handle(own);
    const auto* removed = std::get_if<LegRemoved>(&own);
    if (removed == nullptr) return;
    const Leg& leg = *removed->leg;
    if (leg.own_port != nullptr) ports_.GiveBack(leg.own_port->port(), PortPool::Time::clock::now());
    const auto shared = peer_of_slot_.find(leg.key.slot);
    if (shared != peer_of_slot_.end()) {
      shared_peers_.erase(shared->second);
      peer_of_slot_.erase(shared);
    }
    ssrc_of_slot_.erase(leg.key.slot);
    free_slots_.push_back(leg.key.slot);
    --open_;
  })) {
  }
}

}  // namespace lintel::media
