// What every request needs, made once by main.
#pragma once

#include <memory>
#include <string>

#include "gateway/call/admission.h"
#include "gateway/call/backends.h"
#include "gateway/contract/contract.h"
#include "gateway/contract/json_writer.h"
#include "gateway/contract/router.h"
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
  prometheus::Counter& slow_listeners;
  Admission admission;

  // `tokens` must outlive it.
  Core(std::unique_ptr<Contract> served, std::unique_ptr<Backends> services, const Tokens& tokens,
       int64_t requests_per_minute);
};

}  // namespace lintel::gateway
