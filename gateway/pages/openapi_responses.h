// The refusals of the OpenAPI document: shared by all operations, each with an example made by the code that makes real
// ones.
#pragma once

#include <string>
#include <vector>

#include "gateway/contract/contract.h"
#include "gateway/pages/refusals.h"
#include "platform/i18n/reasons.h"

namespace lintel::gateway {

// The members of components.responses.
std::string SharedResponses(const Reasons& reasons);
// The schemas they refer to, as members of components.schemas.
std::string ErrorSchemas();

// `responses` of one operation: `answer` for 200, and what may be refused, with the reasons the contract names.
std::string OperationResponses(const Route& route, const std::string& answer, const std::vector<Refusal>& refusals);

}  // namespace lintel::gateway
