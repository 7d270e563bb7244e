#include "telephony/media/control/uploader.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <fstream>
#include <optional>
#include <utility>

#include "google/api/httpbody.pb.h"
#include "lintel/telephony/v1/call_control.pb.h"
#include "platform/log/log.h"

namespace lintel::media {
namespace {

namespace v1 = telephony::v1;
using namespace std::chrono_literals;

constexpr size_t kChunk = 64 << 10;
constexpr auto kDeadline = 60s;
constexpr auto kRetryAfter = 2s;
constexpr char kMethod[] = "lintel.telephony.v1.CallControlService/UploadRecording";

// What the receiver compares with what arrives.
struct Announcement {
  size_t size_bytes = 0;
  std::string sha256;  // Hex
};

// The next piece; false at the end.
bool ReadPiece(std::ifstream& file, std::string& piece) {
  piece.resize(kChunk);
  file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
  piece.resize(static_cast<size_t>(file.gcount()));
  return !piece.empty();
}

// Nothing when the disk does not give the file to its end. Leaves `file` at its beginning.
std::optional<Announcement> Measure(std::ifstream& file) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (hash == nullptr || EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) != 1) return std::nullopt;
  Announcement announcement;
  std::string piece;
  while (ReadPiece(file, piece)) {
    announcement.size_bytes += piece.size();
    if (EVP_DigestUpdate(hash.get(), piece.data(), piece.size()) != 1) return std::nullopt;
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (file.bad() || EVP_DigestFinal_ex(hash.get(), digest, &size) != 1) return std::nullopt;
  for (unsigned i = 0; i < size; ++i) announcement.sha256 += fmt::format("{:02x}", digest[i]);
  file.clear();
  file.seekg(0);
  return announcement;
}

}  // namespace

Uploader::Uploader(std::filesystem::path spool, Channel& channel) : spool_(std::move(spool)), channel_(channel) {}

Uploader::~Uploader() { Stop(); }

void Uploader::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Uploader::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Uploader::Notify() {
  {
    const std::lock_guard lock(mutex_);
    news_ = true;
  }
  changed_.notify_all();
}

void Uploader::Run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || news_; });
      if (stop_) return;
      news_ = false;
    }
    bool failed = false;
    for (const Spooled& spooled : ListSpool(spool_)) failed |= !Upload(spooled);
    if (!failed) continue;
    std::unique_lock lock(mutex_);
    news_ = true;
    if (changed_.wait_for(lock, kRetryAfter, [this] { return stop_; })) return;
  }
}

bool Uploader::Upload(const Spooled& spooled) {
  std::ifstream file(spooled.path, std::ios::binary);
  if (!file) return true;
  const std::optional<Announcement> announcement = Measure(file);
  if (!announcement.has_value()) {
    log::Error("a recording cannot be read", {{"call", spooled.call_id}});
    return false;
  }
  CallOptions options{.deadline = std::chrono::steady_clock::now() + kDeadline, .tenant = spooled.tenant};
  options.metadata["x-lintel-call"] = spooled.call_id;
  options.metadata["x-lintel-content-length"] = std::to_string(announcement->size_bytes);
  options.metadata["x-lintel-sha256"] = announcement->sha256;
  const auto reply = channel_.Upload<v1::UploadRecordingResponse, google::api::HttpBody>(
      kMethod, options, [&](google::api::HttpBody& chunk) {
        chunk.set_content_type("audio/wav");
        return ReadPiece(file, *chunk.mutable_data());
      });
  if (!reply.ok()) {
    log::Warn("a recording is not taken yet",
              {{"call", spooled.call_id}, {"reason", std::string(reply.status().message())}});
    return false;
  }
  std::error_code error;
  std::filesystem::remove(spooled.path, error);
  uploaded_.fetch_add(1);
  log::Info("recording uploaded", {{"call", spooled.call_id}});
  return true;
}

}  // namespace lintel::media
