// Messages to JSON by reflection: proto3 JSON mapping, defaults printed, 64-bit numbers as strings. About ten times as
// fast as the protobuf library's own, which matters for lists.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/contract/contract.h"

namespace lintel::gateway {

class JsonWriter {
 public:
  // Prepares every message type of the contract. Threads: any afterwards.
  explicit JsonWriter(const Contract& contract);

  void Append(const google::protobuf::Message& message, std::string& out) const;
  // One field of `message`, as response_body asks for it.
  void AppendField(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor* field,
                   std::string& out) const;
  std::string ToJson(const google::protobuf::Message& message) const;

 private:
  enum class Form { kPlain, kTimestamp, kDuration, kMask, kStruct, kList, kValue, kWrapper };
  struct FieldPlan {
    const google::protobuf::FieldDescriptor* field;
    std::string key;  // "\"displayName\":"
    bool skip_when_absent;
  };
  struct TypePlan {
    Form form = Form::kPlain;
    std::vector<FieldPlan> fields;
  };
  void Prepare(const google::protobuf::Descriptor* type);
  void AppendKnown(Form form, const google::protobuf::Message& message, std::string& out) const;
  void AppendValue(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor* field, int index,
                   std::string& out) const;
  void AppendMap(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor* field,
                 std::string& out) const;

  std::unordered_map<const google::protobuf::Descriptor*, TypePlan> plans_;
};

}  // namespace lintel::gateway
