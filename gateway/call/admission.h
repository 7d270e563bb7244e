// Who a request counts against: the operator whose token proves genuine, otherwise the address it came from. Tokens
// made up for each request buy their sender nothing and fill no table.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "gateway/text/rate_limiter.h"
#include "gateway/text/recent_map.h"
#include "platform/auth/token.h"

namespace lintel::gateway {

class Admission {
 public:
  // `tokens` must outlive it. 0 requests per minute: no limit.
  Admission(const Tokens& tokens, int64_t requests_per_minute);

  struct Count {
    const RateLimiter* limiter;
    RateLimiter::Verdict verdict;
  };
  // Threads: any.
  Count Take(const std::string& token, const std::string& address, RateLimiter::Time now);

 private:
  struct Proven {
    std::string principal;
    RateLimiter::Time until;
  };
  // Empty for a token that proves nothing.
  std::string PrincipalOf(const std::string& token, RateLimiter::Time now);

  const Tokens& tokens_;
  RateLimiter by_principal_;
  RateLimiter by_address_;
  std::mutex mutex_;
  RecentMap<Proven> proven_;
};

}  // namespace lintel::gateway
