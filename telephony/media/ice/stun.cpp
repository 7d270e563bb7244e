#include "telephony/media/ice/stun.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <cstring>

#include "telephony/media/rtp/bytes.h"

namespace lintel::media {
namespace {

constexpr uint16_t kBindingRequest = 0x0001;
constexpr uint16_t kBindingSuccess = 0x0101;
constexpr uint32_t kMagicCookie = 0x2112a442;
constexpr uint16_t kUsername = 0x0006;
constexpr uint16_t kMessageIntegrity = 0x0008;
constexpr uint16_t kXorMappedAddress = 0x0020;
constexpr uint16_t kUseCandidate = 0x0025;
constexpr uint16_t kFingerprint = 0x8028;
constexpr uint32_t kFingerprintMask = 0x5354554e;  // RFC 8489 §14.7
constexpr size_t kDigestSize = 20;
constexpr size_t kIntegritySize = 4 + kDigestSize;

using Digest = std::array<unsigned char, kDigestSize>;

uint32_t Crc(std::span<const std::byte> data) {
  return static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(data.size())));
}

Digest Sign(std::span<const std::byte> data, std::string_view password) {
  Digest digest;
  unsigned int size = kDigestSize;
  HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()),
       reinterpret_cast<const unsigned char*>(data.data()), data.size(), digest.data(), &size);
  return digest;
}

// Appends attributes and keeps the header's length right.
class Writer {
 public:
  Writer(std::span<std::byte> out, uint16_t type, const std::array<std::byte, 12>& transaction) : out_(out) {
    WriteU16(out_, 0, type);
    WriteU32(out_, 4, kMagicCookie);
    std::memcpy(out_.data() + 8, transaction.data(), transaction.size());
    SetLength(0);
  }

  std::span<std::byte> Append(uint16_t type, size_t size) {
    WriteU16(out_, at_, type);
    WriteU16(out_, at_ + 2, static_cast<uint16_t>(size));
    const std::span<std::byte> value = out_.subspan(at_ + 4, size);
    const size_t padded = (size + 3) / 4 * 4;
    std::memset(value.data(), 0, padded);
    at_ += 4 + padded;
    SetLength(0);
    return value;
  }

  // Signs what was written so far and seals it with the checksum; returns the message's size.
  size_t Seal(std::string_view password) {
    SetLength(kIntegritySize);
    const Digest digest = Sign(out_.first(at_), password);
    std::memcpy(Append(kMessageIntegrity, kDigestSize).data(), digest.data(), kDigestSize);
    SetLength(8);
    const uint32_t checksum = Crc(out_.first(at_)) ^ kFingerprintMask;
    WriteU32(Append(kFingerprint, 4), 0, checksum);
    return at_;
  }

 private:
  void SetLength(size_t more) { WriteU16(out_, 2, static_cast<uint16_t>(at_ - kStunHeaderSize + more)); }

  std::span<std::byte> out_;
  size_t at_ = kStunHeaderSize;
};

// Takes one attribute into `request`; false when it makes the message unacceptable.
bool TakeAttribute(std::span<const std::byte> datagram, size_t at, uint16_t type, size_t size, StunRequest& request) {
  switch (type) {
    case kUsername:
      request.username = std::string_view(reinterpret_cast<const char*>(datagram.data()) + at + 4, size);
      return true;
    case kUseCandidate:
      request.use_candidate = true;
      return true;
    case kMessageIntegrity:
      if (size != kDigestSize) return false;
      request.integrity_at = at;
      return true;
    case kFingerprint:
      return size == 4 && at + 8 == datagram.size() &&
             ReadU32(datagram, at + 4) == (Crc(datagram.first(at)) ^ kFingerprintMask);
    default:
      return true;
  }
}

}  // namespace

std::optional<StunRequest> ParseBindingRequest(std::span<const std::byte> datagram) {
  if (datagram.size() < kStunHeaderSize || datagram.size() > kLongestStun) return std::nullopt;
  if (ReadU16(datagram, 0) != kBindingRequest || ReadU32(datagram, 4) != kMagicCookie) return std::nullopt;
  if (kStunHeaderSize + ReadU16(datagram, 2) != datagram.size()) return std::nullopt;
  StunRequest request;
  std::memcpy(request.transaction.data(), datagram.data() + 8, request.transaction.size());
  size_t at = kStunHeaderSize;
  bool fingerprinted = false;
  while (at + 4 <= datagram.size()) {
    const uint16_t type = ReadU16(datagram, at);
    const size_t size = ReadU16(datagram, at + 2);
    if (size > datagram.size() - at - 4) return std::nullopt;
    // Only FINGERPRINT counts behind MESSAGE-INTEGRITY: the rest is not signed (§14.5).
    const bool counts = request.integrity_at == 0 || type == kFingerprint;
    if (counts && !TakeAttribute(datagram, at, type, size, request)) return std::nullopt;
    fingerprinted |= type == kFingerprint;
    at += 4 + (size + 3) / 4 * 4;
  }
  if (!fingerprinted) return std::nullopt;
  return request;
}

bool IntegrityHolds(std::span<const std::byte> datagram, const StunRequest& request, std::string_view password) {
  if (request.integrity_at == 0 || request.integrity_at > kLongestStun) return false;
  // The digest covers the message up to the attribute, with the length as if nothing followed it (§14.5).
  std::array<std::byte, kLongestStun> copy;
  std::memcpy(copy.data(), datagram.data(), request.integrity_at);
  WriteU16(copy, 2, static_cast<uint16_t>(request.integrity_at - kStunHeaderSize + kIntegritySize));
  const Digest digest = Sign(std::span(copy).first(request.integrity_at), password);
  return CRYPTO_memcmp(digest.data(), datagram.data() + request.integrity_at + 4, kDigestSize) == 0;
}

size_t WriteBindingResponse(const StunRequest& request, const sockaddr_in& peer, std::string_view password,
                            std::span<std::byte, kLongestStun> out) {
  Writer writer(out, kBindingSuccess, request.transaction);
  const std::span<std::byte> address = writer.Append(kXorMappedAddress, 8);
  WriteU8(address, 1, 1);  // IPv4
  WriteU16(address, 2, static_cast<uint16_t>(ntohs(peer.sin_port) ^ (kMagicCookie >> 16)));
  WriteU32(address, 4, ntohl(peer.sin_addr.s_addr) ^ kMagicCookie);
  return writer.Seal(password);
}

size_t WriteBindingRequest(const std::array<std::byte, 12>& transaction, std::string_view username,
                           std::string_view password, bool use_candidate, std::span<std::byte, kLongestStun> out) {
  Writer writer(out, kBindingRequest, transaction);
  const std::string_view name = username.substr(0, 256);
  std::memcpy(writer.Append(kUsername, name.size()).data(), name.data(), name.size());
  if (use_candidate) writer.Append(kUseCandidate, 0);
  return writer.Seal(password);
}

}  // namespace lintel::media
