#include "gateway/call/errors.h"

#include <fmt/format.h>

#include "absl/strings/str_replace.h"
#include "gateway/contract/json_scalars.h"
#include "gateway/text/json_value.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace lintel::gateway {
namespace {

// What the details of a refusal say, whoever wrote them.
struct Details {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::LocalizedMessage localized;
  bool has_info = false;
  bool has_bad = false;
  bool has_localized = false;
};

Details Unpack(const grpc::Status& status) {
  Details details;
  google::rpc::Status message;
  if (status.error_details().empty() || !message.ParseFromString(status.error_details())) return details;
  for (const auto& any : message.details()) {
    details.has_info |= any.UnpackTo(&details.info);
    details.has_bad |= any.UnpackTo(&details.bad);
    details.has_localized |= any.UnpackTo(&details.localized);
  }
  return details;
}

// A field of the message as the client knows it: in lowerCamelCase, and of the body alone where the body is one field.
std::string JsonPath(const std::string& path, const std::string& body) {
  const bool inside = !body.empty() && path.starts_with(body + ".");
  return ToCamel(inside ? path.substr(body.size() + 1) : path);
}

void NameFieldsAsJson(Details& details, const std::string& body) {
  for (auto& violation : *details.bad.mutable_field_violations()) {
    const std::string path = JsonPath(violation.field(), body);
    details.localized.set_message(absl::StrReplaceAll(details.localized.message(), {{violation.field(), path}}));
    violation.set_field(path);
  }
  const auto field = details.info.mutable_metadata()->find("field");
  if (field != details.info.mutable_metadata()->end()) field->second = JsonPath(field->second, body);
}

void AppendMember(const char* key, const std::string& value, std::string& out) {
  if (out.back() != '{' && out.back() != '[') out += ',';
  AppendJsonString(key, out);
  out += ':';
  AppendJsonString(value, out);
}

void AppendViolations(const Details& details, const char* text_key, std::string& out) {
  out += '[';
  for (const auto& violation : details.bad.field_violations()) {
    out += out.back() == '[' ? "{" : ",{";
    AppendMember("field", violation.field(), out);
    AppendMember(text_key, violation.description(), out);
    out += '}';
  }
  out += ']';
}

void AppendMetadata(const Details& details, std::string& out) {
  out += ",\"metadata\":{";
  for (const auto& [key, value] : details.info.metadata()) {
    AppendMember(key.c_str(), value, out);
  }
  out += '}';
}

std::string Aip193(int http, const grpc::Status& status, const std::string& message, const Details& details) {
  std::string out = fmt::format("{{\"error\":{{\"code\":{}", http);
  AppendMember("message", message, out);
  AppendMember("status", CodeName(status.error_code()), out);
  out += ",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\"";
  AppendMember("reason", details.has_info ? details.info.reason() : CodeName(status.error_code()), out);
  AppendMember("domain", details.has_info ? details.info.domain() : "lintel", out);
  AppendMetadata(details, out);
  out += '}';
  if (details.has_bad) {
    out += ",{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":";
    AppendViolations(details, "description", out);
    out += '}';
  }
  if (details.has_localized) {
    out += ",{\"@type\":\"type.googleapis.com/google.rpc.LocalizedMessage\"";
    AppendMember("locale", details.localized.locale(), out);
    AppendMember("message", details.localized.message(), out);
    out += '}';
  }
  return out + "]}}";
}

std::string Problem(int http, const grpc::Status& status, const std::string& message, const Details& details,
                    const std::string& instance) {
  const std::string reason = details.has_info ? details.info.reason() : CodeName(status.error_code());
  std::string out = "{";
  AppendMember("type", "/docs#reason-" + reason, out);
  AppendMember("title", CodeName(status.error_code()), out);
  out += fmt::format(",\"status\":{}", http);
  AppendMember("detail", message, out);
  AppendMember("instance", instance, out);
  AppendMember("reason", reason, out);
  AppendMetadata(details, out);
  if (details.has_bad) {
    out += ",\"errors\":";
    AppendViolations(details, "detail", out);
  }
  return out + "}";
}

}  // namespace

std::string CodeName(grpc::StatusCode code) {
  static constexpr const char* kNames[] = {
      "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
      "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
      "DATA_LOSS", "UNAUTHENTICATED"};
  const auto index = static_cast<size_t>(code);
  return index < std::size(kNames) ? kNames[index] : "UNKNOWN";
}

int HttpStatusOf(grpc::StatusCode code, const std::string& reason) {
  if (reason.ends_with("_TOO_LARGE")) return 413;
  if (reason == "HEADERS_TOO_LONG") return 431;
  if (reason == "TARGET_TOO_LONG") return 414;
  if (reason == "METHOD_NOT_ALLOWED") return 405;
  if (reason == "CONTENT_TYPE_UNKNOWN") return 415;
  if (reason == "UPGRADE_EXPECTED") return 426;
  switch (code) {
    case grpc::StatusCode::OK:
      return 200;
    case grpc::StatusCode::INVALID_ARGUMENT:
      return 400;
    case grpc::StatusCode::UNAUTHENTICATED:
      return 401;
    case grpc::StatusCode::PERMISSION_DENIED:
      return 403;
    case grpc::StatusCode::NOT_FOUND:
      return 404;
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::ALREADY_EXISTS:
      return 409;
    case grpc::StatusCode::OUT_OF_RANGE:
      return 416;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return 429;
    case grpc::StatusCode::CANCELLED:
      return 499;
    case grpc::StatusCode::UNIMPLEMENTED:
      return 501;
    case grpc::StatusCode::UNAVAILABLE:
      return 503;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return 504;
    default:
      return 500;
  }
}

std::string ReasonOf(const grpc::Status& status) { return Unpack(status).info.reason(); }

Response ErrorResponse(const grpc::Status& status, const ErrorForm& form) {
  Details details = Unpack(status);
  NameFieldsAsJson(details, form.body);
  const int http = HttpStatusOf(status.error_code(), details.info.reason());
  const std::string message = details.has_localized ? details.localized.message() : status.error_message();
  Response response{.status = http};
  response.headers.Add("Content-Type", form.problem ? "application/problem+json" : "application/json");
  response.headers.Add("Cache-Control", "no-store");
  const auto wait = details.info.metadata().find("retryAfterSeconds");
  if (http == 429 || http == 503) {
    response.headers.Add("Retry-After", wait == details.info.metadata().end() ? "1" : wait->second);
  }
  if (http == 401) response.headers.Add("WWW-Authenticate", "Bearer");
  response.body =
      form.problem ? Problem(http, status, message, details, form.instance) : Aip193(http, status, message, details);
  return response;
}

}  // namespace lintel::gateway
