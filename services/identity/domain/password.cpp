#include "services/identity/domain/password.h"

#include <sodium.h>

#include <stdexcept>

#include "platform/ids/ids.h"
#include "platform/status/status.h"

namespace lintel::identity {
namespace {

constexpr size_t kShortest = 8;
constexpr size_t kLongest = 256;

std::string Argon2id(const std::string& password, const HashCost& cost) {
  char text[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(text, password.data(), password.size(), cost.passes, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("Argon2id has no memory");
  }
  return text;
}

}  // namespace

absl::Status CheckPassword(const std::string& field, const std::string& password, const std::string& sign_in_name) {
  if (password.size() < kShortest) return InvalidField(field, "must have at least 8 characters");
  if (password.size() > kLongest) return InvalidField(field, "must be at most 256 bytes");
  if (password == sign_in_name) return InvalidField(field, "must differ from the sign-in name");
  if (password.find_first_not_of(password[0]) == std::string::npos) {
    return InvalidField(field, "must not be one character repeated");
  }
  return absl::OkStatus();
}

// A place among those that hash at this moment.
class PasswordHasher::Seat {
 public:
  explicit Seat(PasswordHasher& hasher) : hasher_(hasher) {}
  ~Seat() { hasher_.Leave(); }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

 private:
  PasswordHasher& hasher_;
};

PasswordHasher::PasswordHasher(HashCost cost, int at_once) : cost_(cost), at_once_(at_once) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium did not start");
  nobody_ = Argon2id(RandomHex(32), cost_);
}

absl::Status PasswordHasher::Enter(Deadline deadline) {
  std::unique_lock lock(mutex_);
  const auto busy = [] {
    return WithReason(absl::StatusCode::kResourceExhausted, "OVERLOADED", "too many sign-ins at once");
  };
  if (waiting_ >= kMostWaiting) return busy();
  ++waiting_;
  const bool entered = left_.wait_until(lock, deadline, [&] { return inside_ < at_once_; });
  --waiting_;
  if (!entered) return busy();
  ++inside_;
  return absl::OkStatus();
}

void PasswordHasher::Leave() {
  const std::lock_guard lock(mutex_);
  --inside_;
  left_.notify_one();
}

absl::StatusOr<std::string> PasswordHasher::Hash(const std::string& password, Deadline deadline) {
  RETURN_IF_ERROR(Enter(deadline));
  const Seat seat(*this);
  return Argon2id(password, cost_);
}

absl::StatusOr<bool> PasswordHasher::Verify(const std::string& hash, const std::string& password, Deadline deadline) {
  if (password.size() > kLongest) return false;
  RETURN_IF_ERROR(Enter(deadline));
  const Seat seat(*this);
  const std::string& against = hash.empty() ? nobody_ : hash;
  return crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0 && !hash.empty();
}

bool PasswordHasher::NeedsRehash(const std::string& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace lintel::identity
