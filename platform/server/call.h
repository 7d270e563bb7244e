// One RPC in progress, as a handler sees it: who calls, how far the right reaches, how long is left.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "platform/auth/principal.h"
#include "platform/client/channel.h"
#include "platform/outbox/outbox.h"
#include "platform/pg/database.h"

namespace lintel {

class Call {
 public:
  // What the interceptor found out. Tests make their own.
  struct Parts {
    Principal principal;
    Scope scope;
    std::string method;      // "lintel.inventory.v1.InventoryService/GetRoom"
    std::string request_id;  // x-request-id, for logs
    std::string traceparent;
    std::string language;  // accept-language
    std::string token;     // The bearer token as it came.
    std::chrono::steady_clock::time_point deadline;
    std::map<std::string, std::string> metadata;  // Lower-case keys, everything the client sent.
    std::function<bool()> cancelled;
  };
  explicit Call(Parts parts)
      : parts_(std::make_shared<const Parts>(std::move(parts))), reply_(std::make_shared<Reply>()) {}

  const Principal& principal() const { return parts_->principal; }
  const Scope& scope() const { return parts_->scope; }
  int64_t tenant() const { return parts_->principal.tenant; }
  const std::string& method() const { return parts_->method; }
  const std::string& request_id() const { return parts_->request_id; }
  const std::string& language() const { return parts_->language; }
  std::chrono::steady_clock::time_point deadline() const { return parts_->deadline; }
  bool cancelled() const { return parts_->cancelled && parts_->cancelled(); }
  // Empty when the client did not send it.
  std::string Metadata(const std::string& key) const;

  // Options for a transaction of the caller's tenant that ends with the call.
  pg::RunOptions Transaction() const { return {.tenant = tenant(), .deadline = deadline()}; }
  pg::RunOptions ReadOnly() const { return {.tenant = tenant(), .deadline = deadline(), .read_only = true}; }
  Cause CauseAt(Instant now) const;

  // For calling another service: as this service, naming the original operator.
  CallOptions OnBehalf() const;

  // Headers of the answer ("x-lintel-etag"). Before the handler returns, or before the first item of a stream.
  void SetReplyMetadata(const std::string& key, const std::string& value) const { reply_->metadata[key] = value; }
  const std::map<std::string, std::string>& reply_metadata() const { return reply_->metadata; }

 private:
  struct Reply {
    std::map<std::string, std::string> metadata;
  };
  std::shared_ptr<const Parts> parts_;
  std::shared_ptr<Reply> reply_;
};

}  // namespace lintel
