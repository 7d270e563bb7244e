#include "platform/auth/token.h"

#include <sodium.h>

#include <stdexcept>

#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr size_t kLongestToken = 4096;

void EnsureSodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
}

std::string Encode(const std::string& bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    kBase64);
  text.resize(text.size() - 1);  // The terminating zero.
  return text;
}

bool Decode(const std::string& text, std::string& bytes) {
  bytes.resize(text.size());
  size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &length, nullptr, kBase64) != 0) {
    return false;
  }
  bytes.resize(length);
  return true;
}

std::string FromHex(const std::string& hex, size_t bytes) {
  std::string raw(bytes, '\0');
  size_t length = 0;
  if (sodium_hex2bin(reinterpret_cast<unsigned char*>(raw.data()), bytes, hex.data(), hex.size(), nullptr, &length,
                     nullptr) != 0 ||
      length != bytes) {
    throw std::invalid_argument("a key is not " + std::to_string(bytes) + " bytes in hex");
  }
  return raw;
}

const unsigned char* U(const std::string& bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

absl::Status Invalid() {
  return WithReason(absl::StatusCode::kUnauthenticated, "TOKEN_INVALID", "the token is malformed, forged or expired");
}

}  // namespace

Tokens::Tokens(const std::string& service_key_hex, const std::string& operator_public_key_hex, Clock wall_clock)
    : service_key_((EnsureSodium(), FromHex(service_key_hex, crypto_auth_KEYBYTES))),
      operator_public_key_(
          operator_public_key_hex.empty() ? "" : FromHex(operator_public_key_hex, crypto_sign_PUBLICKEYBYTES)),
      wall_clock_(std::move(wall_clock)) {}

std::string Tokens::SignService(const auth::TokenClaims& claims) const {
  const std::string body = claims.SerializeAsString();
  std::string mac(crypto_auth_BYTES, '\0');
  crypto_auth(reinterpret_cast<unsigned char*>(mac.data()), U(body), body.size(), U(service_key_));
  return "s1." + Encode(body) + "." + Encode(mac);
}

absl::StatusOr<auth::TokenClaims> Tokens::Verify(const std::string& token) const {
  const size_t dot = token.rfind('.');
  if (token.size() > kLongestToken || token.size() < 4 || dot == std::string::npos || dot < 3) return Invalid();
  const std::string kind = token.substr(0, 3);
  std::string body;
  std::string proof;
  if (!Decode(token.substr(3, dot - 3), body) || !Decode(token.substr(dot + 1), proof)) return Invalid();

  bool genuine = false;
  if (kind == "s1.") {
    genuine =
        proof.size() == crypto_auth_BYTES && crypto_auth_verify(U(proof), U(body), body.size(), U(service_key_)) == 0;
  } else if (kind == "o1.") {
    genuine = !operator_public_key_.empty() && proof.size() == crypto_sign_BYTES &&
              crypto_sign_verify_detached(U(proof), U(body), body.size(), U(operator_public_key_)) == 0;
  }
  auth::TokenClaims claims;
  if (!genuine || !claims.ParseFromString(body)) return Invalid();
  if ((kind == "s1.") != !claims.service().empty()) return Invalid();
  const Instant expires{std::chrono::milliseconds(claims.expire_unix_ms())};
  if (expires <= wall_clock_()) return Invalid();
  return claims;
}

SigningKey NewSigningKey() {
  EnsureSodium();
  unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
  unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
  crypto_sign_keypair(public_key, secret_key);
  const auto hex = [](const unsigned char* bytes, size_t count) {
    std::string text(count * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, count);
    text.resize(count * 2);
    return text;
  };
  return {hex(secret_key, sizeof secret_key), hex(public_key, sizeof public_key)};
}

std::string SignOperator(const auth::TokenClaims& claims, const std::string& secret_hex) {
  EnsureSodium();
  const std::string secret = FromHex(secret_hex, crypto_sign_SECRETKEYBYTES);
  const std::string body = claims.SerializeAsString();
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, U(body), body.size(), U(secret));
  return "o1." + Encode(body) + "." + Encode(signature);
}

}  // namespace lintel
