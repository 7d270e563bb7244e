#include "gateway/text/rate_limiter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lintel::gateway {
namespace {

constexpr int64_t kWindowSeconds = 10;

}  // namespace

RateLimiter::RateLimiter(std::string policy, int64_t per_minute, size_t most_keys)
    : policy_(std::move(policy)),
      per_minute_(per_minute),
      burst_(std::max<int64_t>(1, per_minute * kWindowSeconds / 60)),
      buckets_(most_keys) {}

RateLimiter::Verdict RateLimiter::Take(const std::string& key, Time now) {
  if (!enabled()) return {};
  const double per_second = static_cast<double>(per_minute_) / 60;
  const std::lock_guard lock(mutex_);
  Bucket* known = buckets_.Find(key);
  Bucket& bucket = known != nullptr ? *known : buckets_.Put(key, {static_cast<double>(burst_), now});
  const double passed = std::chrono::duration<double>(now - bucket.filled_at).count();
  bucket.tokens = std::min(static_cast<double>(burst_), bucket.tokens + passed * per_second);
  bucket.filled_at = now;
  Verdict verdict;
  verdict.allowed = bucket.tokens >= 1;
  if (verdict.allowed) bucket.tokens -= 1;
  verdict.remaining = static_cast<int64_t>(bucket.tokens);
  const double missing = verdict.allowed ? static_cast<double>(burst_) - bucket.tokens : 1 - bucket.tokens;
  verdict.reset_seconds = std::max<int64_t>(1, static_cast<int64_t>(std::ceil(missing / per_second)));
  return verdict;
}

size_t RateLimiter::size() {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

std::string RateLimiter::PolicyField() const {
  return fmt::format("\"{}\";q={};w={}", policy_, burst_, kWindowSeconds);
}

std::string RateLimiter::LimitField(const Verdict& verdict) const {
  return fmt::format("\"{}\";r={};t={}", policy_, verdict.remaining, verdict.reset_seconds);
}

}  // namespace lintel::gateway
