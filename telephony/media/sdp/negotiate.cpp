// Choosing from the other side's description and writing ours.
#include <fmt/format.h>

#include "telephony/media/sdp/sdp.h"

namespace lintel::media {
namespace {

constexpr uint8_t kOwnEventType = 101;

// The first of their formats that is G.711.
std::optional<Codec> FirstCodec(const MediaSection& section) {
  for (const std::string& format : section.formats) {
    if (format == "8") return Codec::kALaw;
    if (format == "0") return Codec::kMuLaw;
  }
  return std::nullopt;
}

const char* Name(Codec codec) { return codec == Codec::kALaw ? "PCMA" : "PCMU"; }

// The answer's direction mirrors the offer's (RFC 3264 §6.1).
const char* AnswerDirection(const RemoteAudio& remote) {
  if (remote.sends && remote.receives) return "sendrecv";
  if (remote.sends) return "recvonly";
  return remote.receives ? "sendonly" : "inactive";
}

std::string SessionLines(const LocalAudio& local) {
  return fmt::format("v=0\r\no=lintel {} {} IN IP4 {}\r\ns=lintel\r\nc=IN IP4 {}\r\nt=0 0\r\n", local.session_id,
                     local.version, local.address, local.address);
}

std::string SecureLines(const LocalAudio& local, const std::string& mid) {
  return fmt::format(
      "a=mid:{}\r\na=rtcp-mux\r\na=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=candidate:1 1 udp 2130706431 {} {} typ host\r\n"
      "a=end-of-candidates\r\na=fingerprint:sha-256 {}\r\na=setup:passive\r\n",
      mid, local.ice_ufrag, local.ice_pwd, local.address, local.port, local.fingerprint);
}

std::string EventLines(uint8_t type) {
  return fmt::format("a=rtpmap:{} telephone-event/8000\r\na=fmtp:{} 0-15\r\n", type, type);
}

std::string AnswerSection(const LocalAudio& local, const RemoteAudio& remote) {
  const int codec = static_cast<int>(remote.codec);
  const std::string event = remote.events ? fmt::format(" {}", remote.event_type) : "";
  std::string lines =
      fmt::format("m=audio {} {} {}{}\r\n", local.port, remote.secure ? "UDP/TLS/RTP/SAVPF" : "RTP/AVP", codec, event);
  lines += fmt::format("a=rtpmap:{} {}/8000\r\n", codec, Name(remote.codec));
  if (remote.events) lines += EventLines(remote.event_type);
  if (remote.secure) lines += SecureLines(local, remote.mid);
  return lines + fmt::format("a=ptime:20\r\na={}\r\n", AnswerDirection(remote));
}

}  // namespace

absl::StatusOr<RemoteAudio> ChooseAudio(const SessionDescription& description) {
  for (size_t i = 0; i < description.media.size(); ++i) {
    const MediaSection& section = description.media[i];
    const std::optional<Codec> codec = FirstCodec(section);
    if (section.kind != "audio" || section.port == 0 || !codec.has_value()) continue;
    RemoteAudio remote{.section = i,
                       .address = section.connection.empty() ? description.connection : section.connection,
                       .port = section.port,
                       .codec = *codec,
                       .event_type = section.event_type.value_or(kOwnEventType),
                       .events = section.event_type.has_value(),
                       .secure = section.secure(),
                       .ice_ufrag = section.ice_ufrag,
                       .ice_pwd = section.ice_pwd,
                       .fingerprint = section.fingerprint,
                       .setup = section.setup,
                       .mid = section.mid};
    if (remote.address.empty()) return absl::FailedPreconditionError("the description names no address");
    const bool held = remote.address == "0.0.0.0" && !remote.secure;
    remote.sends = !held && (section.direction == Direction::kSendRecv || section.direction == Direction::kSendOnly);
    remote.receives = !held && (section.direction == Direction::kSendRecv || section.direction == Direction::kRecvOnly);
    if (remote.secure && (remote.ice_ufrag.empty() || remote.ice_pwd.empty() || remote.fingerprint.empty())) {
      return absl::FailedPreconditionError("a secure section lacks ICE credentials or a sha-256 fingerprint");
    }
    return remote;
  }
  return absl::FailedPreconditionError("no audio section with G.711");
}

std::string WriteOffer(const LocalAudio& local) {
  std::string text = SessionLines(local);
  if (local.secure) text += "a=ice-lite\r\na=group:BUNDLE 0\r\n";
  text += fmt::format("m=audio {} {} 8 0 {}\r\n", local.port, local.secure ? "UDP/TLS/RTP/SAVPF" : "RTP/AVP",
                      kOwnEventType);
  text += "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n" + EventLines(kOwnEventType);
  if (local.secure) text += SecureLines(local, "0");
  return text + "a=ptime:20\r\na=sendrecv\r\n";
}

std::string WriteAnswer(const LocalAudio& local, const SessionDescription& offer, const RemoteAudio& remote) {
  std::string text = SessionLines(local);
  if (remote.secure) text += "a=ice-lite\r\n";
  if (remote.secure && !remote.mid.empty()) text += fmt::format("a=group:BUNDLE {}\r\n", remote.mid);
  for (size_t i = 0; i < offer.media.size(); ++i) {
    if (i == remote.section) {
      text += AnswerSection(local, remote);
      continue;
    }
    const MediaSection& refused = offer.media[i];
    text += fmt::format("m={} 0 {} {}\r\n", refused.kind, refused.protocol, refused.formats.front());
    if (!refused.mid.empty()) text += fmt::format("a=mid:{}\r\n", refused.mid);
  }
  return text;
}

}  // namespace lintel::media
