#include "gateway/pages/openapi_responses.h"

#include <set>

#include "gateway/call/errors.h"
#include "gateway/pages/json_object.h"
#include "platform/client/wire_status.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

struct Shared {
  int status;
  const char* name;
  absl::Status example;
  const char* en;
  const char* zh;
};

absl::Status Example(absl::StatusCode code, const char* reason, const Metadata& metadata = {}) {
  return WithReason(code, reason, "", metadata);
}

const std::vector<Shared>& AllShared() {
  using Code = absl::StatusCode;
  static const std::vector<Shared> kAll{
      {400, "InvalidArgument", InvalidField("display_name", "must be 1 to 100 characters"),
       "Malformed, of the wrong type, out of range or unknown; the details name the field.",
       "格式错误、类型不符、超出范围或未知的字段；details 指明字段。"},
      {401, "Unauthenticated", Example(Code::kUnauthenticated, "TOKEN_INVALID"),
       "Nobody is signed in, or the token has ended.", "未登录，或令牌已失效。"},
      {403, "PermissionDenied", Example(Code::kPermissionDenied, "RIGHT_MISSING", {{"right", "room.hold"}}),
       "The operator does not have the right, or a browser's request lacks its protection.",
       "操作员没有权限，或浏览器请求缺少防护标记。"},
      {404, "NotFound", Missing("room", "1806"), "It does not exist, or the operator may not see it.",
       "不存在，或操作员无权查看。"},
      {409, "Conflict", WithReason(Code::kAborted, "STALE_ETAG", "", {{"kind", "room"}}),
       "Not in this state, changed by somebody else, already there, or still being worked on.",
       "当前状态不允许、已被他人修改、已存在，或正在处理。"},
      {413, "BodyTooLarge", Example(Code::kInvalidArgument, "BODY_TOO_LARGE", {{"limitBytes", "1048576"}}),
       "The body is larger than this operation takes.", "请求内容超过上限。"},
      {415, "ContentTypeUnknown", Example(Code::kInvalidArgument, "CONTENT_TYPE_UNKNOWN"),
       "The body is not application/json.", "请求内容不是 application/json。"},
      {416, "RangeUnfit", absl::OutOfRangeError(""), "The range lies beyond the bytes there are.",
       "请求的范围超出内容长度。"},
      {429, "RateLimited", Example(Code::kResourceExhausted, "RATE_LIMITED", {{"retryAfterSeconds", "3"}}),
       "Too many requests, or more work than is taken at once; Retry-After says when to come back.",
       "请求过多；Retry-After 说明何时重试。"},
      {500, "Internal", absl::InternalError(""), "Our fault; quote X-Request-Id.",
       "系统内部错误；请提供 X-Request-Id。"},
      {503, "Unavailable", Example(Code::kUnavailable, "SERVICE_AWAY", {{"service", "example"}}),
       "A part is away for a moment; the same request may be sent again.", "部分服务暂不可用；可以重发同一请求。"},
      {504, "DeadlineExceeded", absl::DeadlineExceededError(""),
       "It took too long; the same request may be sent again.", "处理超时；可以重发同一请求。"},
  };
  return kAll;
}

std::string ResponseOf(const Shared& shared, const Reasons& reasons) {
  const grpc::Status status = ToGrpc(shared.example, reasons.Text(shared.example, "en"), "en");
  const auto content = [&](const char* schema, bool problem) {
    return JsonObject()
        .Raw("schema", std::string(R"({"$ref":"#/components/schemas/)") + schema + "\"}")
        .Raw("example", ErrorResponse(status, {.problem = problem, .instance = "/v1/example"}).body)
        .Whole();
  };
  JsonObject response;
  response.Text("description", shared.en).Text("x-description-zh", shared.zh);
  if (shared.status == 429 || shared.status == 503) {
    response.Raw("headers", R"({"Retry-After":{"description":"Seconds.","schema":{"type":"integer"}}})");
  }
  response.Raw("content", JsonObject()
                              .Raw("application/json", content("lintel.Error", false))
                              .Raw("application/problem+json", content("lintel.Problem", true))
                              .Whole());
  return response.Whole();
}

// What this operation may be refused with, whatever its service says.
std::set<int> StatusesOf(const Route& route) {
  const Method& method = *route.method;
  const bool reads = route.verb == "GET";
  std::set<int> statuses{400, 429, 500, 503, 504};
  if (!method.rule.open()) statuses.insert({401, 403});
  if (!route.path.Fields().empty()) statuses.insert(404);
  if (!reads) statuses.insert({403, 409});
  if (method.shape == Method::Shape::kUpload) statuses.insert(413);
  if (route.whole_body || route.body != nullptr) statuses.insert({413, 415});
  if (method.shape == Method::Shape::kBytes) statuses.insert(416);
  return statuses;
}

}  // namespace

std::string SharedResponses(const Reasons& reasons) {
  JsonObject all;
  for (const Shared& shared : AllShared()) all.Raw(shared.name, ResponseOf(shared, reasons));
  return all.members();
}

std::string ErrorSchemas() {
  return R"("lintel.Error":{"type":"object","description":"A refusal, AIP-193. `Accept: application/problem+json` gives lintel.Problem instead.","properties":{"error":{"type":"object","properties":{"code":{"type":"integer","description":"The HTTP status."},"message":{"type":"string","description":"In the language of Accept-Language."},"status":{"type":"string","description":"The canonical code, such as FAILED_PRECONDITION."},"details":{"type":"array","description":"google.rpc.ErrorInfo with a reason that never changes, google.rpc.BadRequest with the fields.","items":{"type":"object"}}}}}},)"
         R"("lintel.Problem":{"type":"object","description":"A refusal, RFC 9457.","properties":{"type":{"type":"string"},"title":{"type":"string","description":"The canonical code."},"status":{"type":"integer"},"detail":{"type":"string","description":"In the language of Accept-Language."},"instance":{"type":"string"},"reason":{"type":"string","description":"Never changes."},"metadata":{"type":"object","additionalProperties":{"type":"string"}},"errors":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"detail":{"type":"string"}}}}}})";
}

std::string OperationResponses(const Route& route, const std::string& answer, const std::vector<Refusal>& refusals) {
  std::set<int> statuses = StatusesOf(route);
  std::map<int, std::string> named;
  for (const Refusal& refusal : refusals) {
    statuses.insert(refusal.status);
    std::string& reasons = named[refusal.status];
    if (!refusal.reason.empty()) reasons += (reasons.empty() ? "" : ", ") + refusal.reason;
  }
  JsonObject responses;
  responses.Raw("200", answer);
  for (const Shared& shared : AllShared()) {
    if (!statuses.contains(shared.status)) continue;
    JsonObject reference;
    reference.Text("$ref", std::string("#/components/responses/") + shared.name);
    if (!named[shared.status].empty()) reference.Text("description", named[shared.status]);
    responses.Raw(std::to_string(shared.status), reference.Whole());
  }
  return responses.Whole();
}

}  // namespace lintel::gateway
