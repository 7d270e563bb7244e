#include "telephony/media/secure/dtls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace lintel::media {
namespace {

constexpr size_t kRecordHeader = 13;   // RFC 6347 §4.1
constexpr long kDatagramLimit = 1200;  // Flights are cut below any usual MTU.
constexpr size_t kKeySize = 16;

size_t SaltSize(SrtpProfile profile) { return profile == SrtpProfile::kAeadAes128Gcm ? 12 : 14; }

// The length of the DTLS record at the front of `data`; 0 when it is cut off.
size_t RecordSize(std::span<const std::byte> data) {
  if (data.size() < kRecordHeader) return 0;
  const size_t size = kRecordHeader + (std::to_integer<size_t>(data[11]) << 8 | std::to_integer<size_t>(data[12]));
  return size <= data.size() ? size : 0;
}

}  // namespace

DtlsSession::DtlsSession(const DtlsIdentity& identity, Role role, std::string peer_fingerprint, Send send)
    : ssl_(SSL_new(identity.context())),
      role_(role),
      peer_fingerprint_(std::move(peer_fingerprint)),
      send_(std::move(send)) {
  if (ssl_ == nullptr) {
    state_ = DtlsState::kFailed;
    return;
  }
  BIO* const in = BIO_new(BIO_s_mem());
  BIO* const out = BIO_new(BIO_s_mem());
  BIO_set_mem_eof_return(in, -1);
  BIO_set_mem_eof_return(out, -1);
  SSL_set_bio(ssl_.get(), in, out);
  SSL_set_mtu(ssl_.get(), kDatagramLimit);
  if (role_ == Role::kServer) {
    SSL_set_accept_state(ssl_.get());
  } else {
    SSL_set_connect_state(ssl_.get());
  }
}

DtlsState DtlsSession::Receive(std::span<const std::byte> datagram) {
  if (state_ == DtlsState::kFailed) return state_;
  if (!datagram.empty()) BIO_write(SSL_get_rbio(ssl_.get()), datagram.data(), static_cast<int>(datagram.size()));
  if (state_ == DtlsState::kHandshaking) {
    Advance();
  } else {
    // A repeated last flight of the peer: OpenSSL answers it; alerts and data need no other attention.
    std::array<char, 256> ignored;
    SSL_read(ssl_.get(), ignored.data(), ignored.size());
    ERR_clear_error();
    Flush();
  }
  return state_;
}

DtlsState DtlsSession::HandleTimeout() {
  if (state_ == DtlsState::kHandshaking) {
    if (DTLSv1_handle_timeout(ssl_.get()) < 0) state_ = DtlsState::kFailed;
    ERR_clear_error();
    Flush();
  }
  return state_;
}

void DtlsSession::Advance() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  Flush();
  if (result == 1) {
    state_ = PeerIsWhoSdpPromised() && ExportKeys() ? DtlsState::kConnected : DtlsState::kFailed;
  } else if (SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ) {
    state_ = DtlsState::kFailed;
  }
  ERR_clear_error();
}

bool DtlsSession::PeerIsWhoSdpPromised() const {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl_.get()), X509_free);
  return certificate != nullptr && FingerprintOf(*certificate) == peer_fingerprint_;
}

bool DtlsSession::ExportKeys() {
  const SRTP_PROTECTION_PROFILE* const chosen = SSL_get_selected_srtp_profile(ssl_.get());
  if (chosen == nullptr) return false;
  keys_.profile = chosen->id == SRTP_AEAD_AES_128_GCM ? SrtpProfile::kAeadAes128Gcm : SrtpProfile::kAes128CmSha1_80;
  const size_t salt = SaltSize(keys_.profile);
  constexpr char kLabel[] = "EXTRACTOR-dtls_srtp";
  std::array<unsigned char, 2 * (kKeySize + 14)> material;
  if (SSL_export_keying_material(ssl_.get(), material.data(), 2 * (kKeySize + salt), kLabel, sizeof(kLabel) - 1,
                                 nullptr, 0, 0) != 1) {
    return false;
  }
  // Client key, server key, client salt, server salt.
  const auto cut = [&](size_t side, std::array<unsigned char, 30>& out) {
    std::memcpy(out.data(), material.data() + side * kKeySize, kKeySize);
    std::memcpy(out.data() + kKeySize, material.data() + 2 * kKeySize + side * salt, salt);
  };
  cut(role_ == Role::kServer ? 1 : 0, keys_.send);
  cut(role_ == Role::kServer ? 0 : 1, keys_.receive);
  OPENSSL_cleanse(material.data(), material.size());
  return true;
}

// OpenSSL writes a flight as one stream of records; each datagram takes as many whole ones as fit.
void DtlsSession::Flush() {
  BIO* const out = SSL_get_wbio(ssl_.get());
  const size_t pending = BIO_ctrl_pending(out);
  if (pending == 0) return;
  std::vector<std::byte> flight(pending);
  const int got = BIO_read(out, flight.data(), static_cast<int>(pending));
  std::span<const std::byte> rest = std::span(flight).first(static_cast<size_t>(std::max(got, 0)));
  while (!rest.empty()) {
    size_t size = 0;
    for (size_t record = RecordSize(rest); record > 0; record = RecordSize(rest.subspan(size))) {
      if (size > 0 && size + record > kDatagramLimit) break;
      size += record;
    }
    if (size == 0) return;
    send_(rest.first(size));
    rest = rest.subspan(size);
  }
}

}  // namespace lintel::media
