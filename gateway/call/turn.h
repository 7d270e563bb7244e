// One request on its way through the gateway: its ids, its language, who asks, and the one place where an answer gets
// its common headers, its log line and its metric.
#pragma once

#include <google/protobuf/message.h>

#include <chrono>
#include <memory>
#include <string>

#include "gateway/call/core.h"
#include "gateway/call/credentials.h"
#include "gateway/http/exchange.h"

namespace lintel::gateway {

class Turn {
 public:
  Turn(Core& core, std::shared_ptr<Exchange> exchange);

  Core& core() { return core_; }
  Exchange& exchange() { return *exchange_; }
  const Request& request() const { return exchange_->request(); }
  const Credentials& credentials() const { return credentials_; }
  const std::string& language() const { return language_; }
  const std::string& request_id() const { return request_id_; }

  // UNAUTHENTICATED for unreadable credentials, RESOURCE_EXHAUSTED RATE_LIMITED; then Fail with it.
  absl::Status Admit();

  // The RPC that answers; for the log and the metrics.
  void set_route(const Route& route) {
    method_ = route.method;
    body_ = route.body == nullptr ? "" : route.body->name();
  }
  const Method* method() const { return method_; }

  // Headers for the service: token, ids, language, the client's address.
  CallMetadata ServiceMetadata() const;
  // The service that serves `method`; `id` is the value that a prefix is read from. UNAVAILABLE SERVICE_AWAY when it is
  // not listed, NOT_FOUND for a prefix of none.
  absl::StatusOr<Backend*> FindBackend(const Method& method, const std::string& id);

  // Exactly one of these, once.
  void Reply(Response response);
  void ReplyJson(std::string json, Headers headers = {});
  void Fail(const absl::Status& status);
  void Fail(const grpc::Status& status);
  // The head of a streamed answer; the caller goes on with the exchange, and says with one of the other two that the
  // answer is over: complete as far as the client can tell, or cut so that it sees that something is missing.
  void BeginStream(Response head, std::optional<uint64_t> length);
  void EndStream(grpc::StatusCode how);
  void CutStream(grpc::StatusCode how);

 private:
  void AddCommonHeaders(Response& response) const;
  void Compressed(Response& response) const;
  void Record(int http_status, const std::string& code, const std::string& reason) const;
  void RecordStream(grpc::StatusCode how) const;

  Core& core_;
  const std::shared_ptr<Exchange> exchange_;
  const std::chrono::steady_clock::time_point started_at_ = std::chrono::steady_clock::now();
  std::string request_id_;
  std::string traceparent_;
  std::string language_;
  Credentials credentials_;
  const Method* method_ = nullptr;
  std::string body_;  // The request's field that the HTTP body is.
  const RateLimiter* limiter_ = nullptr;
  RateLimiter::Verdict verdict_;
  int stream_status_ = 200;
};

}  // namespace lintel::gateway
