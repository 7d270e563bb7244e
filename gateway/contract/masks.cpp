// Which fields of a contract hold phones and ID numbers, and hiding them. Services mask their own answers; this is for
// what the gateway itself hands out to many: signals and events.
#include "gateway/contract/contract.h"
#include "platform/server/mask.h"

namespace lintel::gateway {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool Contract::HasMasks(const Descriptor* type) const {
  const auto found = has_masks_.find(type);
  return found != has_masks_.end() && found->second;
}

// Cycles end because a type counts as unmasked while it is being looked at.
bool Contract::FindMasks(const Descriptor* type) {
  const auto [entry, added] = has_masks_.try_emplace(type, false);
  if (!added) return entry->second;
  bool any = false;
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    google::protobuf::FieldOptions options;
    options.ParseFromString(field->options().SerializeAsString());
    const auth::Mask mask = options.GetExtension(auth::mask);
    if (mask != auth::MASK_UNSPECIFIED && field->type() == FieldDescriptor::TYPE_STRING) {
      masks_[field] = mask;
      any = true;
    }
    if (field->message_type() != nullptr && FindMasks(field->message_type())) any = true;
  }
  has_masks_[type] = any;
  return any;
}

void Contract::Mask(Message* message, bool hide_phones, bool hide_ids) const {
  const auto* reflection = message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(*message, &fields);
  for (const FieldDescriptor* field : fields) {
    const auto mask = masks_.find(field);
    const bool hide = mask != masks_.end() && (mask->second == auth::PHONE ? hide_phones : hide_ids);
    const int size = field->is_repeated() ? reflection->FieldSize(*message, field) : 1;
    const auto hidden = [&](const std::string& text) {
      return mask->second == auth::PHONE ? MaskPhone(text) : MaskIdNumber(text);
    };
    for (int i = 0; i < size; ++i) {
      if (field->message_type() != nullptr) {
        Mask(field->is_repeated() ? reflection->MutableRepeatedMessage(message, field, i)
                                  : reflection->MutableMessage(message, field),
             hide_phones, hide_ids);
      } else if (hide && field->is_repeated()) {
        reflection->SetRepeatedString(message, field, i, hidden(reflection->GetRepeatedString(*message, field, i)));
      } else if (hide) {
        reflection->SetString(message, field, hidden(reflection->GetString(*message, field)));
      }
    }
  }
}

}  // namespace lintel::gateway
