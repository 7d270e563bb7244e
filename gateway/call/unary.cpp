#include "gateway/call/calls.h"
#include "gateway/limits.h"
#include "gateway/text/conditional.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsUnsafe(const std::string& verb) { return verb != "GET" && verb != "HEAD"; }

absl::Status CheckBrowser(Turn& turn, const Method& method) {
  const Credentials& credentials = turn.credentials();
  const bool by_refresh =
      method.session == auth::REFRESH && credentials.token.empty() && !credentials.refresh_token.empty();
  const bool cookie_counts = credentials.from_cookie && (!method.rule.open() || method.session == auth::REFRESH);
  if (IsUnsafe(turn.request().verb) && (cookie_counts || by_refresh)) return CheckCsrf(turn.request());
  return IsUnsafe(turn.request().verb) ? CheckOrigin(turn.request()) : absl::OkStatus();
}

// Before the body is read: a stranger is told so, whatever he sends.
absl::Status CheckSomebody(const Turn& turn, const Method& method) {
  if (method.rule.open() || method.session == auth::REFRESH || !turn.credentials().token.empty())
    return absl::OkStatus();
  return WithReason(absl::StatusCode::kUnauthenticated, "TOKEN_INVALID", "nobody asks");
}

absl::Status CheckContentType(const Request& request) {
  const std::string_view type = request.headers.Get("Content-Type");
  if (!request.has_body || SameHeaderName(type.substr(0, type.find(';')), "application/json")) return absl::OkStatus();
  return WithReason(absl::StatusCode::kInvalidArgument, "CONTENT_TYPE_UNKNOWN", "the body must be application/json");
}

std::string TextOf(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  const bool text = field != nullptr && field->type() == FieldDescriptor::TYPE_STRING && !field->is_repeated();
  return text ? message.GetReflection()->GetString(message, field) : "";
}

void AddSession(const Turn& turn, const Method& method, const Message& reply, Headers& headers) {
  if (method.session == auth::DELETE) DropSessionCookies(turn.request(), headers);
  if (method.session == auth::CREATE || method.session == auth::REFRESH) {
    AddSessionCookies(turn.request(), TextOf(reply, "access_token"), TextOf(reply, "refresh_token"), headers);
  }
}

void AnswerUnary(Turn& turn, const Route& route, Backend::Answer answer) {
  const Method& method = *route.method;
  if (!answer.status.ok()) return turn.Fail(answer.status);
  const std::unique_ptr<Message> reply = turn.core().contract->New(method.descriptor->output_type());
  if (!reply->ParseFromString(ToBytes(answer.bytes)))
    return turn.Fail(absl::InternalError("the answer cannot be read"));
  Headers headers;
  if (answer.metadata.contains("x-lintel-replayed")) headers.Add("Idempotency-Replayed", "true");
  AddSession(turn, method, *reply, headers);
  if (method.reply_etag != nullptr) {
    const std::string etag = BareEtag(reply->GetReflection()->GetString(*reply, method.reply_etag));
    if (!etag.empty()) headers.Add("ETag", "W/\"" + etag + "\"");
    if (route.verb == "GET" && EtagMatches(turn.request().headers.Get("If-None-Match"), etag)) {
      headers.Add("Cache-Control", "private, no-cache");
      return turn.Reply({.status = 304, .headers = std::move(headers)});
    }
    if (route.verb == "GET" && !etag.empty()) headers.Add("Cache-Control", "private, no-cache");
  }
  std::string json;
  if (route.response != nullptr) {
    turn.core().writer.AppendField(*reply, route.response, json);
  } else {
    turn.core().writer.Append(*reply, json);
  }
  turn.ReplyJson(std::move(json), std::move(headers));
}

}  // namespace

std::string FirstBinding(const RoutedRequest& routed) {
  return routed.bindings.empty() ? "" : routed.bindings.front().second;
}

void ServeUnary(std::shared_ptr<Turn> turn, const RoutedRequest& routed, const Message& message) {
  const auto backend = turn->FindBackend(*routed.route->method, FirstBinding(routed));
  if (!backend.ok()) return turn->Fail(backend.status());
  CallMetadata metadata = turn->ServiceMetadata();
  if (const auto etag = turn->request().headers.Get("If-None-Match");
      !etag.empty() && etag.size() <= limits::kLongestMetadata) {
    metadata["x-lintel-if-none-match"] = BareEtag(etag);
  }
  const Route* route = routed.route;
  turn->exchange().OnClosed(
      (*backend)->Call(route->method->path, ToBuffer(message.SerializeAsString()), metadata, limits::kCallTime,
                       [turn, route](Backend::Answer answer) { AnswerUnary(*turn, *route, std::move(answer)); }));
}

void ServeRoute(std::shared_ptr<Turn> turn, RoutedRequest routed, const StreamServer& streams) {
  const Route& route = *routed.route;
  turn->set_route(route);
  if (absl::Status status = CheckBrowser(*turn, *route.method); !status.ok()) return turn->Fail(status);
  if (absl::Status status = CheckSomebody(*turn, *route.method); !status.ok()) return turn->Fail(status);
  if (route.method->shape == Method::Shape::kUpload) return ServeUpload(turn, routed);
  if (absl::Status status = CheckContentType(turn->request()); !status.ok()) return turn->Fail(status);
  turn->exchange().ReadBody(LargestBody(route),
                            [turn, routed = std::move(routed), &streams](absl::StatusOr<std::string> body) {
                              if (!body.ok()) return turn->Fail(body.status());
                              const auto message = BuildRequest(*turn, routed, *body);
                              if (!message.ok()) return turn->Fail(message.status());
                              switch (routed.route->method->shape) {
                                case Method::Shape::kUnary:
                                  return ServeUnary(turn, routed, **message);
                                case Method::Shape::kBytes:
                                  return ServeBytes(turn, routed, **message);
                                case Method::Shape::kEvents:
                                  return streams(turn, routed, **message);
                                case Method::Shape::kUpload:
                                  return;  // Served above.
                              }
                            });
}

}  // namespace lintel::gateway
