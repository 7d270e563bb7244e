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
  std::string OfMessage(const google::protobuf::Descriptor* type);

  std::set<const google::protobuf::Descriptor*> known_;
  std::vector<const google::protobuf::Descriptor*> waiting_;
};

// The comment above (or behind) an element of a proto, its lines joined; empty when there is none.
template <class Element>
std::string CommentOf(const Element* element) {
  google::protobuf::SourceLocation place;
  if (!element->GetSourceLocation(&place)) return "";
  std::string text = place.leading_comments.empty() ? place.trailing_comments : place.leading_comments;
  std::string joined;
  bool gap = false;
  for (const char c : text) {
    if (c == '\n' || c == ' ') {
      gap = !joined.empty();
    } else {
      if (gap) joined += ' ';
      gap = false;
      joined += c;
    }
  }
  return joined;
}

}  // namespace lintel::gateway
