#include "gateway/call/turn.h"

#include "gateway/call/compress.h"
#include "gateway/call/errors.h"
#include "gateway/limits.h"
#include "gateway/text/trace.h"
#include "platform/client/wire_status.h"
#include "platform/ids/ids.h"
#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel {
std::span<const EmbeddedFile> GatewayReasons();
}

namespace lintel::gateway {

Core::Core(std::unique_ptr<Contract> served, std::unique_ptr<Backends> services, const Tokens& tokens,
           int64_t requests_per_minute)
    : contract(std::move(served)),
      backends(std::move(services)),
      router(*contract),
      writer(*contract),
      reasons(GatewayReasons()),
      slow_listeners(
          metrics.Counter("lintel_gateway_slow_listeners_total", "Live streams cut off because they lagged")),
      admission(tokens, requests_per_minute) {}

Turn::Turn(Core& core, std::shared_ptr<Exchange> exchange) : core_(core), exchange_(std::move(exchange)) {
  const Headers& headers = request().headers;
  request_id_ = AcceptRequestId(headers.Get("X-Request-Id"));
  if (request_id_.empty()) request_id_ = NewId();
  const std::string random = RandomHex(24);
  traceparent_ = ContinueTrace(headers.Get("traceparent"), random.substr(0, 32), random.substr(32));
  language_ = AcceptLanguage(headers.Get("Accept-Language"));
}

absl::Status Turn::Admit() {
  auto found = ReadCredentials(request());
  if (found.ok()) credentials_ = *found;
  const auto count = core_.admission.Take(credentials_.token, request().remote, std::chrono::steady_clock::now());
  limiter_ = count.limiter;
  verdict_ = count.verdict;
  if (!verdict_.allowed) {
    return WithReason(absl::StatusCode::kResourceExhausted, "RATE_LIMITED", "too many requests",
                      {{"retryAfterSeconds", std::to_string(verdict_.reset_seconds)}});
  }
  return found.ok() ? absl::OkStatus() : found.status();
}

CallMetadata Turn::ServiceMetadata() const {
  CallMetadata metadata{{"x-request-id", request_id_}, {"traceparent", traceparent_}, {"accept-language", language_}};
  if (!credentials_.token.empty()) metadata["authorization"] = "Bearer " + credentials_.token;
  metadata["x-lintel-client-address"] = request().remote;
  return metadata;
}

absl::StatusOr<Backend*> Turn::FindBackend(const Method& method, const std::string& id) {
  std::string name = method.backend;
  if (method.by_prefix) {
    const size_t slash = id.rfind('/') + 1;
    name = id.substr(slash, id.find('-', slash) - slash);
    if (Backend* backend = core_.backends->Find(name)) return backend;
    if (credentials_.token.empty()) {
      return WithReason(absl::StatusCode::kUnauthenticated, "TOKEN_INVALID", "nobody asks");
    }
    return Missing("operation", id.substr(slash));
  }
  if (Backend* backend = core_.backends->Find(name)) return backend;
  return ServiceAway(name);
}

void Turn::AddCommonHeaders(Response& response) const {
  Headers& headers = response.headers;
  headers.Set("X-Request-Id", request_id_);
  headers.Set("traceparent", traceparent_);
  headers.Set("X-Content-Type-Options", "nosniff");
  headers.Set("Referrer-Policy", "same-origin");
  headers.Set("X-Frame-Options", "DENY");
  headers.Set("Cross-Origin-Opener-Policy", "same-origin");
  headers.Set("Cross-Origin-Resource-Policy", "same-origin");
  if (request().tls) headers.Set("Strict-Transport-Security", "max-age=31536000");
  if (!headers.Has("Cache-Control")) headers.Add("Cache-Control", "no-store");
  if (!headers.Has("Content-Security-Policy"))
    headers.Add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  if (limiter_ != nullptr && limiter_->enabled()) {
    headers.Set("RateLimit-Policy", limiter_->PolicyField());
    headers.Set("RateLimit", limiter_->LimitField(verdict_));
  }
}

void Turn::Compressed(Response& response) const {
  if (response.shared_body || response.size() < limits::kSmallestCompressed || response.headers.Has("Content-Encoding"))
    return;
  if (!IsCompressible(response.headers.Get("Content-Type"))) return;
  response.headers.Add("Vary", "Accept-Encoding");
  const Coding coding = ChooseCoding(request().headers.Get("Accept-Encoding"));
  if (coding == Coding::kNone) return;
  response.body = Compress(response.body, coding, false);
  response.headers.Add("Content-Encoding", CodingName(coding));
}

void Turn::Record(int http_status, const std::string& code, const std::string& reason) const {
  const auto took = std::chrono::steady_clock::now() - started_at_;
  if (method_ != nullptr) core_.metrics.ObserveRpc(method_->path.substr(1), code, took);
  log::Fields fields{{"verb", request().verb},
                     {"status", std::to_string(http_status)},
                     {"requestId", request_id_},
                     {"trace", traceparent_},
                     {"us", std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(took).count())}};
  if (method_ != nullptr) fields["method"] = method_->path.substr(1);
  if (!reason.empty()) fields["reason"] = reason;
  http_status == 500 ? log::Error("http", fields) : log::Info("http", fields);
}

void Turn::Reply(Response response) {
  AddCommonHeaders(response);
  Compressed(response);
  if (method_ != nullptr) Record(response.status, "OK", "");
  exchange_->Send(std::move(response));
}

void Turn::ReplyJson(std::string json, Headers headers) {
  Response response{.headers = std::move(headers), .body = std::move(json)};
  response.headers.Add("Content-Type", "application/json");
  Reply(std::move(response));
}

void Turn::Fail(const absl::Status& status) {
  Fail(ToGrpc(status, core_.reasons.Text(status, language_), LanguageOf(language_)));
}

void Turn::Fail(const grpc::Status& status) {
  // gRPC itself says UNAVAILABLE without details: nobody listened.
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
    return Fail(ServiceAway(method_ == nullptr ? "" : method_->backend));
  }
  // Refusals of gRPC's own (a deadline, a size) get the text of their code.
  if (status.error_details().empty()) {
    return Fail(absl::Status(static_cast<absl::StatusCode>(static_cast<int>(status.error_code())), "refused by gRPC"));
  }
  const bool problem = request().headers.Get("Accept").find("application/problem+json") != std::string_view::npos;
  Response response = ErrorResponse(status, {.problem = problem, .instance = request().path, .body = body_});
  AddCommonHeaders(response);
  Compressed(response);
  Record(response.status, CodeName(status.error_code()), ReasonOf(status));
  exchange_->Send(std::move(response));
}

void Turn::BeginStream(Response head, std::optional<uint64_t> length) {
  AddCommonHeaders(head);
  stream_status_ = head.status;
  exchange_->BeginStream(std::move(head), length);
}

void Turn::EndStream(grpc::StatusCode how) {
  RecordStream(how);
  exchange_->EndStream();
}

void Turn::CutStream(grpc::StatusCode how) {
  RecordStream(how);
  exchange_->Abort();
}

void Turn::RecordStream(grpc::StatusCode how) const {
  const bool whole = how == grpc::StatusCode::OK;
  Record(whole ? stream_status_ : HttpStatusOf(how, ""), CodeName(how), "");
}

}  // namespace lintel::gateway
