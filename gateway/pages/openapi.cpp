#include "gateway/pages/openapi.h"

#include <algorithm>
#include <map>

#include "gateway/pages/comments.h"
#include "gateway/pages/json_object.h"
#include "gateway/pages/openapi_examples.h"
#include "gateway/pages/openapi_responses.h"
#include "gateway/pages/openapi_schema.h"
#include "gateway/pages/refusals.h"

namespace lintel::gateway {
namespace {

using google::protobuf::FieldDescriptor;

std::string TagOf(const Method& method) {
  std::string tag = method.descriptor->service()->name();
  if (tag.ends_with("Service")) tag.resize(tag.size() - 7);
  return tag;
}

std::string Parameter(const std::string& name, const char* place, const std::string& schema, const Texts& texts) {
  JsonObject parameter;
  parameter.Text("name", name).Text("in", place);
  if (std::string(place) == "path") parameter.Raw("required", "true");
  if (!texts.en.empty()) parameter.Text("description", texts.en);
  if (!texts.zh.empty()) parameter.Text("x-description-zh", texts.zh);
  return parameter.Raw("schema", schema).Whole();
}

// Path variables, then what a query may hold: the request's fields that neither path nor body takes.
std::string Parameters(const Route& route, const std::vector<std::string>& in_path, SchemaBook& book) {
  std::vector<std::string> list;
  for (const std::string& name : in_path) list.push_back(Parameter(name, "path", R"({"type":"string"})", {}));
  const Method& method = *route.method;
  if (method.shape == Method::Shape::kUpload) {
    list.push_back(Parameter("filename", "query", R"({"type":"string"})", {"The file's name.", "文件名。"}));
    return JsonArray(list);
  }
  if (method.request_id != nullptr) {
    list.push_back(
        Parameter("Idempotency-Key", "header", R"({"type":"string"})",
                  {"Makes a retry safe: the first answer comes again.", "使重试安全：重复的请求得到首次的结果。"}));
  }
  if (route.whole_body) return JsonArray(list);
  const std::vector<std::string> bound = route.path.Fields();
  const auto* type = method.descriptor->input_type();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const bool taken = std::find(bound.begin(), bound.end(), field->name()) != bound.end() || field == route.body ||
                       field == method.request_id;
    if (taken || field->is_map()) continue;
    list.push_back(Parameter(field->json_name(), "query", book.OfField(field), TextsOf(field)));
  }
  return JsonArray(list);
}

std::string Content(const char* type, const std::string& schema, const std::string& example) {
  JsonObject content;
  content.Raw("schema", schema);
  if (!example.empty()) content.Raw("example", example);
  return JsonObject().Raw(type, content.Whole()).Whole();
}

std::string Body(const Route& route, SchemaBook& book) {
  const auto* type = route.method->descriptor->input_type();
  const std::string content =
      route.whole_body ? Content("application/json", book.Reference(type), ExampleOf(type, Side::kBody))
                       : Content("application/json", book.OfField(route.body), ExampleOf(route.body, Side::kBody));
  return JsonObject().Raw("content", content).Whole();
}

std::string Answer(const Method& method, const Route& route, SchemaBook& book) {
  const auto* type = method.descriptor->output_type();
  switch (method.shape) {
    case Method::Shape::kBytes:
      return R"({"description":"Bytes; Range and If-None-Match are understood.","content":{"*/*":{}}})";
    case Method::Shape::kEvents:
      return JsonObject()
          .Text("description", "Server-sent events, one message each.")
          .Raw("content", Content("text/event-stream", book.Reference(type), ""))
          .Whole();
    default:
      const std::string schema = route.response != nullptr ? book.OfField(route.response) : book.Reference(type);
      const std::string example =
          route.response != nullptr ? ExampleOf(route.response, Side::kAnswer) : ExampleOf(type, Side::kAnswer);
      return JsonObject()
          .Text("description", "OK")
          .Raw("content", Content("application/json", schema, example))
          .Whole();
  }
}

void AddTexts(const Method& method, JsonObject& operation) {
  const Texts texts = TextsOf(method.descriptor);
  operation.Text("summary", texts.en.empty() ? InWords(method.descriptor->name()) : FirstSentence(texts.en));
  if (!texts.en.empty()) operation.Text("description", texts.en);
  if (!texts.zh.empty()) operation.Text("x-summary-zh", FirstSentence(texts.zh)).Text("x-description-zh", texts.zh);
}

// Who may, as the rule in the proto says it.
void AddRule(const auth::Rule& rule, JsonObject& operation) {
  if (!rule.right().empty()) operation.Text("x-lintel-right", rule.right());
  if (rule.scope() != auth::SCOPE_UNSPECIFIED) operation.Text("x-lintel-scope", auth::Scope_Name(rule.scope()));
  if (!rule.feature().empty()) operation.Text("x-lintel-feature", rule.feature());
  if (rule.audit_read()) operation.Raw("x-lintel-audited", "true");
  if (rule.open()) operation.Raw("security", "[]");
}

std::string ReasonList(const std::vector<Refusal>& refusals) {
  std::vector<std::string> list;
  for (const Refusal& refusal : refusals) {
    if (refusal.reason.empty()) continue;
    JsonObject one;
    one.Text("reason", refusal.reason);
    if (!refusal.code.empty()) one.Text("code", refusal.code).Raw("status", std::to_string(refusal.status));
    list.push_back(one.Whole());
  }
  return JsonArray(list);
}

std::string Operation(const Route& route, const std::vector<std::string>& in_path, bool first,
                      const RefusalBook& refusal_book, SchemaBook& book) {
  const Method& method = *route.method;
  JsonObject operation;
  operation.Text("operationId", TagOf(method) + "_" + method.descriptor->name() + (first ? "" : "_" + route.verb));
  operation.Raw("tags", JsonArray({Quoted(TagOf(method))}));
  AddTexts(method, operation);
  AddRule(method.rule, operation);
  const std::vector<Refusal> refusals = refusal_book.Of(method);
  operation.Raw("x-lintel-reasons", ReasonList(refusals));
  operation.Raw("parameters", Parameters(route, in_path, book));
  if (method.shape == Method::Shape::kUpload) {
    operation.Raw("requestBody", R"({"required":true,"content":{"application/octet-stream":{}}})");
  } else if (route.whole_body || route.body != nullptr) {
    operation.Raw("requestBody", Body(route, book));
  }
  operation.Raw("responses", OperationResponses(route, Answer(method, route, book), refusals));
  return operation.Whole();
}

std::string Paths(const Contract& contract, SchemaBook& book) {
  const RefusalBook refusal_book(contract);
  std::map<std::string, JsonObject> paths;
  std::map<const Method*, int> described;
  for (const Route& route : contract.routes()) {
    std::vector<std::string> names;
    const std::string path = route.path.OpenApiPath(&names);
    std::string verb = route.verb;
    std::transform(verb.begin(), verb.end(), verb.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool first = described[route.method]++ == 0;
    paths[path].Raw(verb, Operation(route, names, first, refusal_book, book));
  }
  JsonObject all;
  for (const auto& [path, verbs] : paths) all.Raw(path, verbs.Whole());
  return all.Whole();
}

constexpr char kInfo[] =
    R"({"title":"Lintel","version":"1","description":"Rooms, deals, money and calls of a property developer. Names are paths; 64-bit numbers are strings; money is in minor units.","x-description-zh":"开发商的房源、交易、款项与通话。名称即路径；64 位整数以字符串表示；金额以分为单位。"})";
constexpr char kSecuritySchemes[] =
    R"({"bearer":{"type":"http","scheme":"bearer"},"cookie":{"type":"apiKey","in":"cookie","name":"lintel_session","description":"Needs X-Lintel-CSRF on requests that change something."}})";

}  // namespace

std::string OpenApi(const Contract& contract, const Reasons& reasons) {
  SchemaBook book;
  const std::string paths = Paths(contract, book);
  const std::string components = JsonObject()
                                     .Raw("securitySchemes", kSecuritySchemes)
                                     .Raw("responses", "{" + SharedResponses(reasons) + "}")
                                     .Raw("schemas", "{" + ErrorSchemas() + "," + book.Components() + "}")
                                     .Whole();
  return JsonObject()
      .Text("openapi", "3.1.0")
      .Raw("info", kInfo)
      .Raw("servers", R"([{"url":"/"}])")
      .Raw("security", R"([{"bearer":[]},{"cookie":[]}])")
      .Raw("paths", paths)
      .Raw("components", components)
      .Whole();
}

}  // namespace lintel::gateway
