// An RPC that answers a stream, as server-sent events: one event per message, then `end` or `error`; `signed-out` when
// the session ends first.
#pragma once

#include <memory>

#include "gateway/call/calls.h"
#include "gateway/live/session_watch.h"

namespace lintel::gateway {

// Answers the turn as SessionWatch::Open refuses, unless the method is open to all.
void ServeRpcStream(std::shared_ptr<Turn> turn, const RoutedRequest& routed, const google::protobuf::Message& message,
                    SessionWatch& sessions);

}  // namespace lintel::gateway
