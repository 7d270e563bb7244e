// Token buckets per key (a principal, or an address while nobody is known), with what the RateLimit fields of the IETF
// draft say about them.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

#include "gateway/text/recent_map.h"

namespace lintel::gateway {

class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `per_minute` requests on average, a burst of `per_minute / 6` at once. 0: no limit. At most `most_keys` are
  // remembered; those that have been quiet for longest are the first to be forgotten.
  RateLimiter(std::string policy, int64_t per_minute, size_t most_keys);

  struct Verdict {
    bool allowed = true;
    int64_t remaining = 0;
    int64_t reset_seconds = 0;  // Until the bucket is full again; when refused, until one request is allowed.
  };
  // Threads: any.
  Verdict Take(const std::string& key, Time now);

  // Keys remembered now. Threads: any.
  size_t size();

  bool enabled() const { return per_minute_ > 0; }
  // "\"principal\";q=1000;w=10"
  std::string PolicyField() const;
  // "\"principal\";r=12;t=3"
  std::string LimitField(const Verdict& verdict) const;

 private:
  struct Bucket {
    double tokens;
    Time filled_at;
  };
  const std::string policy_;
  const int64_t per_minute_;
  const int64_t burst_;
  std::mutex mutex_;
  RecentMap<Bucket> buckets_;
};

}  // namespace lintel::gateway
