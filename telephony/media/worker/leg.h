// One leg's audio as the worker sees it, and the words the SIP thread and the worker exchange about it. A leg is made
// and freed by the SIP thread and used by the worker alone in between.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "telephony/media/audio/prompt.h"
#include "telephony/media/rtp/dtmf.h"
#include "telephony/media/rtp/jitter_buffer.h"
#include "telephony/media/secure/srtp_session.h"
#include "telephony/media/worker/datagram_port.h"

namespace lintel::media {

// Names a leg between threads. The generation keeps late words about a former holder of the slot from the present one.
struct LegKey {
  uint32_t slot = 0;
  uint32_t generation = 0;  // 0: no leg
  bool operator==(const LegKey&) const = default;
};

// What one side has said in SDP.
struct LegMedia {
  PeerAddress peer = 0;  // Where to send; 0 until ICE has found it.
  Codec codec = Codec::kALaw;
  uint8_t event_type = 101;
  bool events = false;
  bool receives = true;  // False: on hold, send nothing.
};

// Prompts to be played one after the other. The worker hands it back to be freed.
struct Playlist {
  int64_t play_id = 0;
  std::vector<PromptPtr> prompts;
  bool loop = false;
  size_t prompt = 0;  // The worker's place.
  size_t frame = 0;
};

struct Leg {
  explicit Leg(LegKey its_key, uint32_t its_ssrc) : key(its_key), jitter(Codec::kALaw), ssrc(its_ssrc) {}

  const LegKey key;
  LegMedia media;
  bool secure = false;
  std::unique_ptr<UdpPort> own_port;  // Empty: the worker's shared port, told apart by peer.
  std::unique_ptr<SrtpSession> srtp;
  JitterBuffer jitter;
  DtmfReceiver keys_in;
  DtmfSender keys_out;
  std::unique_ptr<Playlist> playing;
  LegKey partner;
  uint64_t recording = 0;        // On the caller's leg of a recorded bridge.
  uint32_t recorded_frames = 0;  // Of its call's recording, which goes on in a second bridge.
  bool leads = false;            // The caller's leg of a bridge: it is handled for both.
  PeerAddress source = 0;        // Where audio was first heard from; no other source is listened to.
  uint32_t ssrc;
  uint32_t timestamp = 0;
  uint16_t sequence = 0;
  bool talking = false;  // The previous tick sent audio: no marker.
  int64_t heard_us = 0;  // When the last good packet came.
  bool reported_silent = false;
  bool leaving = false;
  uint64_t packets_sent = 0;
  uint64_t packets_refused = 0;  // Wrong source, forged, malformed.
};

// ---- From the SIP thread to the worker ----
struct AddLeg {
  std::unique_ptr<Leg> leg;
};
struct RemoveLeg {
  LegKey leg;
};
struct SetMedia {
  LegKey leg;
  LegMedia media;
};
struct Play {
  LegKey leg;
  std::unique_ptr<Playlist> playlist;
};
struct StopPlay {
  LegKey leg;
};
struct Bridge {
  LegKey caller;
  LegKey agent;
  uint64_t recording = 0;
};  // recording 0: none
struct Unbridge {
  LegKey caller;
};
using WorkerCommand = std::variant<std::monostate, AddLeg, RemoveLeg, SetMedia, Play, StopPlay, Bridge, Unbridge>;

// ---- From the worker to the SIP thread ----
struct KeyPressed {
  LegKey leg;
  char key = 0;
};
struct PlayEnded {
  LegKey leg;
  std::unique_ptr<Playlist> playlist;
  bool to_the_end = false;
};
struct LegSilent {
  LegKey leg;
};  // No packet for kSilenceLimit
struct LegSecured {
  LegKey leg;
};
struct LegRemoved {
  std::unique_ptr<Leg> leg;
};  // With its final statistics
using WorkerEvent = std::variant<std::monostate, KeyPressed, PlayEnded, LegSilent, LegSecured, LegRemoved>;

// ---- From the handshaker to the worker ----
struct PeerFound {
  LegKey leg;
  PeerAddress peer = 0;
};
struct KeysAgreed {
  LegKey leg;
  std::unique_ptr<SrtpSession> srtp;
};
using HandshakeResult = std::variant<std::monostate, PeerFound, KeysAgreed>;

// ---- From the worker to the recording writer ----
struct RecordedFrame {
  uint64_t recording = 0;
  uint32_t index = 0;  // Frames since the recording began; a gap is filled with silence.
  Frame caller;
  Frame agent;
};

}  // namespace lintel::media
