// The contract as OpenAPI 3.1: the comments of the protos as summaries and descriptions (x-summary-zh where they are in
// Chinese too), who may (x-lintel-right, -scope, -feature), the reasons an operation refuses with (x-lintel-reasons),
// examples, and the refusals that all operations share.
#pragma once

#include <string>

#include "gateway/contract/contract.h"
#include "platform/i18n/reasons.h"

namespace lintel::gateway {

std::string OpenApi(const Contract& contract, const Reasons& reasons);

}  // namespace lintel::gateway
