// What every request needs, made once by main.
#pragma once

#include <memory>
#include <string>

#include "gateway/call/backends.h"
#include "gateway/contract/contract.h"
#include "gateway/contract/json_writer.h"
#include "gateway/contract/router.h"
#include "gateway/text/rate_limiter.h"
#include "platform/i18n/reasons.h"
#include "platform/metrics/metrics.h"

namespace lintel::gateway {

struct Core {
  std::unique_ptr<Contract> contract;
  std::unique_ptr<Backends> backends;
  Router router;
  JsonWriter writer;
  Reasons reasons;
  Metrics metrics{"gateway"};
  RateLimiter by_principal;
  RateLimiter by_address;

  Core(std::unique_ptr<Contract> served, std::unique_ptr<Backends> services, int64_t requests_per_minute);
};

}  // namespace lintel::gateway
