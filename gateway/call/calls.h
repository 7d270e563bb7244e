// The four shapes of a call. Each answers its turn exactly once.
#pragma once

#include <functional>
#include <memory>

#include "gateway/call/build_request.h"

namespace lintel::gateway {

// Server streams stay open, so they are served where sessions are watched (live/rpc_stream).
using StreamServer = std::function<void(std::shared_ptr<Turn>, const RoutedRequest&, const google::protobuf::Message&)>;

// Picks the shape; checks the body's type, CSRF and size first. `streams` must outlive the turn.
void ServeRoute(std::shared_ptr<Turn> turn, RoutedRequest routed, const StreamServer& streams);

// JSON in and out, with ETag, Idempotency-Replayed and the session's cookies.
void ServeUnary(std::shared_ptr<Turn> turn, const RoutedRequest& routed, const google::protobuf::Message& message);
// google.api.HttpBody or a stream of it: bytes with Range, ETag and a file name.
void ServeBytes(std::shared_ptr<Turn> turn, const RoutedRequest& routed, const google::protobuf::Message& message);
// A raw body in chunks of at most 64 KiB.
void ServeUpload(std::shared_ptr<Turn> turn, const RoutedRequest& routed);

// The value of the route's variable, which an operation's prefix is read from.
std::string FirstBinding(const RoutedRequest& routed);

}  // namespace lintel::gateway
