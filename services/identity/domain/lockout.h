// How failed sign-ins lock an account or an address for a while. Attempts are counted before the password is looked at,
// so that a burst of guesses in parallel is no better than one after another.
#pragma once

#include <chrono>
#include <optional>

#include "platform/clock/clock.h"

namespace lintel::identity {

struct LockoutPolicy {
  int failures = 5;
  std::chrono::minutes window{15};  // Failures further apart are forgotten.
  std::chrono::minutes lock{15};
};

// One address may stand for a whole office behind one router.
inline constexpr LockoutPolicy kAddressPolicy{.failures = 30};

struct Attempts {
  int count = 0;  // With this one.
  Instant first_time;
  std::optional<Instant> locked_until;
};

// What an attempt at `now` makes of what was before.
Attempts CountAttempt(const std::optional<Attempts>& before, const LockoutPolicy& policy, Instant now);

// Whether this attempt may not even be looked at.
bool IsRefused(const Attempts& attempts, const LockoutPolicy& policy, Instant now);

// After a wrong password.
Attempts AfterFailure(Attempts attempts, const LockoutPolicy& policy, Instant now);

}  // namespace lintel::identity
