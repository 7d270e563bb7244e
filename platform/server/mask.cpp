#include "platform/server/mask.h"

#include <map>
#include <mutex>
#include <set>

#include "lintel/auth/rule.pb.h"

namespace lintel {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool Contains(const Descriptor* type, std::set<const Descriptor*>& seen) {
  if (!seen.insert(type).second) return false;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->options().HasExtension(auth::mask)) return true;
    if (field->message_type() != nullptr && Contains(field->message_type(), seen)) return true;
  }
  return false;
}

// Whether a masked field can occur anywhere below `type`; remembered per type.
bool HasMaskedFields(const Descriptor* type) {
  static std::mutex mutex;
  static std::map<const Descriptor*, bool> known;
  const std::lock_guard lock(mutex);
  const auto found = known.find(type);
  if (found != known.end()) return found->second;
  std::set<const Descriptor*> seen;
  return known[type] = Contains(type, seen);
}

std::string Masked(auth::Mask kind, const std::string& text) {
  return kind == auth::PHONE ? MaskPhone(text) : MaskIdNumber(text);
}

void MaskField(Message& message, const FieldDescriptor* field, auth::Mask kind) {
  const Reflection* reflection = message.GetReflection();
  if (!field->is_repeated()) {
    reflection->SetString(&message, field, Masked(kind, reflection->GetString(message, field)));
    return;
  }
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    reflection->SetRepeatedString(&message, field, i, Masked(kind, reflection->GetRepeatedString(message, field, i)));
  }
}

void Walk(Message& message, bool hide_phones, bool hide_ids) {
  if (!HasMaskedFields(message.GetDescriptor())) return;
  const Reflection* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const auth::Mask kind = field->options().GetExtension(auth::mask);
    if (kind == auth::PHONE ? hide_phones : kind == auth::ID_NUMBER && hide_ids) {
      MaskField(message, field, kind);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (!field->is_repeated()) {
        Walk(*reflection->MutableMessage(&message, field), hide_phones, hide_ids);
        continue;
      }
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        Walk(*reflection->MutableRepeatedMessage(&message, field, i), hide_phones, hide_ids);
      }
    }
  }
}

}  // namespace

void MaskReply(Message& message, const Principal& reader) {
  const bool hide_phones = !reader.Has("customer.phone.read");
  const bool hide_ids = !reader.Has("customer.id.read");
  if (hide_phones || hide_ids) Walk(message, hide_phones, hide_ids);
}

std::string MaskPhone(const std::string& phone) {
  const std::string country = phone.rfind("+86", 0) == 0 ? "+86" : "";
  const std::string rest = phone.substr(country.size());
  if (rest.size() < 8) return std::string(rest.size(), '*');
  return country + rest.substr(0, 3) + "****" + rest.substr(rest.size() - 4);
}

std::string MaskIdNumber(const std::string& id_number) {
  if (id_number.size() < 8) return std::string(id_number.size(), '*');
  return id_number.substr(0, 1) + "****" + id_number.substr(id_number.size() - 4);
}

}  // namespace lintel
