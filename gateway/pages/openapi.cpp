#include "gateway/pages/openapi.h"

#include <algorithm>
#include <map>

#include "gateway/pages/openapi_schema.h"
#include "gateway/text/json_value.h"

namespace lintel::gateway {
namespace {

using google::protobuf::FieldDescriptor;

constexpr char kError[] =
    R"("lintel.Error":{"type":"object","description":"A refusal, AIP-193. `Accept: application/problem+json` gives RFC 9457.","properties":{"error":{"type":"object","properties":{"code":{"type":"integer","description":"The HTTP status."},"message":{"type":"string","description":"In the language of Accept-Language."},"status":{"type":"string","description":"The canonical code, such as FAILED_PRECONDITION."},"details":{"type":"array","description":"google.rpc.ErrorInfo with a reason that never changes, google.rpc.BadRequest with the fields.","items":{"type":"object"}}}}}})";

class Writer {
 public:
  void Member(const char* key, const std::string& text) {
    Key(key);
    AppendJsonString(text, out_);
  }
  void Raw(const char* key, const std::string& json) {
    Key(key);
    out_ += json;
  }
  std::string Object() const { return "{" + out_ + "}"; }

 private:
  void Key(const char* key) {
    if (!out_.empty()) out_ += ',';
    AppendJsonString(key, out_);
    out_ += ':';
  }
  std::string out_;
};

std::string Quoted(const std::string& text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

std::string TagOf(const Method& method) {
  std::string tag = method.descriptor->service()->name();
  if (tag.ends_with("Service")) tag.resize(tag.size() - 7);
  return tag;
}

std::string Parameter(const std::string& name, const char* place, const std::string& schema,
                      const std::string& description) {
  Writer writer;
  writer.Member("name", name);
  writer.Member("in", place);
  if (std::string(place) == "path") writer.Raw("required", "true");
  if (!description.empty()) writer.Member("description", description);
  writer.Raw("schema", schema);
  return writer.Object();
}

// Path variables, then what a query may hold: the request's fields that neither path nor body takes.
std::string Parameters(const Route& route, const std::vector<std::string>& in_path, SchemaBook& book) {
  std::string list;
  const auto add = [&](const std::string& parameter) { list += (list.empty() ? "" : ",") + parameter; };
  for (const std::string& name : in_path) add(Parameter(name, "path", R"({"type":"string"})", ""));
  const Method& method = *route.method;
  if (method.shape == Method::Shape::kUpload) {
    add(Parameter("filename", "query", R"({"type":"string"})", "The file's name."));
    return "[" + list + "]";
  }
  if (method.request_id != nullptr)
    add(Parameter("Idempotency-Key", "header", R"({"type":"string"})",
                  "Makes a retry safe: the first answer comes again."));
  if (route.whole_body) return "[" + list + "]";
  const std::vector<std::string> bound = route.path.Fields();
  const auto* type = method.descriptor->input_type();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    const bool taken = std::find(bound.begin(), bound.end(), field->name()) != bound.end() || field == route.body ||
                       field == method.request_id;
    if (taken || field->is_map()) continue;
    add(Parameter(field->json_name(), "query", book.OfField(field), CommentOf(field)));
  }
  return "[" + list + "]";
}

std::string Content(const char* type, const std::string& schema) {
  return std::string("{\"") + type + "\":{\"schema\":" + schema + "}}";
}

std::string Answer(const Method& method, const Route& route, SchemaBook& book) {
  switch (method.shape) {
    case Method::Shape::kBytes:
      return R"({"description":"Bytes; Range and If-None-Match are understood.","content":{"*/*":{}}})";
    case Method::Shape::kEvents:
      return R"({"description":"Server-sent events, one message each.","content":)" +
             Content("text/event-stream", book.Reference(method.descriptor->output_type())) + "}";
    default:
      return R"({"description":"OK","content":)" +
             Content("application/json", route.response != nullptr ? book.OfField(route.response)
                                                                   : book.Reference(method.descriptor->output_type())) +
             "}";
  }
}

std::string Operation(const Route& route, const std::vector<std::string>& in_path, bool first, SchemaBook& book) {
  const Method& method = *route.method;
  Writer writer;
  writer.Member("operationId", TagOf(method) + "_" + method.descriptor->name() + (first ? "" : "_" + route.verb));
  writer.Raw("tags", "[" + Quoted(TagOf(method)) + "]");
  const std::string comment = CommentOf(method.descriptor);
  writer.Member("summary", comment.empty() ? method.descriptor->name() : comment.substr(0, comment.find(". ")));
  if (!comment.empty()) writer.Member("description", comment);
  if (!method.rule.right().empty()) {
    writer.Member("x-lintel-right", method.rule.right());
    writer.Member("x-lintel-scope", auth::Scope_Name(method.rule.scope()));
  }
  if (method.rule.open()) writer.Raw("security", "[]");
  writer.Raw("parameters", Parameters(route, in_path, book));
  if (method.shape == Method::Shape::kUpload) {
    writer.Raw("requestBody", R"({"required":true,"content":{"application/octet-stream":{}}})");
  } else if (route.whole_body || route.body != nullptr) {
    const std::string schema =
        route.whole_body ? book.Reference(method.descriptor->input_type()) : book.OfField(route.body);
    writer.Raw("requestBody", "{\"content\":" + Content("application/json", schema) + "}");
  }
  writer.Raw(
      "responses",
      "{\"200\":" + Answer(method, route, book) +
          R"(,"default":{"description":"A refusal","content":{"application/json":{"schema":{"$ref":"#/components/schemas/lintel.Error"}}}}})");
  return writer.Object();
}

}  // namespace

std::string OpenApi(const Contract& contract) {
  SchemaBook book;
  std::map<std::string, Writer> paths;
  std::map<const Method*, int> described;
  for (const Route& route : contract.routes()) {
    std::vector<std::string> names;
    const std::string path = route.path.OpenApiPath(&names);
    std::string verb = route.verb;
    std::transform(verb.begin(), verb.end(), verb.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    paths[path].Raw(verb.c_str(), Operation(route, names, described[route.method]++ == 0, book));
  }
  Writer all;
  for (const auto& [path, writer] : paths) all.Raw(path.c_str(), writer.Object());
  Writer document;
  document.Member("openapi", "3.1.0");
  document.Raw(
      "info",
      R"({"title":"Lintel","version":"1","description":"Rooms, deals, money and calls of a property developer. Names are paths; 64-bit numbers are strings; money is in minor units."})");
  document.Raw("servers", R"([{"url":"/"}])");
  document.Raw("security", R"([{"bearer":[]},{"cookie":[]}])");
  document.Raw("paths", all.Object());
  document.Raw(
      "components",
      R"({"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"},"cookie":{"type":"apiKey","in":"cookie","name":"lintel_session","description":"Needs X-Lintel-CSRF on requests that change something."}},"schemas":{)" +
          std::string(kError) + "," + book.Components() + "}}");
  return document.Object();
}

}  // namespace lintel::gateway
