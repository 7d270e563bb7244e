// The contract as OpenAPI 3.1, with the comments of the protos as descriptions.
#pragma once

#include <string>

#include "gateway/contract/contract.h"

namespace lintel::gateway {

std::string OpenApi(const Contract& contract);

}  // namespace lintel::gateway
