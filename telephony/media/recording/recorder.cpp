#include "telephony/media/recording/recorder.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "platform/log/log.h"
#include "telephony/media/audio/wav.h"

namespace lintel::media {
namespace {

namespace fs = std::filesystem;

constexpr int kRoundMs = 40;
constexpr size_t kBytesPerFrame = kFrameSamples * 2 * sizeof(int16_t);
constexpr uint32_t kLongestGap = 50 * 3600;                    // Frames; more is a broken index, not a pause.
constexpr uint32_t kMostFrames = 0x7fffffff / kBytesPerFrame;  // A WAV's size field ends there: 18 hours.

// "<tenant>_<call>" of a file's name; nothing for names that are not ours.
std::optional<Spooled> ParseName(const fs::path& path) {
  const std::string stem = path.stem().string();
  const size_t underscore = stem.find('_');
  if (underscore == std::string::npos || underscore + 1 == stem.size()) return std::nullopt;
  Spooled spooled{.path = path, .call_id = stem.substr(underscore + 1)};
  const auto [end, error] = std::from_chars(stem.data(), stem.data() + underscore, spooled.tenant);
  if (error != std::errc() || end != stem.data() + underscore) return std::nullopt;
  return spooled;
}

bool PatchHeader(std::FILE* stream, uint32_t data_bytes) {
  const auto header = RecordingHeader(data_bytes);
  return std::fseek(stream, 0, SEEK_SET) == 0 && std::fwrite(header.data(), header.size(), 1, stream) == 1 &&
         std::fflush(stream) == 0 && fsync(fileno(stream)) == 0;
}

fs::path FinalName(const fs::path& part) { return fs::path(part).replace_extension(".wav"); }

}  // namespace

std::vector<Spooled> ListSpool(const fs::path& spool) {
  std::vector<std::pair<fs::file_time_type, Spooled>> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(spool, error)) {
    if (entry.path().extension() != ".wav") continue;
    std::optional<Spooled> spooled = ParseName(entry.path());
    if (spooled.has_value()) found.emplace_back(entry.last_write_time(error), *std::move(spooled));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Spooled> spooled;
  spooled.reserve(found.size());
  for (auto& [time, one] : found) spooled.push_back(std::move(one));
  return spooled;
}

void RepairSpool(const fs::path& spool) {
  std::error_code error;
  fs::create_directories(spool, error);
  fs::permissions(spool, fs::perms::owner_all, error);
  for (const auto& entry : fs::directory_iterator(spool, error)) {
    if (entry.path().extension() != ".part") continue;
    const uintmax_t size = fs::file_size(entry.path(), error);
    if (error || size < kWavHeaderSize + kBytesPerFrame) {
      fs::remove(entry.path(), error);
      continue;
    }
    const uintmax_t data = std::min<uintmax_t>((size - kWavHeaderSize) / kBytesPerFrame, kMostFrames) * kBytesPerFrame;
    std::FILE* const stream = std::fopen(entry.path().c_str(), "r+b");
    if (stream == nullptr) continue;
    if (PatchHeader(stream, static_cast<uint32_t>(data))) fs::rename(entry.path(), FinalName(entry.path()), error);
    std::fclose(stream);
  }
}

Recorder::Recorder(fs::path spool, WorkerRings& rings, std::function<void()> finished)
    : spool_(std::move(spool)), rings_(rings), finished_(std::move(finished)) {}

Recorder::~Recorder() { Stop(); }

void Recorder::Start() {
  thread_ = std::thread([this] { Run(); });
}

void Recorder::Stop() {
  stop_.store(true);
  if (thread_.joinable()) thread_.join();
  Round();
  const std::lock_guard lock(mutex_);
  for (auto& [id, file] : files_) Finish(file);
  files_.clear();
}

void Recorder::Run() {
  prctl(PR_SET_NAME, "recorder");
  while (!stop_.load()) {
    poll(nullptr, 0, kRoundMs);
    Round();
  }
}

uint64_t Recorder::Open(int64_t tenant, const std::string& call_id) {
  const std::lock_guard lock(mutex_);
  const uint64_t id = next_++;
  files_[id].part = spool_ / fmt::format("{}_{}.part", tenant, call_id);
  return id;
}

void Recorder::Close(uint64_t recording) {
  const std::lock_guard lock(mutex_);
  closing_.push_back(recording);
}

void Recorder::Round() {
  std::vector<uint64_t> closing;
  {
    const std::lock_guard lock(mutex_);
    closing.swap(closing_);
  }
  while (rings_.recorded.TryTake([this](RecordedFrame& frame) { Write(frame); })) {
  }
  if (closing.empty()) return;
  for (const uint64_t id : closing) {
    const std::lock_guard lock(mutex_);
    const auto file = files_.find(id);
    if (file == files_.end()) continue;
    Finish(file->second);
    files_.erase(file);
  }
  finished_();
}

void Recorder::Write(const RecordedFrame& frame) {
  File* file = nullptr;
  {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(frame.recording);
    if (found != files_.end()) file = &found->second;  // A map's nodes stay where they are.
  }
  if (file == nullptr || file->failed) return;
  if (Append(*file, frame)) return;
  file->failed = true;  // The call goes on; what was written so far is kept.
  failures_.fetch_add(1);
  log::Error("recording cannot be written", {{"error", std::strerror(errno)}});
}

bool Recorder::Append(File& file, const RecordedFrame& frame) {
  if (file.stream == nullptr) {
    const int descriptor = open(file.part.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return false;
    file.stream = fdopen(descriptor, "wb");
    if (file.stream == nullptr) return false;
    const auto header = RecordingHeader(0);
    if (std::fwrite(header.data(), header.size(), 1, file.stream) != 1) return false;
  }
  if (frame.index < file.frames || frame.index - file.frames > kLongestGap || frame.index >= kMostFrames) return true;
  static constexpr std::array<std::byte, kBytesPerFrame> kSilentFrame{};
  for (; file.frames < frame.index; ++file.frames) {
    if (std::fwrite(kSilentFrame.data(), kSilentFrame.size(), 1, file.stream) != 1) return false;
  }
  std::array<int16_t, 2 * kFrameSamples> interleaved;
  for (size_t i = 0; i < kFrameSamples; ++i) {
    interleaved[2 * i] = frame.caller[i];
    interleaved[2 * i + 1] = frame.agent[i];
  }
  if (std::fwrite(interleaved.data(), sizeof(interleaved), 1, file.stream) != 1) return false;
  ++file.frames;
  return true;
}

void Recorder::Finish(File& file) {
  if (file.stream == nullptr) return;
  const bool whole = PatchHeader(file.stream, static_cast<uint32_t>(file.frames * kBytesPerFrame));
  std::fclose(file.stream);
  file.stream = nullptr;
  std::error_code error;
  if (whole) fs::rename(file.part, FinalName(file.part), error);
}

}  // namespace lintel::media
