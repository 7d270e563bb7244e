#include "services/telephony/app/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cstring>
#include <filesystem>

#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel::telephony {
namespace {

constexpr size_t kHeader = 8;  // Length and CRC-32, little-endian
constexpr uint32_t kLargestRecord = 4u << 20;

std::string Header(const std::string& record) {
  const uint32_t parts[] = {
      static_cast<uint32_t>(record.size()),
      static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(record.data()), static_cast<uInt>(record.size())))};
  return {reinterpret_cast<const char*>(parts), sizeof parts};
}

absl::Status DiskFailed(const char* what) {
  return WithReason(absl::StatusCode::kUnavailable, "SPOOL_FAILED", std::string("the spool cannot be ") + what);
}

bool WriteAll(int descriptor, const std::string& bytes) {
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t wrote = write(descriptor, bytes.data() + done, bytes.size() - done);
    if (wrote <= 0) return false;
    done += static_cast<size_t>(wrote);
  }
  return true;
}

}  // namespace

std::vector<std::string> ParseSpool(const std::string& bytes, size_t& used) {
  std::vector<std::string> records;
  used = 0;
  while (bytes.size() - used >= kHeader) {
    uint32_t parts[2];
    std::memcpy(parts, bytes.data() + used, sizeof parts);
    if (parts[0] > kLargestRecord || bytes.size() - used - kHeader < parts[0]) break;
    std::string record = bytes.substr(used + kHeader, parts[0]);
    if (Header(record) != bytes.substr(used, kHeader)) break;
    used += kHeader + record.size();
    records.push_back(std::move(record));
  }
  return records;
}

Spool::Spool(std::string file, int64_t most_bytes) : file_(std::move(file)), most_bytes_(most_bytes) {
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(file_).parent_path(), ignored);
  descriptor_ = open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    log::Error("the spool cannot be opened", {{"file", file_}});
    std::exit(1);
  }
  bytes_ = static_cast<int64_t>(std::filesystem::file_size(file_, ignored));
  if (const auto content = Read(); content.ok() && content->bytes < bytes_) {
    log::Warn("a torn record at the spool's end was dropped", {{"bytes", std::to_string(bytes_ - content->bytes)}});
    if (ftruncate(descriptor_, content->bytes) == 0) bytes_ = content->bytes;
  }
}

Spool::~Spool() { close(descriptor_); }

absl::Status Spool::Append(const std::string& record) {
  const std::lock_guard lock(mutex_);
  const int64_t size = static_cast<int64_t>(kHeader + record.size());
  if (record.size() > kLargestRecord || bytes_ + size > most_bytes_) {
    return WithReason(absl::StatusCode::kResourceExhausted, "SPOOL_FULL", "the local spool is full");
  }
  if (lseek(descriptor_, bytes_, SEEK_SET) < 0 || !WriteAll(descriptor_, Header(record) + record) ||
      fdatasync(descriptor_) != 0) {
    return DiskFailed("written");
  }
  bytes_ += size;
  return absl::OkStatus();
}

absl::StatusOr<Spool::Content> Spool::Read() {
  const std::lock_guard lock(mutex_);
  std::string bytes(static_cast<size_t>(bytes_), '\0');
  if (pread(descriptor_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    return DiskFailed("read");
  size_t used = 0;
  Content content{.records = ParseSpool(bytes, used)};
  content.bytes = static_cast<int64_t>(used);
  return content;
}

absl::Status Spool::Drop(int64_t count) {
  const std::lock_guard lock(mutex_);
  std::string rest(static_cast<size_t>(bytes_ - count), '\0');
  if (pread(descriptor_, rest.data(), rest.size(), count) != static_cast<ssize_t>(rest.size()))
    return DiskFailed("read");
  // A fresh file takes the old one's place at once: a crash leaves one or the other, whole.
  const std::string fresh = file_ + ".new";
  const int descriptor = open(fresh.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return DiskFailed("written");
  if (!WriteAll(descriptor, rest) || fdatasync(descriptor) != 0 || rename(fresh.c_str(), file_.c_str()) != 0) {
    close(descriptor);
    return DiskFailed("written");
  }
  close(descriptor_);
  descriptor_ = descriptor;
  bytes_ = static_cast<int64_t>(rest.size());
  return absl::OkStatus();
}

int64_t Spool::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace lintel::telephony
