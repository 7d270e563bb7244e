// Encrypts and decrypts the RTP of one leg (RFC 3711, RFC 7714) with libsrtp2.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "telephony/media/secure/dtls_session.h"

struct srtp_ctx_t_;

namespace lintel::media {

inline constexpr size_t kSrtpTrailer = 16;  // The most that protecting adds.

// Not thread safe. After the first packet of each direction it allocates nothing.
class SrtpSession {
 public:
  // `ssrc` is the one this side sends with. Nothing when libsrtp refuses the keys.
  static std::unique_ptr<SrtpSession> Make(const SrtpKeys& keys, uint32_t ssrc);
  ~SrtpSession();
  SrtpSession(const SrtpSession&) = delete;
  SrtpSession& operator=(const SrtpSession&) = delete;

  // Protects the packet at the front of `buffer`, which has kSrtpTrailer bytes of room; the new size, 0 on failure.
  size_t Protect(std::span<std::byte> buffer, size_t size);
  // Checks and decrypts in place; the new size, 0 when forged, replayed or malformed.
  size_t Unprotect(std::span<std::byte> packet);

 private:
  SrtpSession() = default;
  srtp_ctx_t_* send_ = nullptr;
  srtp_ctx_t_* receive_ = nullptr;
};

}  // namespace lintel::media
