#include "telephony/media/secure/srtp_session.h"

#include <srtp2/srtp.h>

namespace lintel::media {
namespace {

constexpr size_t kSmallestPacket = 12;

bool InitialiseLibrary() {
  static const bool done = srtp_init() == srtp_err_status_ok;
  return done;
}

srtp_policy_t PolicyOf(SrtpProfile profile, const unsigned char* key) {
  srtp_policy_t policy = {};
  if (profile == SrtpProfile::kAeadAes128Gcm) {
    srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
    srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
  } else {
    srtp_crypto_policy_set_rtp_default(&policy.rtp);
    srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
  }
  policy.key = const_cast<unsigned char*>(key);
  policy.window_size = 128;
  return policy;
}

}  // namespace

std::unique_ptr<SrtpSession> SrtpSession::Make(const SrtpKeys& keys, uint32_t ssrc) {
  if (!InitialiseLibrary()) return nullptr;
  std::unique_ptr<SrtpSession> session(new SrtpSession);
  srtp_policy_t send = PolicyOf(keys.profile, keys.send.data());
  send.ssrc.type = ssrc_specific;
  send.ssrc.value = ssrc;
  srtp_policy_t receive = PolicyOf(keys.profile, keys.receive.data());
  receive.ssrc.type = ssrc_any_inbound;
  if (srtp_create(&session->send_, &send) != srtp_err_status_ok) return nullptr;
  if (srtp_create(&session->receive_, &receive) != srtp_err_status_ok) return nullptr;
  return session;
}

SrtpSession::~SrtpSession() {
  if (send_ != nullptr) srtp_dealloc(send_);
  if (receive_ != nullptr) srtp_dealloc(receive_);
}

size_t SrtpSession::Protect(std::span<std::byte> buffer, size_t size) {
  if (size + kSrtpTrailer > buffer.size()) return 0;
  int length = static_cast<int>(size);
  return srtp_protect(send_, buffer.data(), &length) == srtp_err_status_ok ? static_cast<size_t>(length) : 0;
}

size_t SrtpSession::Unprotect(std::span<std::byte> packet) {
  if (packet.size() < kSmallestPacket) return 0;
  int length = static_cast<int>(packet.size());
  return srtp_unprotect(receive_, packet.data(), &length) == srtp_err_status_ok ? static_cast<size_t>(length) : 0;
}

}  // namespace lintel::media
