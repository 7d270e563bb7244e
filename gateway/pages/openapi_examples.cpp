#include "gateway/pages/openapi_examples.h"

#include <algorithm>
#include <map>
#include <vector>

#include "gateway/pages/comments.h"
#include "gateway/pages/json_object.h"
#include "google/api/field_behavior.pb.h"

namespace lintel::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr size_t kDeepest = 4;
constexpr char kId[] = "0193b5d2-7c00-7000-8000-0000000000a1";

bool Behaves(const FieldDescriptor* field, google::api::FieldBehavior wanted) {
  google::protobuf::FieldOptions visible;  // Options of a dynamic pool hide extensions; see Contract.
  visible.ParseFromString(field->options().SerializeAsString());
  const auto& behaviors = visible.GetRepeatedExtension(google::api::field_behavior);
  return std::find(behaviors.begin(), behaviors.end(), wanted) != behaviors.end();
}

// What stands between the first two double quotes.
std::string QuotedIn(const std::string& comment) {
  const size_t begin = comment.find('"');
  const size_t end = begin == std::string::npos ? begin : comment.find('"', begin + 1);
  return end == std::string::npos ? "" : comment.substr(begin + 1, end - begin - 1);
}

// "projects/{project}/rooms/{room}" at the beginning of a comment, its variables filled in.
std::string NameIn(const std::string& comment) {
  const std::string pattern = comment.substr(0, comment.find_first_of(" ;,.:"));
  const size_t slash = pattern.find('/');
  if (slash == std::string::npos || slash == 0 || pattern.find('{') == std::string::npos) return "";
  std::string name;
  for (size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '{') {
      name += pattern[at];
      continue;
    }
    at = pattern.find('}', at);
    if (at == std::string::npos) return "";
    name += kId;
  }
  return name;
}

// Fields that no client fills whatever the resource (AIP-148), and the one that a header carries.
bool IsOfTheServer(const std::string& name) {
  return name == "create_time" || name == "update_time" || name == "request_id";
}

std::string TextOf(const FieldDescriptor* field) {
  const std::string comment = TextsOf(field).en;
  if (const std::string quoted = QuotedIn(comment); !quoted.empty()) return quoted;
  if (const std::string name = NameIn(comment); !name.empty()) return name;
  if (field->name().ends_with("page_token")) return "";
  return field->name() == "etag" ? "7" : "text";
}

std::string FirstMeaning(const google::protobuf::EnumDescriptor* type) {
  return type->value(type->value_count() > 1 ? 1 : 0)->name();
}

const std::string* WellKnown(const Descriptor* type) {
  static const std::map<std::string, std::string> kKnown{
      {"google.protobuf.Timestamp", R"("2026-11-23T02:00:00Z")"},
      {"google.protobuf.Duration", R"("172800s")"},
      {"google.protobuf.FieldMask", R"("displayName")"},
      {"google.protobuf.Struct", "{}"},
      {"google.protobuf.Value", R"("text")"},
      {"google.protobuf.ListValue", "[]"},
      {"google.protobuf.StringValue", R"("text")"},
      {"google.protobuf.BoolValue", "true"},
      {"google.protobuf.Int32Value", "1"},
      {"google.protobuf.Int64Value", R"("1")"},
      {"google.type.Date", R"({"year":2026,"month":11,"day":23})"},
  };
  const auto found = kKnown.find(type->full_name());
  return found == kKnown.end() ? nullptr : &found->second;
}

class Examples {
 public:
  explicit Examples(Side side) : side_(side) {}

  std::string OfMessage(const Descriptor* type) {
    if (const std::string* known = WellKnown(type)) return *known;
    around_.push_back(type);
    JsonObject object;
    for (int i = 0; i < type->field_count(); ++i) {
      if (Belongs(type->field(i))) object.Raw(type->field(i)->json_name(), OfField(type->field(i)));
    }
    around_.pop_back();
    return object.Whole();
  }

  std::string OfField(const FieldDescriptor* field) {
    if (field->is_map()) {
      const FieldDescriptor* value = field->message_type()->map_value();
      return Fits(value) ? JsonObject().Raw("key", OfValue(value)).Whole() : "{}";
    }
    return field->is_repeated() ? JsonArray({OfValue(field)}) : OfValue(field);
  }

 private:
  // A message within itself, or too deep to read, is left out.
  bool Fits(const FieldDescriptor* field) const {
    const Descriptor* type = field->message_type();
    return type == nullptr ||
           (around_.size() < kDeepest && std::find(around_.begin(), around_.end(), type) == around_.end());
  }

  bool Belongs(const FieldDescriptor* field) const {
    const auto* choice = field->real_containing_oneof();
    if (choice != nullptr && choice->field(0) != field) return false;
    if (side_ == Side::kBody && (IsOfTheServer(field->name()) || IsOutputOnly(field))) return false;
    if (side_ == Side::kAnswer && Behaves(field, google::api::INPUT_ONLY)) return false;
    return field->is_map() || Fits(field);
  }

  std::string OfValue(const FieldDescriptor* field) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return "true";
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_UINT32:
        return "1";
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT64:
        return R"("100")";
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return "0.5";
      case FieldDescriptor::CPPTYPE_ENUM:
        return Quoted(FirstMeaning(field->enum_type()));
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return OfMessage(field->message_type());
      case FieldDescriptor::CPPTYPE_STRING:
        return field->type() == FieldDescriptor::TYPE_BYTES ? R"("AAECAw==")" : Quoted(TextOf(field));
    }
    return "null";
  }

  const Side side_;
  std::vector<const Descriptor*> around_;
};

}  // namespace

bool IsOutputOnly(const FieldDescriptor* field) { return Behaves(field, google::api::OUTPUT_ONLY); }

std::string ExampleOf(const Descriptor* type, Side side) { return Examples(side).OfMessage(type); }

std::string ExampleOf(const FieldDescriptor* field, Side side) { return Examples(side).OfField(field); }

}  // namespace lintel::gateway
