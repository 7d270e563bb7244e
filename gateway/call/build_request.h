// A request's path, query and JSON body as the message of its RPC.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/call/turn.h"

namespace lintel::gateway {

// A route with the values of its path.
struct RoutedRequest {
  const Route* route;
  PathTemplate::Bindings bindings;
};

// INVALID_ARGUMENT names the field that does not fit. `json` is empty where the route takes no body. The path wins over
// the query, the query over the body; Idempotency-Key becomes request_id, and one is made where the client sent none.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> BuildRequest(Turn& turn, const RoutedRequest& routed,
                                                                        const std::string& json);

// How large a body this route takes.
size_t LargestBody(const Route& route);

}  // namespace lintel::gateway
