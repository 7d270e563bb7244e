// Setting a field by reflection, whether it is singular or repeated.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <utility>

namespace lintel::gateway {

// Writes one value into a field: sets a singular one, appends to a repeated one.
class FieldWriter {
 public:
  FieldWriter(google::protobuf::Message* message, const google::protobuf::FieldDescriptor* field)
      : message_(message), reflection_(message->GetReflection()), field_(field) {}

  void Int32(int32_t v) {
    field_->is_repeated() ? reflection_->AddInt32(message_, field_, v) : reflection_->SetInt32(message_, field_, v);
  }
  void Int64(int64_t v) {
    field_->is_repeated() ? reflection_->AddInt64(message_, field_, v) : reflection_->SetInt64(message_, field_, v);
  }
  void UInt32(uint32_t v) {
    field_->is_repeated() ? reflection_->AddUInt32(message_, field_, v) : reflection_->SetUInt32(message_, field_, v);
  }
  void UInt64(uint64_t v) {
    field_->is_repeated() ? reflection_->AddUInt64(message_, field_, v) : reflection_->SetUInt64(message_, field_, v);
  }
  void Double(double v) {
    field_->is_repeated() ? reflection_->AddDouble(message_, field_, v) : reflection_->SetDouble(message_, field_, v);
  }
  void Float(float v) {
    field_->is_repeated() ? reflection_->AddFloat(message_, field_, v) : reflection_->SetFloat(message_, field_, v);
  }
  void Bool(bool v) {
    field_->is_repeated() ? reflection_->AddBool(message_, field_, v) : reflection_->SetBool(message_, field_, v);
  }
  void Text(std::string v) {
    field_->is_repeated() ? reflection_->AddString(message_, field_, std::move(v))
                          : reflection_->SetString(message_, field_, std::move(v));
  }
  void Enum(int v) {
    field_->is_repeated() ? reflection_->AddEnumValue(message_, field_, v)
                          : reflection_->SetEnumValue(message_, field_, v);
  }
  google::protobuf::Message* Sub() {
    return field_->is_repeated() ? reflection_->AddMessage(message_, field_)
                                 : reflection_->MutableMessage(message_, field_);
  }

 private:
  google::protobuf::Message* const message_;
  const google::protobuf::Reflection* const reflection_;
  const google::protobuf::FieldDescriptor* const field_;
};

}  // namespace lintel::gateway
