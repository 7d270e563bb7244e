// Proto and domain of consultants, policies and number ranges.
#pragma once

#include "lintel/sales/v1/policies.pb.h"
#include "lintel/sales/v1/sales.pb.h"
#include "platform/wire/values.h"
#include "services/sales/store/setup_store.h"

namespace lintel::sales {

using lintel::ToProto;  // Beside this service's own.

v1::Consultant ToProto(const Consultant& consultant);
// Without id. INVALID_ARGUMENT names the field.
absl::StatusOr<Consultant> ParseConsultant(const v1::Consultant& consultant);

v1::Policy ToProto(const std::string& project_id, const Policy& policy);
// What the request leaves out keeps its value in `current`.
absl::StatusOr<Policy> ParsePolicy(const v1::Policy& policy, const Policy& current);

v1::ContractNumberRange ToProto(const StoredRange& range);

}  // namespace lintel::sales
