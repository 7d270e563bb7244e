// The little of STUN an ICE-lite agent needs (RFC 8445 §2.5, RFC 8489): check binding requests and answer them. Pure
// over bytes; HMAC-SHA1 by OpenSSL.
#pragma once

#include <netinet/in.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lintel::media {

inline constexpr size_t kStunHeaderSize = 20;
inline constexpr size_t kLongestStun = 548;

struct StunRequest {
  std::array<std::byte, 12> transaction{};
  std::string_view username;  // "ours:theirs"; points into the datagram.
  bool use_candidate = false;
  size_t integrity_at = 0;  // Where MESSAGE-INTEGRITY begins; 0 when there is none.
};

// A well-formed binding request; nothing for any other message, a wrong or absent FINGERPRINT (RFC 8445 §7.1 demands
// one), or attributes that do not fit.
std::optional<StunRequest> ParseBindingRequest(std::span<const std::byte> datagram);

// Whether MESSAGE-INTEGRITY proves that the sender knows `password`. Constant time in the digest.
bool IntegrityHolds(std::span<const std::byte> datagram, const StunRequest& request, std::string_view password);

// Writes the success response to `peer` with XOR-MAPPED-ADDRESS, MESSAGE-INTEGRITY and FINGERPRINT; returns its size.
size_t WriteBindingResponse(const StunRequest& request, const sockaddr_in& peer, std::string_view password,
                            std::span<std::byte, kLongestStun> out);

// Writes a binding request as a full agent sends it: for tests and probes.
size_t WriteBindingRequest(const std::array<std::byte, 12>& transaction, std::string_view username,
                           std::string_view password, bool use_candidate, std::span<std::byte, kLongestStun> out);

}  // namespace lintel::media
