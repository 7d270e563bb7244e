#include "gateway/call/build_request.h"

#include "gateway/contract/json_reader.h"
#include "gateway/limits.h"
#include "gateway/text/url.h"
#include "gateway/text/utf8.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status ReadBody(const Route& route, const std::string& json, Message* message) {
  if (!route.whole_body && route.body == nullptr) {
    return json.empty() ? absl::OkStatus() : InvalidField("body", "this call takes none");
  }
  if (json.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const JsonValue value, ParseJson(json, limits::kDeepestJson));
  if (route.whole_body) return ReadJson(value, message);
  if (value.kind == JsonValue::Kind::kNull) return InvalidField("body", "must not be null");
  return ReadJsonField(value, route.body, message);
}

// The draft spells the key as a quoted string; most clients send it bare.
absl::StatusOr<std::string> IdempotencyKey(std::string_view header) {
  if (header.size() >= 2 && header.front() == '"' && header.back() == '"') header = header.substr(1, header.size() - 2);
  if (header.size() > limits::kLongestIdempotencyKey || !IsPrintableAscii(header)) {
    return InvalidField("Idempotency-Key", "must be 1 to 128 visible ASCII characters");
  }
  return std::string(header);
}

absl::Status FillRequestId(Turn& turn, const FieldDescriptor* field, Message* message) {
  ASSIGN_OR_RETURN(const std::string key, IdempotencyKey(turn.request().headers.Get("Idempotency-Key")));
  const std::string given = message->GetReflection()->GetString(*message, field);
  if (!given.empty() && !key.empty() && given != key) return InvalidField("requestId", "differs from Idempotency-Key");
  if (given.empty()) message->GetReflection()->SetString(message, field, key.empty() ? NewId() : key);
  return absl::OkStatus();
}

}  // namespace

size_t LargestBody(const Route& route) {
  return route.method->has_bytes ? limits::kLargestJsonWithBytes : limits::kLargestJson;
}

absl::StatusOr<std::unique_ptr<Message>> BuildRequest(Turn& turn, const RoutedRequest& routed,
                                                      const std::string& json) {
  const Method& method = *routed.route->method;
  std::unique_ptr<Message> message = turn.core().contract->New(method.descriptor->input_type());
  RETURN_IF_ERROR(ReadBody(*routed.route, json, message.get()));
  ASSIGN_OR_RETURN(const QueryParameters parameters, ParseQuery(turn.request().query));
  for (const auto& [name, value] : parameters) {
    if (routed.route->whole_body) return InvalidField(name, "belongs into the body");
    RETURN_IF_ERROR(ReadText(name, value, message.get()));
  }
  for (const auto& [field, value] : routed.bindings) RETURN_IF_ERROR(ReadText(field, value, message.get()));
  if (method.request_id != nullptr) RETURN_IF_ERROR(FillRequestId(turn, method.request_id, message.get()));
  if (method.session == auth::REFRESH && method.refresh_token != nullptr) {
    const auto* reflection = message->GetReflection();
    if (reflection->GetString(*message, method.refresh_token).empty()) {
      reflection->SetString(message.get(), method.refresh_token, turn.credentials().refresh_token);
    }
  }
  return message;
}

}  // namespace lintel::gateway
