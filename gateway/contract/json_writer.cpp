#include "gateway/contract/json_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "gateway/contract/json_scalars.h"
#include "gateway/text/json_value.h"

namespace lintel::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

template <class Number>
void AppendNumber(Number number, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{}", number);
}

template <class Number>
void AppendQuoted(Number number, std::string& out) {
  fmt::format_to(std::back_inserter(out), "\"{}\"", number);
}

void AppendReal(double number, std::string& out) {
  if (std::isnan(number)) {
    out += "\"NaN\"";
  } else if (std::isinf(number)) {
    out += number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    AppendNumber(number, out);
  }
}

Moment MomentOf(const Message& message) {
  const Descriptor* type = message.GetDescriptor();
  return {message.GetReflection()->GetInt64(message, type->FindFieldByNumber(1)),
          message.GetReflection()->GetInt32(message, type->FindFieldByNumber(2))};
}

}  // namespace

JsonWriter::JsonWriter(const Contract& contract) {
  for (const auto& method : contract.methods()) {
    Prepare(method->descriptor->input_type());
    Prepare(method->descriptor->output_type());
  }
  for (const auto& [name, event] : contract.events()) Prepare(event.descriptor);
}

void JsonWriter::Prepare(const Descriptor* type) {
  if (!plans_.try_emplace(type).second) return;
  TypePlan plan;
  const std::string& name = type->full_name();
  if (name == "google.protobuf.Timestamp") plan.form = Form::kTimestamp;
  if (name == "google.protobuf.Duration") plan.form = Form::kDuration;
  if (name == "google.protobuf.FieldMask") plan.form = Form::kMask;
  if (name == "google.protobuf.Struct") plan.form = Form::kStruct;
  if (name == "google.protobuf.ListValue") plan.form = Form::kList;
  if (name == "google.protobuf.Value") plan.form = Form::kValue;
  const bool wrapper = type->file()->name() == "google/protobuf/wrappers.proto";
  if (wrapper) plan.form = Form::kWrapper;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    std::string key;
    AppendJsonString(field->json_name(), key);
    plan.fields.push_back({field, key + ":", field->has_presence()});
    if (field->message_type() != nullptr) Prepare(field->message_type());
  }
  plans_[type] = std::move(plan);
}

std::string JsonWriter::ToJson(const Message& message) const {
  std::string out;
  Append(message, out);
  return out;
}

void JsonWriter::Append(const Message& message, std::string& out) const {
  const TypePlan& plan = plans_.at(message.GetDescriptor());
  if (plan.form != Form::kPlain) return AppendKnown(plan.form, message, out);
  const Reflection* reflection = message.GetReflection();
  out += '{';
  bool first = true;
  for (const FieldPlan& each : plan.fields) {
    if (each.skip_when_absent && !reflection->HasField(message, each.field)) continue;
    if (!first) out += ',';
    first = false;
    out += each.key;
    AppendField(message, each.field, out);
  }
  out += '}';
}

void JsonWriter::AppendField(const Message& message, const FieldDescriptor* field, std::string& out) const {
  if (field->is_map()) return AppendMap(message, field, out);
  if (!field->is_repeated()) return AppendValue(message, field, -1, out);
  out += '[';
  const int size = message.GetReflection()->FieldSize(message, field);
  for (int i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    AppendValue(message, field, i, out);
  }
  out += ']';
}

void JsonWriter::AppendMap(const Message& message, const FieldDescriptor* field, std::string& out) const {
  const FieldDescriptor* key = field->message_type()->map_key();
  const FieldDescriptor* value = field->message_type()->map_value();
  out += '{';
  const int size = message.GetReflection()->FieldSize(message, field);
  for (int i = 0; i < size; ++i) {
    if (i > 0) out += ',';
    const Message& entry = message.GetReflection()->GetRepeatedMessage(message, field, i);
    std::string text;
    AppendValue(entry, key, -1, text);
    out += text.starts_with('"') ? text : "\"" + text + "\"";
    out += ':';
    AppendValue(entry, value, -1, out);
  }
  out += '}';
}

void JsonWriter::AppendValue(const Message& message, const FieldDescriptor* field, int index, std::string& out) const {
  const Reflection* reflection = message.GetReflection();
  const bool one = index < 0;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return AppendNumber(
          one ? reflection->GetInt32(message, field) : reflection->GetRepeatedInt32(message, field, index), out);
    case FieldDescriptor::CPPTYPE_UINT32:
      return AppendNumber(
          one ? reflection->GetUInt32(message, field) : reflection->GetRepeatedUInt32(message, field, index), out);
    case FieldDescriptor::CPPTYPE_INT64:
      return AppendQuoted(
          one ? reflection->GetInt64(message, field) : reflection->GetRepeatedInt64(message, field, index), out);
    case FieldDescriptor::CPPTYPE_UINT64:
      return AppendQuoted(
          one ? reflection->GetUInt64(message, field) : reflection->GetRepeatedUInt64(message, field, index), out);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return AppendReal(
          one ? reflection->GetDouble(message, field) : reflection->GetRepeatedDouble(message, field, index), out);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return AppendReal(
          one ? reflection->GetFloat(message, field) : reflection->GetRepeatedFloat(message, field, index), out);
    case FieldDescriptor::CPPTYPE_BOOL:
      out += (one ? reflection->GetBool(message, field) : reflection->GetRepeatedBool(message, field, index)) ? "true"
                                                                                                              : "false";
      return;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number =
          one ? reflection->GetEnumValue(message, field) : reflection->GetRepeatedEnumValue(message, field, index);
      const auto* value = field->enum_type()->FindValueByNumber(number);
      if (field->enum_type()->full_name() == "google.protobuf.NullValue") {
        out += "null";
      } else if (value != nullptr) {
        AppendJsonString(value->name(), out);
      } else {
        AppendNumber(number, out);
      }
      return;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      const std::string& text = one ? reflection->GetStringReference(message, field, &scratch)
                                    : reflection->GetRepeatedStringReference(message, field, index, &scratch);
      field->type() == FieldDescriptor::TYPE_BYTES ? AppendJsonString(ToBase64(text), out)
                                                   : AppendJsonString(text, out);
      return;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return Append(
          one ? reflection->GetMessage(message, field) : reflection->GetRepeatedMessage(message, field, index), out);
  }
}

void JsonWriter::AppendKnown(Form form, const Message& message, std::string& out) const {
  const Descriptor* type = message.GetDescriptor();
  const Reflection* reflection = message.GetReflection();
  switch (form) {
    case Form::kTimestamp:
      return AppendJsonString(TimestampText(MomentOf(message)), out);
    case Form::kDuration:
      return AppendJsonString(DurationText(MomentOf(message)), out);
    case Form::kMask: {
      std::string paths;
      const FieldDescriptor* field = type->FindFieldByNumber(1);
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        paths += (i > 0 ? "," : "") + ToCamel(reflection->GetRepeatedString(message, field, i));
      }
      return AppendJsonString(paths, out);
    }
    case Form::kStruct:
    case Form::kList:
    case Form::kWrapper:
      return AppendField(message, type->FindFieldByNumber(1), out);
    case Form::kValue: {
      const FieldDescriptor* set = reflection->GetOneofFieldDescriptor(message, type->oneof_decl(0));
      if (set == nullptr) {
        out += "null";
        return;
      }
      return AppendValue(message, set, -1, out);
    }
    case Form::kPlain:
      return;
  }
}

}  // namespace lintel::gateway
