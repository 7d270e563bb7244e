#include "platform/clock/clock.h"

#include <atomic>
#include <cstdio>
#include <fstream>
#include <memory>

#include "absl/time/time.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr auto kOffsetLifetime = std::chrono::milliseconds(100);

// The offset last read and when; races only cost a second reading.
struct OffsetCache {
  explicit OffsetCache(std::string path) : file(std::move(path)) {}
  const std::string file;
  std::atomic<int64_t> seconds{0};
  std::atomic<int64_t> read_at_ms{INT64_MIN / 2};
};

int64_t OffsetSeconds(OffsetCache& cache) {
  const int64_t now_ms = duration_cast<std::chrono::milliseconds>(steady_clock::now().time_since_epoch()).count();
  if (now_ms - cache.read_at_ms.load() < kOffsetLifetime.count()) return cache.seconds.load();
  int64_t seconds = 0;
  std::ifstream file(cache.file);
  if (!(file >> seconds)) seconds = 0;
  cache.seconds.store(seconds);
  cache.read_at_ms.store(now_ms);
  return seconds;
}

}  // namespace

Instant WallClock() { return std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now()); }

Clock FollowOffset(const std::string& offset_file) {
  auto cache = std::make_shared<OffsetCache>(offset_file);
  return [cache] { return WallClock() + std::chrono::seconds(OffsetSeconds(*cache)); };
}

std::string ToRfc3339(Instant instant) {
  const absl::Time time = absl::FromUnixMicros(instant.time_since_epoch().count());
  return absl::FormatTime("%Y-%m-%d%ET%H:%M:%E*SZ", time, absl::UTCTimeZone());
}

absl::StatusOr<Instant> ParseRfc3339(const std::string& text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return absl::InvalidArgumentError("not an RFC 3339 time: " + error);
  }
  return Instant(microseconds(absl::ToUnixMicros(time)));
}

}  // namespace lintel
