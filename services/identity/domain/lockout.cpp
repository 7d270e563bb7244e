#include "services/identity/domain/lockout.h"

namespace lintel::identity {

Attempts CountAttempt(const std::optional<Attempts>& before, const LockoutPolicy& policy, Instant now) {
  const bool locked = before && before->locked_until && *before->locked_until > now;
  if (locked) return *before;
  const bool afresh = !before || before->locked_until || now - before->first_time > policy.window;
  if (afresh) return {.count = 1, .first_time = now, .locked_until = std::nullopt};
  return {.count = before->count + 1, .first_time = before->first_time, .locked_until = std::nullopt};
}

bool IsRefused(const Attempts& attempts, const LockoutPolicy& policy, Instant now) {
  return (attempts.locked_until && *attempts.locked_until > now) || attempts.count > policy.failures;
}

Attempts AfterFailure(Attempts attempts, const LockoutPolicy& policy, Instant now) {
  if (attempts.count >= policy.failures && !attempts.locked_until) attempts.locked_until = now + policy.lock;
  return attempts;
}

}  // namespace lintel::identity
