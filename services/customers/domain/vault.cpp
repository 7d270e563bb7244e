#include "services/customers/domain/vault.h"

#include <sodium.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "platform/status/status.h"

namespace lintel::customers {
namespace {

constexpr size_t kTailDigestBytes = 9;  // 18 hex digits: collisions are rarer than mistyped numbers.

const unsigned char* U(const std::string& bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* U(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

std::string Box(const std::string& key, const std::string& text) {
  std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  std::string boxed(crypto_secretbox_MACBYTES + text.size(), '\0');
  crypto_secretbox_easy(U(boxed), U(text), text.size(), U(nonce), U(key));
  return nonce + boxed;
}

absl::StatusOr<std::string> Unbox(const std::string& key, const std::string& sealed) {
  const auto damaged = [] {
    return WithReason(absl::StatusCode::kDataLoss, "PRIVATE_DATA_DAMAGED", "sealed data cannot be opened");
  };
  if (sealed.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return damaged();
  const std::string boxed = sealed.substr(crypto_secretbox_NONCEBYTES);
  std::string text(boxed.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(U(text), U(boxed), boxed.size(), U(sealed), U(key)) != 0) return damaged();
  return text;
}

std::string Keyed(const std::string& key, const std::string& text, size_t bytes) {
  std::string digest(bytes, '\0');
  crypto_generichash(U(digest), digest.size(), U(text), text.size(), U(key), key.size());
  return digest;
}

}  // namespace

std::string ToJson(const PrivateData& data) {
  return nlohmann::json{{"phones", data.phones},
                        {"idNumber", data.id_number},
                        {"address", data.address},
                        {"email", data.email},
                        {"remark", data.remark}}
      .dump();
}

PrivateData FromJson(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  return {.phones = json.at("phones"),
          .id_number = json.at("idNumber"),
          .address = json.at("address"),
          .email = json.at("email"),
          .remark = json.at("remark")};
}

Vault::Vault(const std::string& root_key_hex) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
  root_key_.resize(crypto_secretbox_KEYBYTES);
  size_t length = 0;
  if (sodium_hex2bin(U(root_key_), root_key_.size(), root_key_hex.data(), root_key_hex.size(), "\n", &length,
                     nullptr) != 0 ||
      length != root_key_.size()) {
    throw std::invalid_argument("the tenant key is not 32 bytes in hex");
  }
}

std::string Vault::Derived(int64_t tenant, const char* purpose) const {
  return Keyed(root_key_, absl::StrCat("lintel customers ", purpose, " ", tenant), crypto_secretbox_KEYBYTES);
}

std::string Vault::NewWrappedKey(int64_t tenant) const {
  std::string key(crypto_secretbox_KEYBYTES, '\0');
  randombytes_buf(key.data(), key.size());
  return Box(Derived(tenant, "wrapping"), key);
}

absl::StatusOr<std::string> Vault::Unwrap(int64_t tenant, const std::string& wrapped_key) const {
  return Unbox(Derived(tenant, "wrapping"), wrapped_key);
}

std::string Vault::Seal(int64_t tenant, const std::string& wrapped_key, const std::string& text) const {
  if (text.empty()) return "";
  const auto key = Unwrap(tenant, wrapped_key);
  if (!key.ok()) throw std::runtime_error("a customer's key cannot be unwrapped");
  return Box(*key, text);
}

absl::StatusOr<std::string> Vault::Open(int64_t tenant, const std::string& wrapped_key,
                                        const std::string& sealed) const {
  if (sealed.empty()) return "";
  ASSIGN_OR_RETURN(const std::string key, Unwrap(tenant, wrapped_key));
  return Unbox(key, sealed);
}

std::string Vault::NumberDigest(int64_t tenant, const std::string& number) const {
  return Keyed(Derived(tenant, "numbers"), number, crypto_generichash_BYTES);
}

std::string Vault::TailDigest(int64_t tenant, const std::string& tail) const {
  std::string digest(crypto_generichash_BYTES_MIN, '\0');
  const std::string key = Derived(tenant, "tails");
  crypto_generichash(U(digest), digest.size(), U(tail), tail.size(), U(key), key.size());
  return absl::BytesToHexString(digest.substr(0, kTailDigestBytes));
}

}  // namespace lintel::customers
