// The node's DTLS identity: a self-signed P-256 certificate made at start, known to peers by its fingerprint in SDP.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace lintel::media {

// "AB:CD:..." of the certificate's SHA-256.
std::string FingerprintOf(const X509& certificate);

// A context for both ends of DTLS-SRTP handshakes (RFC 5764), GCM before AES-CM. Threads: sessions may be made from
// any; OpenSSL locks inside.
class DtlsIdentity {
 public:
  static absl::StatusOr<DtlsIdentity> Make();

  const std::string& fingerprint() const { return fingerprint_; }
  SSL_CTX* context() const { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  std::unique_ptr<SSL_CTX, Free> context_;
  std::string fingerprint_;
};

}  // namespace lintel::media
