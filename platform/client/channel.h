// Calls to another service. Blocking, with a deadline that must be given: gRPC ends the call by then, and should it
// not, the caller is let go a few seconds later. The callee's refusals come back as they were made. There are no
// generated stubs: method names are checked against the contract once per process.
#pragma once

#include <google/protobuf/message.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "platform/auth/token.h"

namespace grpc {
class Channel;
}

namespace lintel {

struct CallOptions {
  std::chrono::steady_clock::time_point deadline;
  int64_t tenant = 0;          // Claimed by the service token.
  std::string actor;           // operators/{o} on whose behalf; empty for jobs.
  std::string operator_token;  // When set it is sent instead of a service token: the callee judges the operator.
  std::string session;         // sessions/{s} of that operator, when known.
  std::string request_id;      // For logs and traces.
  std::string language;
  std::string traceparent;
  std::map<std::string, std::string> metadata;  // Further headers.
};

class Channel {
 public:
  // `service` is this process's own name, `peer` the callee's, for errors (SERVICE_AWAY).
  Channel(const std::string& address, std::string service, std::string peer, const Tokens& tokens);
  ~Channel();

  // `method`: "lintel.inventory.v1.ClaimService/OpenClaim".
  template <class Reply>
  absl::StatusOr<Reply> Call(const std::string& method, const google::protobuf::Message& request,
                             const CallOptions& options) {
    Reply reply;
    const absl::Status status = CallUntyped(method, request, options, &reply);
    if (!status.ok()) return status;
    return reply;
  }

  // Reads a server stream in the calling thread until it ends, the deadline passes, or `each` answers false.
  template <class Item>
  absl::Status Stream(const std::string& method, const google::protobuf::Message& request, const CallOptions& options,
                      const std::function<bool(const Item&)>& each) {
    return StreamUntyped(method, request, options, Item::default_instance(),
                         [&](const google::protobuf::Message& item) { return each(static_cast<const Item&>(item)); });
  }

  // Sends chunks until `next` answers false, then waits for the reply.
  template <class Reply, class Chunk>
  absl::StatusOr<Reply> Upload(const std::string& method, const CallOptions& options,
                               const std::function<bool(Chunk&)>& next) {
    Reply reply;
    Chunk chunk;
    const absl::Status status = UploadUntyped(
        method, options, &chunk, [&] { return next(chunk); }, &reply);
    if (!status.ok()) return status;
    return reply;
  }

 private:
  absl::Status CallUntyped(const std::string& method, const google::protobuf::Message& request,
                           const CallOptions& options, google::protobuf::Message* reply);
  absl::Status StreamUntyped(const std::string& method, const google::protobuf::Message& request,
                             const CallOptions& options, const google::protobuf::Message& prototype,
                             const std::function<bool(const google::protobuf::Message&)>& each);
  absl::Status UploadUntyped(const std::string& method, const CallOptions& options, google::protobuf::Message* chunk,
                             const std::function<bool()>& next, google::protobuf::Message* reply);
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lintel
