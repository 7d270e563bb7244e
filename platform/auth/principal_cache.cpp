#include "platform/auth/principal_cache.h"

namespace lintel {
namespace {

constexpr auto kLifetime = std::chrono::seconds(4);  // With the call itself, under the 5 s that DESIGN allows.
constexpr size_t kMostEntries = 10000;

bool IsAway(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kDeadlineExceeded ||
         status.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace

absl::StatusOr<Principal> PrincipalCache::Get(const auth::TokenClaims& claims) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(claims.session());
    if (found != entries_.end() && now - found->second.resolved_at < kLifetime) return found->second.principal;
  }
  absl::StatusOr<Principal> resolved = resolve_(claims);
  const std::lock_guard lock(mutex_);
  if (resolved.ok()) {
    if (entries_.size() >= kMostEntries) entries_.clear();
    entries_[claims.session()] = {*resolved, now};
    return resolved;
  }
  const auto stale = entries_.find(claims.session());
  if (stale != entries_.end() && IsAway(resolved.status())) return stale->second.principal;
  if (stale != entries_.end()) entries_.erase(stale);
  return resolved;
}

void PrincipalCache::Drop(const std::string& session) {
  const std::lock_guard lock(mutex_);
  entries_.erase(session);
}

void PrincipalCache::DropAll() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
}

}  // namespace lintel
