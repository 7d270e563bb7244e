// Session descriptions (RFC 8866) as far as a call with one audio stream needs them: reading any, writing ours. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "telephony/media/audio/g711.h"

namespace lintel::media {

inline constexpr size_t kLongestSdp = 16384;

enum class Direction { kSendRecv, kSendOnly, kRecvOnly, kInactive };  // As the sender of the description sees it.

// One m= section. Only what is understood is kept.
struct MediaSection {
  std::string kind;                  // "audio", "video", ...
  uint16_t port = 0;                 // 0: refused
  std::string protocol;              // "RTP/AVP", "UDP/TLS/RTP/SAVPF"
  std::vector<std::string> formats;  // Payload types in the order of preference, as written.
  std::string connection;            // IPv4 address; empty: the session's
  Direction direction = Direction::kSendRecv;
  std::optional<uint8_t> event_type;  // Payload type of telephone-event/8000
  bool mu_law = false;
  bool a_law = false;
  std::string mid;
  std::string ice_ufrag;
  std::string ice_pwd;
  std::string fingerprint;  // sha-256 only, upper-case hex with colons
  std::string setup;        // "active", "passive", "actpass"

  bool secure() const { return protocol.find("TLS") != std::string::npos; }
};

struct SessionDescription {
  std::string connection;
  std::vector<MediaSection> media;
};

// INVALID_ARGUMENT when it is no SDP, longer than 16 KiB, has more than 16 sections or an address that is not IPv4.
absl::StatusOr<SessionDescription> ParseSdp(const std::string& text);

// What one leg uses of the other side's description.
struct RemoteAudio {
  size_t section = 0;   // Index in the description.
  std::string address;  // IPv4; "0.0.0.0" puts the leg on hold (RFC 3264 §8.4)
  uint16_t port = 0;
  Codec codec = Codec::kALaw;
  uint8_t event_type = 101;
  bool events = false;  // They understand telephone-event.
  bool sends = true;
  bool receives = true;
  bool secure = false;
  std::string ice_ufrag;
  std::string ice_pwd;
  std::string fingerprint;
  std::string setup;
  std::string mid;
};

// Picks the first audio section with G.711 in it. FAILED_PRECONDITION (the call is answered 488) when there is none,
// or a secure one lacks ICE credentials or a fingerprint.
absl::StatusOr<RemoteAudio> ChooseAudio(const SessionDescription& description);

// Our side of a leg. The ICE fields and the fingerprint are used by secure legs only.
struct LocalAudio {
  std::string address;
  uint16_t port = 0;
  uint64_t session_id = 0;
  uint64_t version = 1;  // Grows with each description of the same session (RFC 3264 §8).
  bool secure = false;
  std::string ice_ufrag;
  std::string ice_pwd;
  std::string fingerprint;
};

// An offer: A-law first; a secure one is ICE-lite and `passive`, which browsers answer `active`.
std::string WriteOffer(const LocalAudio& local);

// The answer to `offer` in which `remote` was chosen; every other section is refused (port 0).
std::string WriteAnswer(const LocalAudio& local, const SessionDescription& offer, const RemoteAudio& remote);

}  // namespace lintel::media
