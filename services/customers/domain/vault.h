// The private part of a customer, sealed (libsodium secretbox) with a data key of its own that is wrapped by the
// tenant's key. Destroying the wrapped key forgets everything sealed with it, wherever copies lie.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::customers {

struct PrivateData {
  std::vector<std::string> phones;  // In their one form (platform/phone).
  std::string id_number;
  std::string address;
  std::string email;
  std::string remark;
  bool operator==(const PrivateData&) const = default;
};

std::string ToJson(const PrivateData& data);
PrivateData FromJson(const std::string& json);

class Vault {
 public:
  // `root_key_hex`: 32 bytes, LINTEL_HOME/secrets/tenant.key. Throws std::invalid_argument when it is none.
  explicit Vault(const std::string& root_key_hex);

  // A new data key, wrapped for the tenant.
  std::string NewWrappedKey(int64_t tenant) const;
  // Bytes that differ every time, even for the same text. An empty text stays empty.
  std::string Seal(int64_t tenant, const std::string& wrapped_key, const std::string& text) const;
  // DATA_LOSS PRIVATE_DATA_DAMAGED when the bytes or the key are not what they were.
  absl::StatusOr<std::string> Open(int64_t tenant, const std::string& wrapped_key, const std::string& sealed) const;

  // Keyed digests for look-ups: of a whole number (32 bytes), and short ones in hex for search tokens.
  std::string NumberDigest(int64_t tenant, const std::string& number) const;
  std::string TailDigest(int64_t tenant, const std::string& tail) const;

 private:
  std::string Derived(int64_t tenant, const char* purpose) const;
  absl::StatusOr<std::string> Unwrap(int64_t tenant, const std::string& wrapped_key) const;
  std::string root_key_;
};

}  // namespace lintel::customers
