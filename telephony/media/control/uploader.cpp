#include "telephony/media/control/uploader.h"

#include <fstream>
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
  CallOptions options{.deadline = std::chrono::steady_clock::now() + kDeadline, .tenant = spooled.tenant};
  options.metadata["x-lintel-call"] = spooled.call_id;
  std::string buffer(kChunk, '\0');
  const auto reply = channel_.Upload<v1::UploadRecordingResponse, google::api::HttpBody>(
      kMethod, options, [&](google::api::HttpBody& chunk) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        if (file.gcount() == 0) return false;
        chunk.set_content_type("audio/wav");
        chunk.set_data(buffer.data(), static_cast<size_t>(file.gcount()));
        return true;
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
