#include "platform/update/update.h"

#include <algorithm>
#include <string_view>

namespace lintel {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsSet(const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  return field->is_repeated() ? reflection->FieldSize(message, field) > 0 : reflection->HasField(message, field);
}

// Takes one field over whatever its type: by way of a message that has only it.
void CopyField(const Message& from, const FieldDescriptor* field, Message& to) {
  const auto* reflection = to.GetReflection();
  reflection->ClearField(&to, field);
  const std::unique_ptr<Message> only(from.New());
  only->CopyFrom(from);
  std::vector<const FieldDescriptor*> set;
  only->GetReflection()->ListFields(*only, &set);
  for (const FieldDescriptor* other : set) {
    if (other != field) only->GetReflection()->ClearField(only.get(), other);
  }
  to.MergeFrom(*only);
}

}  // namespace

absl::Status ApplyUpdate(const google::protobuf::FieldMask& mask, std::initializer_list<const char*> writable,
                         const Message& changes, Message& target) {
  const auto* type = changes.GetDescriptor();
  for (const std::string& path : mask.paths()) {
    if (std::none_of(writable.begin(), writable.end(), [&](std::string_view name) { return name == path; })) {
      return InvalidField("update_mask", "`" + path + "` cannot be changed here");
    }
  }
  for (const char* name : writable) {
    const FieldDescriptor* field = type->FindFieldByName(name);
    const bool named = std::find(mask.paths().begin(), mask.paths().end(), name) != mask.paths().end();
    if (mask.paths().empty() ? IsSet(changes, field) : named) CopyField(changes, field, target);
  }
  return absl::OkStatus();
}

absl::Status CheckEtag(const std::string& kind, const std::string& given, int64_t version) {
  return given.empty() || given == std::to_string(version) ? absl::OkStatus() : StaleEtag(kind);
}

}  // namespace lintel
