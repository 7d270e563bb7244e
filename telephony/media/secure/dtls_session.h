// One DTLS-SRTP handshake (RFC 5764) over memory: datagrams in, datagrams out, keys at the end. No sockets, no clock.
#pragma once

#include <openssl/ssl.h>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "telephony/media/secure/certificate.h"

namespace lintel::media {

enum class SrtpProfile { kAeadAes128Gcm, kAes128CmSha1_80 };

// Keys and salts of both directions, as RFC 5764 §4.2 cuts them.
struct SrtpKeys {
  SrtpProfile profile = SrtpProfile::kAeadAes128Gcm;
  std::array<unsigned char, 30> send{};  // Key, then salt; 28 bytes are used with GCM.
  std::array<unsigned char, 30> receive{};
};

enum class DtlsState { kHandshaking, kConnected, kFailed };

// Not thread safe.
class DtlsSession {
 public:
  enum class Role { kServer, kClient };
  using Send = std::function<void(std::span<const std::byte>)>;

  // `peer_fingerprint` is what SDP promised: a peer with another certificate fails. `send` gets whole datagrams.
  DtlsSession(const DtlsIdentity& identity, Role role, std::string peer_fingerprint, Send send);

  // Takes a datagram; call without one to start as a client.
  DtlsState Receive(std::span<const std::byte> datagram);
  // Repeats the last flight if it is due. Call about every 50 ms while handshaking.
  DtlsState HandleTimeout();

  DtlsState state() const { return state_; }
  // Only once connected.
  const SrtpKeys& keys() const { return keys_; }

 private:
  void Advance();
  bool PeerIsWhoSdpPromised() const;
  bool ExportKeys();
  void Flush();

  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  std::unique_ptr<SSL, Free> ssl_;
  Role role_;
  std::string peer_fingerprint_;
  Send send_;
  DtlsState state_ = DtlsState::kHandshaking;
  SrtpKeys keys_;
};

}  // namespace lintel::media
