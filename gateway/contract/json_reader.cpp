#include "gateway/contract/json_reader.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <limits>
#include <set>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gateway/contract/contract.h"
#include "gateway/contract/field_writer.h"
#include "gateway/contract/json_scalars.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Kind = JsonValue::Kind;

// What a client may write, the zero that stands for nothing left out: "READY, NOT_READY".
std::string NamesOf(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (!type.value(i)->name().ends_with("_UNSPECIFIED")) names.push_back(type.value(i)->name());
  }
  return absl::StrJoin(names, ", ");
}

class Reader {
 public:
  absl::Status Object(const JsonValue& value, Message* message) {
    if (const auto known = WellKnown(value, message)) return *known;
    if (value.kind != Kind::kObject) return Bad("must be an object");
    const Descriptor* type = message->GetDescriptor();
    std::set<const FieldDescriptor*> given;
    for (const auto& [key, member] : value.members) {
      const Place place(*this, "." + key);
      const FieldDescriptor* field = FindOneField(type, key);
      if (field == nullptr) return Bad("is not a field of " + type->name());
      if (!given.insert(field).second) return Bad("is given twice");
      if (field->real_containing_oneof() != nullptr && member.kind != Kind::kNull &&
          message->GetReflection()->HasOneof(*message, field->real_containing_oneof())) {
        return Bad("excludes another field of " + field->real_containing_oneof()->name());
      }
      RETURN_IF_ERROR(Field(member, field, message));
    }
    return absl::OkStatus();
  }

  absl::Status Field(const JsonValue& value, const FieldDescriptor* field, Message* message) {
    const bool holds_null =
        field->message_type() != nullptr && field->message_type()->full_name() == "google.protobuf.Value";
    if (value.kind == Kind::kNull && !(holds_null && !field->is_repeated())) return absl::OkStatus();
    if (field->is_map()) return Map(value, field, message);
    if (!field->is_repeated()) return One(value, field, message);
    if (value.kind != Kind::kArray) return Bad("must be a list");
    for (size_t i = 0; i < value.items.size(); ++i) {
      const Place place(*this, fmt::format("[{}]", i));
      if (value.items[i].kind == Kind::kNull && !holds_null) return Bad("must not be null");
      RETURN_IF_ERROR(One(value.items[i], field, message));
    }
    return absl::OkStatus();
  }

  // Text of a URL: the same as a JSON string, but "true" is a boolean there.
  absl::Status Text(const std::string& text, const FieldDescriptor* field, Message* message, const std::string& path) {
    const Place place(*this, "." + path);
    if (field->is_map()) return Bad("cannot be given in the URL");
    if (field->type() == FieldDescriptor::TYPE_BOOL) {
      if (text != "true" && text != "false") return Bad("must be true or false");
      FieldWriter(message, field).Bool(text == "true");
      return absl::OkStatus();
    }
    return One(JsonValue::String(text), field, message);
  }

  absl::Status Bad(const std::string& rule) const { return InvalidField(path_.empty() ? "body" : path_, rule); }

 private:
  // The field being read, for errors.
  class Place {
   public:
    Place(Reader& reader, const std::string& step) : reader_(reader), length_(reader.path_.size()) {
      reader.path_ += reader.path_.empty() && step.starts_with('.') ? step.substr(1) : step;
    }
    ~Place() { reader_.path_.resize(length_); }

   private:
    Reader& reader_;
    const size_t length_;
  };

  absl::Status Map(const JsonValue& value, const FieldDescriptor* field, Message* message) {
    if (value.kind != Kind::kObject) return Bad("must be an object");
    const FieldDescriptor* key_field = field->message_type()->map_key();
    for (const auto& [key, member] : value.members) {
      const Place place(*this, "." + key);
      if (member.kind == Kind::kNull) return Bad("must not be null");
      Message* entry = message->GetReflection()->AddMessage(message, field);
      const bool flag = key_field->type() == FieldDescriptor::TYPE_BOOL;
      RETURN_IF_ERROR(flag ? Text(key, key_field, entry, "key") : One(JsonValue::String(key), key_field, entry));
      RETURN_IF_ERROR(One(member, field->message_type()->map_value(), entry));
    }
    return absl::OkStatus();
  }

  template <class Narrow>
  absl::Status Whole(const JsonValue& value, void (FieldWriter::*set)(Narrow), FieldWriter writer) {
    using Wide = std::conditional_t<std::is_signed_v<Narrow>, int64_t, uint64_t>;
    std::optional<Wide> number;
    if constexpr (std::is_signed_v<Narrow>) {
      number = ToInt64(value);
    } else {
      number = ToUint64(value);
    }
    if (!number || *number < std::numeric_limits<Narrow>::min() || *number > std::numeric_limits<Narrow>::max()) {
      return Bad(fmt::format("must be a whole number from {} to {}", std::numeric_limits<Narrow>::min(),
                             std::numeric_limits<Narrow>::max()));
    }
    (writer.*set)(static_cast<Narrow>(*number));
    return absl::OkStatus();
  }

  absl::Status One(const JsonValue& value, const FieldDescriptor* field, Message* message) {
    FieldWriter writer(message, field);
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return Whole<int32_t>(value, &FieldWriter::Int32, writer);
      case FieldDescriptor::CPPTYPE_INT64:
        return Whole<int64_t>(value, &FieldWriter::Int64, writer);
      case FieldDescriptor::CPPTYPE_UINT32:
        return Whole<uint32_t>(value, &FieldWriter::UInt32, writer);
      case FieldDescriptor::CPPTYPE_UINT64:
        return Whole<uint64_t>(value, &FieldWriter::UInt64, writer);
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return Real(value, field, writer);
      case FieldDescriptor::CPPTYPE_BOOL:
        if (value.kind != Kind::kBool) return Bad("must be true or false");
        writer.Bool(value.boolean);
        return absl::OkStatus();
      case FieldDescriptor::CPPTYPE_ENUM:
        return EnumValue(value, field->enum_type(), writer);
      case FieldDescriptor::CPPTYPE_STRING:
        return StringOrBytes(value, field, writer);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Object(value, writer.Sub());
    }
    return Bad("has a type that JSON cannot carry");
  }

  absl::Status Real(const JsonValue& value, const FieldDescriptor* field, FieldWriter& writer) {
    const auto number = ToDouble(value);
    const bool single = field->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT;
    if (!number || (single && std::abs(*number) > std::numeric_limits<float>::max()))
      return Bad("must be a number in range");
    single ? writer.Float(static_cast<float>(*number)) : writer.Double(*number);
    return absl::OkStatus();
  }

  absl::Status EnumValue(const JsonValue& value, const EnumDescriptor* type, FieldWriter& writer) {
    const EnumValueDescriptor* found = nullptr;
    if (value.kind == Kind::kString) found = type->FindValueByName(value.text);
    const auto number = found == nullptr ? ToInt64(value) : std::nullopt;
    if (number && *number >= 0 && *number <= std::numeric_limits<int>::max()) {
      found = type->FindValueByNumber(static_cast<int>(*number));
    }
    if (found == nullptr) return Bad(fmt::format("must be a value of {}: {}", type->name(), NamesOf(*type)));
    writer.Enum(found->number());
    return absl::OkStatus();
  }

  absl::Status StringOrBytes(const JsonValue& value, const FieldDescriptor* field, FieldWriter& writer) {
    if (value.kind != Kind::kString) return Bad("must be a string");
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      writer.Text(value.text);
      return absl::OkStatus();
    }
    auto bytes = FromBase64(value.text);
    if (!bytes) return Bad("must be base64");
    writer.Text(*std::move(bytes));
    return absl::OkStatus();
  }

  // Types with a JSON form of their own; nothing when `message` is not one.
  std::optional<absl::Status> WellKnown(const JsonValue& value, Message* message) {
    const Descriptor* type = message->GetDescriptor();
    const std::string& name = type->full_name();
    if (name == "google.type.Date" && value.kind == Kind::kString) return Date(value, message);
    if (!name.starts_with("google.protobuf.")) return std::nullopt;
    if (name == "google.protobuf.Timestamp")
      return Seconds(value, message, ParseTimestamp, "must be a time like 2026-11-23T09:54:00Z");
    if (name == "google.protobuf.Duration")
      return Seconds(value, message, ParseDuration, "must be a duration like 172800s");
    if (name == "google.protobuf.FieldMask") return Mask(value, message);
    if (name == "google.protobuf.Struct") return Struct(value, message);
    if (name == "google.protobuf.ListValue") return List(value, message);
    if (name == "google.protobuf.Value") return Any(value, message);
    if (name == "google.protobuf.Any") return Bad("cannot be given from outside");
    if (name.ends_with("Value") && type->field_count() == 1) return One(value, type->field(0), message);
    return std::nullopt;
  }

  absl::Status Seconds(const JsonValue& value, Message* message, std::optional<Moment> (*parse)(const std::string&),
                       const char* rule) {
    const auto moment = value.kind == Kind::kString ? parse(value.text) : std::nullopt;
    if (!moment) return Bad(rule);
    const Descriptor* type = message->GetDescriptor();
    message->GetReflection()->SetInt64(message, type->FindFieldByNumber(1), moment->seconds);
    message->GetReflection()->SetInt32(message, type->FindFieldByNumber(2), moment->nanos);
    return absl::OkStatus();
  }

  absl::Status Date(const JsonValue& value, Message* message) {
    const auto date = ParseDate(value.text);
    if (!date) return Bad("must be a day like 2026-11-23");
    const Descriptor* type = message->GetDescriptor();
    message->GetReflection()->SetInt32(message, type->FindFieldByNumber(1), date->year);
    message->GetReflection()->SetInt32(message, type->FindFieldByNumber(2), date->month);
    message->GetReflection()->SetInt32(message, type->FindFieldByNumber(3), date->day);
    return absl::OkStatus();
  }

  absl::Status Mask(const JsonValue& value, Message* message) {
    if (value.kind != Kind::kString) return Bad("must be field paths separated by commas");
    if (value.text.empty()) return absl::OkStatus();
    for (const auto& path : absl::StrSplit(value.text, ',')) {
      const auto snake = ToSnake(std::string(path));
      if (!snake || snake->empty()) return Bad("must be field paths separated by commas");
      message->GetReflection()->AddString(message, message->GetDescriptor()->FindFieldByNumber(1), *snake);
    }
    return absl::OkStatus();
  }

  absl::Status Struct(const JsonValue& value, Message* message) {
    return Map(value, message->GetDescriptor()->FindFieldByNumber(1), message);
  }

  absl::Status List(const JsonValue& value, Message* message) {
    if (value.kind != Kind::kArray) return Bad("must be a list");
    for (const JsonValue& item : value.items) {
      RETURN_IF_ERROR(One(item, message->GetDescriptor()->FindFieldByNumber(1), message));
    }
    return absl::OkStatus();
  }

  // google.protobuf.Value: null, number, string, bool, struct, list are its fields 1 to 6.
  absl::Status Any(const JsonValue& value, Message* message) {
    const Descriptor* type = message->GetDescriptor();
    FieldWriter null(message, type->FindFieldByNumber(1));
    switch (value.kind) {
      case Kind::kNull:
        null.Enum(0);
        return absl::OkStatus();
      case Kind::kNumber:
        return One(value, type->FindFieldByNumber(2), message);
      case Kind::kString:
        return One(value, type->FindFieldByNumber(3), message);
      case Kind::kBool:
        return One(value, type->FindFieldByNumber(4), message);
      case Kind::kObject:
        return One(value, type->FindFieldByNumber(5), message);
      case Kind::kArray:
        return One(value, type->FindFieldByNumber(6), message);
    }
    return Bad("is not a JSON value");
  }

  std::string path_;
};

}  // namespace

absl::Status ReadJson(const JsonValue& value, Message* message) { return Reader().Object(value, message); }

absl::Status ReadJsonField(const JsonValue& value, const FieldDescriptor* field, Message* message) {
  return Reader().Field(value, field, message);
}

absl::Status ReadText(const std::string& path, const std::string& text, Message* message) {
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  for (size_t i = 0; i < parts.size(); ++i) {
    const FieldDescriptor* field = FindOneField(message->GetDescriptor(), parts[i]);
    if (field == nullptr) return InvalidField(path, "is not a parameter of this call");
    if (i + 1 == parts.size()) return Reader().Text(text, field, message, path);
    if (field->is_repeated() || field->message_type() == nullptr)
      return InvalidField(path, "is not a parameter of this call");
    message = message->GetReflection()->MutableMessage(message, field);
  }
  return absl::OkStatus();
}

}  // namespace lintel::gateway
