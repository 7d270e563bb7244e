// The SIP thread's side of the audio worker: opens and closes legs, gives orders, hands events on. Slots, ports and
// credentials are kept here.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "telephony/media/sdp/sdp.h"
#include "telephony/media/worker/handshaker.h"
#include "telephony/media/worker/leg.h"
#include "telephony/media/worker/port_pool.h"
#include "telephony/media/worker/worker.h"

namespace lintel::media {

// What our description of a leg says, and the leg's name.
struct OpenedLeg {
  LegKey key;
  LocalAudio local;
};

class AudioHub {
 public:
  // `rtp_host` is what SDP names; `shared_port` the worker's. `fingerprint` is the node's.
  AudioHub(std::string rtp_host, uint16_t shared_port, std::string fingerprint, size_t legs, PortPool ports,
           WorkerRings& rings, Handshaker& handshaker);

  // A leg whose peer is known already: a caller. A trunk's known address shares the worker's port.
  absl::StatusOr<OpenedLeg> OpenFor(const RemoteAudio& remote, bool known_peer);
  // A leg that is offered to a peer yet unknown: an agent.
  absl::StatusOr<OpenedLeg> OpenOffer(bool secure);
  // The peer's answer to an offer, or a new description of any leg.
  void SetRemote(const OpenedLeg& leg, const RemoteAudio& remote);
  void Close(LegKey key);

  void Play(LegKey key, int64_t play_id, std::vector<PromptPtr> prompts, bool loop);
  void StopPlaying(LegKey key);
  void Bridge(LegKey caller, LegKey agent, uint64_t recording);
  void Unbridge(LegKey caller);

  // Takes what the worker has told. `handle` gets every event but PlayEnded of stopped lists, which are only freed.
  void TakeEvents(const std::function<void(WorkerEvent&)>& handle);

  size_t open_legs() const { return open_; }

 private:
  absl::StatusOr<LegKey> TakeSlot();
  void Command(WorkerCommand command);
  void SendBacklog();
  LegMedia MediaOf(const RemoteAudio& remote) const;

  const std::string rtp_host_;
  const uint16_t shared_port_;
  const std::string fingerprint_;
  PortPool ports_;
  WorkerRings& rings_;
  Handshaker& handshaker_;
  std::vector<uint32_t> generations_;
  std::vector<uint32_t> free_slots_;
  std::set<PeerAddress> shared_peers_;
  absl::flat_hash_map<uint32_t, PeerAddress> peer_of_slot_;
  absl::flat_hash_map<uint32_t, uint32_t> ssrc_of_slot_;
  std::vector<WorkerCommand> backlog_;  // What the ring had no room for.
  size_t open_ = 0;
};

}  // namespace lintel::media
