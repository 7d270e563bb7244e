#include "services/identity/domain/refresh_token.h"

#include <sodium.h>

#include <charconv>
#include <stdexcept>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "platform/ids/ids.h"

namespace lintel::identity {
namespace {

constexpr size_t kLongestToken = 256;

std::string Hex(const std::string& bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  text.pop_back();
  return text;
}

}  // namespace

RefreshTokens::RefreshTokens(const std::string& signing_secret_hex) : key_(crypto_generichash_KEYBYTES, '\0') {
  if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
  const std::string material = "lintel refresh token " + signing_secret_hex;
  crypto_generichash(reinterpret_cast<unsigned char*>(key_.data()), key_.size(),
                     reinterpret_cast<const unsigned char*>(material.data()), material.size(), nullptr, 0);
}

std::string RefreshTokens::Digest(const std::string& body) const {
  std::string digest(crypto_generichash_BYTES, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(body.data()), body.size(),
                     reinterpret_cast<const unsigned char*>(key_.data()), key_.size());
  return Hex(digest);
}

std::string RefreshTokens::Write(const RefreshToken& token) const {
  const std::string body = absl::StrCat("r1.", token.tenant, ".", token.session_id, ".", token.generation);
  return absl::StrCat(body, ".", Digest(body));
}

std::optional<RefreshToken> RefreshTokens::Read(const std::string& text) const {
  if (text.size() > kLongestToken) return std::nullopt;
  const std::vector<std::string> parts = absl::StrSplit(text, '.');
  RefreshToken token;
  if (parts.size() != 5 || parts[0] != "r1" || !absl::SimpleAtoi(parts[1], &token.tenant) || !IsId(parts[2]) ||
      !absl::SimpleAtoi(parts[3], &token.generation)) {
    return std::nullopt;
  }
  token.session_id = parts[2];
  const std::string expected = Digest(text.substr(0, text.rfind('.')));
  if (parts[4].size() != expected.size() || sodium_memcmp(parts[4].data(), expected.data(), expected.size()) != 0) {
    return std::nullopt;
  }
  return token;
}

Rotation JudgeRotation(int64_t presented, int64_t current, Instant rotated, Instant now) {
  if (presented == current) return Rotation::kNext;
  if (presented + 1 == current && now - rotated <= kRepeatWindow) return Rotation::kRepeat;
  return Rotation::kReuse;
}

}  // namespace lintel::identity
