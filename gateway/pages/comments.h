// What the comments of a proto say: English, and Chinese from a line on that begins with "zh:".
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

namespace lintel::gateway {

struct Texts {
  std::string en;
  std::string zh;  // Empty: the contract has none.
};

// Lines joined.
Texts SplitComment(const std::string& comment);

// The comment above (or behind) an element; empty when there is none.
template <class Element>
Texts TextsOf(const Element* element) {
  google::protobuf::SourceLocation place;
  if (!element->GetSourceLocation(&place)) return {};
  return SplitComment(place.leading_comments.empty() ? place.trailing_comments : place.leading_comments);
}

// Its first sentence.
std::string FirstSentence(const std::string& text);

// "List things" of ListThings.
std::string InWords(const std::string& camel_case);

}  // namespace lintel::gateway
