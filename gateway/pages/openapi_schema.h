// JSON schemas of message types, collected while routes are described.
#pragma once

#include <google/protobuf/descriptor.h>

#include <set>
#include <string>
#include <vector>

namespace lintel::gateway {

class SchemaBook {
 public:
  // {"$ref": ...} of a message, or the inline schema of a well-known type; the type is remembered.
  std::string Reference(const google::protobuf::Descriptor* type);
  // The schema of one field, lists and maps included.
  std::string OfField(const google::protobuf::FieldDescriptor* field);
  // The members of components.schemas for everything referred to.
  std::string Components();

 private:
  std::string OfValue(const google::protobuf::FieldDescriptor* field);
  std::string OfMember(const google::protobuf::FieldDescriptor* field);
  std::string OfMessage(const google::protobuf::Descriptor* type);

  std::set<const google::protobuf::Descriptor*> known_;
  std::vector<const google::protobuf::Descriptor*> waiting_;
};

}  // namespace lintel::gateway
