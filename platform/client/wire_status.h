// Refusals on the wire: absl::Status with its reason, field and metadata to google.rpc.Status inside a grpc::Status,
// and back without loss, so that a service can hand on what another one refused.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "absl/status/status.h"

namespace lintel {

// `localized` is the text for the reader; it travels as LocalizedMessage and as the status's message. INTERNAL and
// UNKNOWN leak no inner text.
grpc::Status ToGrpc(const absl::Status& status, const std::string& localized, const std::string& language);

absl::Status FromGrpc(const grpc::Status& status);

}  // namespace lintel
