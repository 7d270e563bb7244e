#include "gateway/pages/openapi_schema.h"

#include <map>

#include "gateway/pages/comments.h"
#include "gateway/pages/json_object.h"
#include "gateway/pages/openapi_examples.h"

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
      std::vector<std::string> names;
      for (int i = 0; i < field->enum_type()->value_count(); ++i)
        names.push_back(Quoted(field->enum_type()->value(i)->name()));
      return JsonObject().Text("type", "string").Raw("enum", JsonArray(names)).Whole();
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

std::string SchemaBook::OfMember(const FieldDescriptor* field) {
  const Texts texts = TextsOf(field);
  JsonObject notes;
  if (!texts.en.empty()) notes.Text("description", texts.en);
  if (!texts.zh.empty()) notes.Text("x-description-zh", texts.zh);
  if (IsOutputOnly(field)) notes.Raw("readOnly", "true");
  std::string schema = OfField(field);
  if (notes.empty()) return schema;
  schema.pop_back();
  return schema + (schema == "{" ? "" : ",") + notes.members() + "}";
}

std::string SchemaBook::OfMessage(const Descriptor* type) {
  JsonObject properties;
  for (int i = 0; i < type->field_count(); ++i) properties.Raw(type->field(i)->json_name(), OfMember(type->field(i)));
  JsonObject schema;
  schema.Text("type", "object");
  const Texts texts = TextsOf(type);
  if (!texts.en.empty()) schema.Text("description", texts.en);
  if (!texts.zh.empty()) schema.Text("x-description-zh", texts.zh);
  return schema.Raw("properties", properties.Whole()).Raw("additionalProperties", "false").Whole();
}

std::string SchemaBook::Components() {
  JsonObject schemas;
  for (size_t i = 0; i < waiting_.size(); ++i) {  // Grows while it is walked.
    const Descriptor* type = waiting_[i];
    schemas.Raw(type->full_name(), OfMessage(type));
  }
  return schemas.members();
}

}  // namespace lintel::gateway
