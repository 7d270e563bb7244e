#include "gateway/pages/openapi_schema.h"

#include <map>

#include "gateway/text/json_value.h"

namespace lintel::gateway {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::string SchemaBook::Reference(const Descriptor* type) {
  static const std::map<std::string, std::string> kKnown{
      {"google.protobuf.Timestamp", R"({"type":"string","format":"date-time"})"},
      {"google.protobuf.Duration",
       R"({"type":"string","pattern":"^-?[0-9]+(\\.[0-9]{1,9})?s$","examples":["172800s"]})"},
      {"google.protobuf.FieldMask", R"({"type":"string","examples":["displayName,address"]})"},
      {"google.protobuf.Struct", R"({"type":"object"})"},
      {"google.protobuf.Value", "{}"},
      {"google.protobuf.ListValue", R"({"type":"array"})"},
      {"google.protobuf.StringValue", R"({"type":["string","null"]})"},
      {"google.protobuf.BoolValue", R"({"type":["boolean","null"]})"},
      {"google.protobuf.Int32Value", R"({"type":["integer","null"]})"},
      {"google.protobuf.Int64Value", R"({"type":["string","null"],"format":"int64"})"},
  };
  const auto found = kKnown.find(type->full_name());
  if (found != kKnown.end()) return found->second;
  if (known_.insert(type).second) waiting_.push_back(type);
  return "{\"$ref\":\"#/components/schemas/" + type->full_name() + "\"}";
}

std::string SchemaBook::OfValue(const FieldDescriptor* field) {
  switch (field->type()) {
    case FieldDescriptor::TYPE_BOOL:
      return R"({"type":"boolean"})";
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_SINT32:
    case FieldDescriptor::TYPE_SFIXED32:
      return R"({"type":"integer","format":"int32"})";
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_FIXED32:
      return R"({"type":"integer","format":"uint32","minimum":0})";
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SINT64:
    case FieldDescriptor::TYPE_SFIXED64:
      return R"({"type":"string","format":"int64"})";
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
      return R"({"type":"string","format":"uint64"})";
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FLOAT:
      return R"({"type":"number"})";
    case FieldDescriptor::TYPE_BYTES:
      return R"({"type":"string","contentEncoding":"base64"})";
    case FieldDescriptor::TYPE_ENUM: {
      std::string schema = R"({"type":"string","enum":[)";
      for (int i = 0; i < field->enum_type()->value_count(); ++i) {
        if (i > 0) schema += ',';
        AppendJsonString(field->enum_type()->value(i)->name(), schema);
      }
      return schema + "]}";
    }
    case FieldDescriptor::TYPE_MESSAGE:
    case FieldDescriptor::TYPE_GROUP:
      return Reference(field->message_type());
    case FieldDescriptor::TYPE_STRING:
      return R"({"type":"string"})";
  }
  return "{}";
}

std::string SchemaBook::OfField(const FieldDescriptor* field) {
  if (field->is_map())
    return R"({"type":"object","additionalProperties":)" + OfValue(field->message_type()->map_value()) + "}";
  if (field->is_repeated()) return R"({"type":"array","items":)" + OfValue(field) + "}";
  return OfValue(field);
}

std::string SchemaBook::OfMessage(const Descriptor* type) {
  std::string schema = "{\"type\":\"object\"";
  if (const std::string comment = CommentOf(type); !comment.empty()) {
    schema += ",\"description\":";
    AppendJsonString(comment, schema);
  }
  schema += ",\"properties\":{";
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (i > 0) schema += ',';
    AppendJsonString(field->json_name(), schema);
    std::string member = OfField(field);
    const std::string comment = CommentOf(field);
    if (!comment.empty()) {
      member.pop_back();
      member += member == "{" ? "\"description\":" : ",\"description\":";
      AppendJsonString(comment, member);
      member += '}';
    }
    schema += ':' + member;
  }
  return schema + "},\"additionalProperties\":false}";
}

std::string SchemaBook::Components() {
  std::string out;
  for (size_t i = 0; i < waiting_.size(); ++i) {  // Grows while it is walked.
    const Descriptor* type = waiting_[i];
    if (!out.empty()) out += ',';
    AppendJsonString(type->full_name(), out);
    out += ':' + OfMessage(type);
  }
  return out;
}

}  // namespace lintel::gateway
