#include "platform/blob/blob.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "platform/ids/ids.h"
#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

namespace fs = std::filesystem;

// The file: blocks of 64 KiB of plain text, each sealed by XChaCha20-Poly1305 with its number as nonce (a key seals one
// object only), so that a range decrypts alone. The last block's number carries a mark: a file cut short is noticed.
constexpr size_t kBlock = 64 * 1024;
constexpr size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kKey = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr char kContext[] = "tenantky";  // 8 bytes, as crypto_kdf wants.

const unsigned char* In(const std::string& bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* Out(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

std::string ToHex(const std::string& bytes) {
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), In(bytes), bytes.size());
  hex.pop_back();
  return hex;
}

std::string FromHex(const std::string& hex) {
  std::string bytes(hex.size() / 2, '\0');
  size_t length = 0;
  if (sodium_hex2bin(Out(bytes), bytes.size(), hex.data(), hex.size(), " \n", &length, nullptr) != 0) return "";
  bytes.resize(length);
  return bytes;
}

std::string NonceOf(uint64_t block, bool last) {
  std::string nonce(kNonce, '\0');
  for (size_t i = 0; i < 8; ++i) nonce[i] = static_cast<char>(block >> (8 * i));
  nonce[8] = last ? 1 : 0;
  return nonce;
}

std::string Seal(const std::string& plain, const std::string& key, uint64_t block, bool last) {
  std::string sealed(plain.size() + kTag, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(Out(sealed), nullptr, In(plain), plain.size(), nullptr, 0, nullptr,
                                             In(NonceOf(block, last)), In(key));
  return sealed;
}

absl::StatusOr<std::string> Open(const std::string& sealed, const std::string& key, uint64_t block, bool last) {
  std::string plain(sealed.size() < kTag ? 0 : sealed.size() - kTag, '\0');
  if (sealed.size() < kTag || key.size() != kKey ||
      crypto_aead_xchacha20poly1305_ietf_decrypt(Out(plain), nullptr, nullptr, In(sealed), sealed.size(), nullptr, 0,
                                                 In(NonceOf(block, last)), In(key)) != 0) {
    return WithReason(absl::StatusCode::kDataLoss, "BLOB_DAMAGED", "a stored object does not decrypt");
  }
  return plain;
}

// A data key under the tenant's: nonce and sealed key.
std::string Wrap(const std::string& key, const std::string& tenant_key) {
  std::string nonce(kNonce, '\0');
  randombytes_buf(Out(nonce), nonce.size());
  std::string sealed(key.size() + kTag, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(Out(sealed), nullptr, In(key), key.size(), nullptr, 0, nullptr, In(nonce),
                                             In(tenant_key));
  return ToHex(nonce + sealed);
}

std::string Unwrap(const std::string& wrapped_hex, const std::string& tenant_key) {
  const std::string wrapped = FromHex(wrapped_hex);
  if (wrapped.size() != kNonce + kKey + kTag) return "";
  std::string key(kKey, '\0');
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(Out(key), nullptr, nullptr, In(wrapped) + kNonce,
                                                                kKey + kTag, nullptr, 0, In(wrapped), In(tenant_key));
  return opened == 0 ? key : "";
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The root key, made once by whichever process comes first.
std::string RootKey(const std::string& path) {
  fs::create_directories(fs::path(path).parent_path());
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made >= 0) {
    const std::string hex = RandomHex(crypto_kdf_KEYBYTES) + "\n";
    if (::write(made, hex.data(), hex.size()) != static_cast<ssize_t>(hex.size()) || ::fsync(made) != 0) std::abort();
    ::close(made);
  }
  for (int attempt = 0; attempt < 100; ++attempt) {  // Another process may be writing it at this moment.
    std::string key = FromHex(ReadFile(path));
    if (key.size() == crypto_kdf_KEYBYTES) return key;
    ::usleep(10'000);
  }
  log::Error("tenant key cannot be read", {{"file", path}});
  std::exit(1);
}

// A file that disappears unless it was kept.
class Draft {
 public:
  explicit Draft(std::string path)
      : path_(std::move(path)), fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
  ~Draft() {
    if (fd_ >= 0) ::close(fd_);
    if (!kept_) ::unlink(path_.c_str());
  }
  absl::Status Write(const std::string& bytes) {
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t wrote = ::write(fd_, bytes.data() + at, bytes.size() - at);
      if (wrote < 0 && errno != EINTR) return absl::ResourceExhaustedError(fmt::format("cannot write {}", path_));
      if (wrote > 0) at += static_cast<size_t>(wrote);
    }
    return absl::OkStatus();
  }
  absl::Status KeepAs(const std::string& path) {
    if (::fsync(fd_) != 0 || ::rename(path_.c_str(), path.c_str()) != 0) {
      return absl::ResourceExhaustedError("cannot keep " + path);
    }
    kept_ = true;
    const int folder = ::open(fs::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
      ::fsync(folder);
      ::close(folder);
    }
    return absl::OkStatus();
  }
  bool open() const { return fd_ >= 0; }

 private:
  const std::string path_;
  const int fd_;
  bool kept_ = false;
};

}  // namespace

Blobs::Blobs(std::string directory, const std::string& tenant_key_file) : directory_(std::move(directory)) {
  if (sodium_init() < 0) std::abort();
  fs::create_directories(directory_);
  root_key_ = RootKey(tenant_key_file);
}

// The end of a UUIDv7 is random, its beginning is the time: folders fill evenly by the end.
std::string Blobs::PathOf(const std::string& id) const {
  return fmt::format("{}/{}/{}", directory_, id.substr(id.size() - 2), id);
}

std::string Blobs::TenantKey(int64_t tenant) const {
  std::string key(kKey, '\0');
  crypto_kdf_derive_from_key(Out(key), key.size(), static_cast<uint64_t>(tenant), kContext, In(root_key_));
  return key;
}

absl::StatusOr<BlobInfo> Blobs::Put(int64_t tenant, int64_t most_bytes, const std::function<bool(std::string&)>& next) {
  BlobInfo info{.id = NewId()};
  const std::string path = PathOf(info.id);
  fs::create_directories(fs::path(path).parent_path());
  Draft draft(path + ".part");
  if (!draft.open()) return absl::ResourceExhaustedError("cannot create " + path);
  std::string key(kKey, '\0');
  randombytes_buf(Out(key), key.size());
  crypto_hash_sha256_state hash;
  crypto_hash_sha256_init(&hash);
  uint64_t block = 0;
  std::string pending;
  std::string piece;
  while (next(piece)) {
    info.size_bytes += static_cast<int64_t>(piece.size());
    if (info.size_bytes > most_bytes) {
      return WithReason(absl::StatusCode::kInvalidArgument, "FILE_TOO_LARGE", "the file is too large",
                        {{"mostBytes", std::to_string(most_bytes)}});
    }
    crypto_hash_sha256_update(&hash, In(piece), piece.size());
    pending += piece;
    // More than a block: what may still be the last one waits.
    size_t at = 0;
    for (; pending.size() - at > kBlock; at += kBlock) {
      RETURN_IF_ERROR(draft.Write(Seal(pending.substr(at, kBlock), key, block++, /*last=*/false)));
    }
    pending.erase(0, at);
  }
  RETURN_IF_ERROR(draft.Write(Seal(pending, key, block, /*last=*/true)));
  RETURN_IF_ERROR(draft.KeepAs(path));
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&hash, Out(digest));
  info.sha256 = ToHex(digest);
  info.wrapped_key = Wrap(key, TenantKey(tenant));
  return info;
}

absl::Status Blobs::Get(int64_t tenant, const BlobInfo& info, int64_t offset, int64_t length,
                        const std::function<bool(const std::string&)>& sink) const {
  if (offset < 0 || offset > info.size_bytes) return absl::OutOfRangeError("beyond the object's end");
  const int64_t end = length < 0 ? info.size_bytes : std::min(info.size_bytes, offset + length);
  if (!IsId(info.id)) return Missing("file", info.id);
  std::ifstream file(PathOf(info.id), std::ios::binary);
  if (!file) return Missing("file", info.id);
  const std::string key = Unwrap(info.wrapped_key, TenantKey(tenant));
  const int64_t last_block = info.size_bytes == 0 ? 0 : (info.size_bytes - 1) / static_cast<int64_t>(kBlock);
  for (int64_t block = offset / static_cast<int64_t>(kBlock); block <= last_block; ++block) {
    const int64_t begin = block * static_cast<int64_t>(kBlock);
    if (begin >= end && !(end == 0 && block == 0)) break;
    std::string sealed(kBlock + kTag, '\0');
    file.clear();
    file.seekg(block * static_cast<int64_t>(kBlock + kTag));
    file.read(sealed.data(), static_cast<std::streamsize>(sealed.size()));
    sealed.resize(static_cast<size_t>(file.gcount()));
    ASSIGN_OR_RETURN(const std::string plain, Open(sealed, key, static_cast<uint64_t>(block), block == last_block));
    const int64_t from = std::max<int64_t>(offset - begin, 0);
    const int64_t to = std::min<int64_t>(end - begin, static_cast<int64_t>(plain.size()));
    if (to > from && !sink(plain.substr(static_cast<size_t>(from), static_cast<size_t>(to - from)))) break;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Blobs::Read(int64_t tenant, const BlobInfo& info) const {
  std::string all;
  RETURN_IF_ERROR(Get(tenant, info, 0, -1, [&](const std::string& piece) {
    all += piece;
    return true;
  }));
  return all;
}

void Blobs::Remove(const std::string& id) {
  if (IsId(id)) ::unlink(PathOf(id).c_str());
}

}  // namespace lintel
