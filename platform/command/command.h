// Mutating calls happen once (DESIGN 3.10): the answer is written in the transaction of its effect, under tenant,
// operator, method and request_id, with a hash of the body. A replay gets the first answer.
#pragma once

#include <functional>
#include <string>

#include "platform/clock/clock.h"
#include "platform/server/call.h"

namespace lintel {

class Commands {
 public:
  Commands(pg::Database& database, Clock clock) : database_(database), clock_(std::move(clock)) {}

  // Runs `body` in one transaction and remembers its answer. `request` must have a field request_id; when it is empty
  // nothing is remembered (internal calls that are idempotent by document id). Only successes are remembered.
  //   ALREADY_EXISTS REQUEST_ID_REUSED   the same id came with another body
  //   ABORTED        IN_PROGRESS         the same request is still running
  // A replay sets the reply header x-lintel-replayed.
  template <class Reply, class Request>
  absl::StatusOr<Reply> Run(const Call& call, const Request& request,
                            const std::function<absl::StatusOr<Reply>(pg::Transaction&)>& body) {
    Reply reply;
    const absl::Status status = RunUntyped(call, request, request.request_id(), &reply, [&](pg::Transaction& tx) {
      absl::StatusOr<Reply> answer = body(tx);
      if (!answer.ok()) return answer.status();
      reply = *std::move(answer);
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    return reply;
  }

  Instant Now() const { return clock_(); }
  pg::Database& database() { return database_; }

 private:
  absl::Status RunUntyped(const Call& call, const google::protobuf::Message& request, const std::string& request_id,
                          google::protobuf::Message* reply, const std::function<absl::Status(pg::Transaction&)>& body);

  pg::Database& database_;
  const Clock clock_;
};

}  // namespace lintel
