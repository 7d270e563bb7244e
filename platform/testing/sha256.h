// The digest of what a test uploads, as its sender announces it.
#pragma once

#include <fmt/format.h>
#include <openssl/sha.h>

#include <array>
#include <string>

namespace lintel::testing {

// In lower-case hex.
inline std::string Sha256Hex(const std::string& bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace lintel::testing
