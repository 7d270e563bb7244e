#include "platform/auth/principal_cache.h"

namespace lintel {
namespace {

constexpr size_t kMostEntries = 10000;

bool IsAway(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable || status.code() == absl::StatusCode::kDeadlineExceeded ||
         status.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace

absl::StatusOr<Principal> PrincipalCache::Get(const auth::TokenClaims& claims) {
  const auto now = std::chrono::steady_clock::now();
  int64_t changes_before = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(claims.session());
    if (found != entries_.end() && !found->second.expired && now - found->second.resolved_at < age_) {
      return found->second.principal;
    }
    changes_before = changes_;
  }
  absl::StatusOr<Principal> resolved = resolve_(claims);
  const std::lock_guard lock(mutex_);
  if (resolved.ok()) {
    if (changes_ != changes_before) return resolved;
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
  ++changes_;
}

void PrincipalCache::Expire(const std::function<bool(const Principal&)>& changed) {
  const std::lock_guard lock(mutex_);
  for (auto& [session, entry] : entries_) entry.expired = entry.expired || changed(entry.principal);
  ++changes_;
}

}  // namespace lintel
