// What people type, checked before it is kept: valid UTF-8, no control characters, a length counted in characters.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace lintel {

struct TextRule {
  int least = 0;  // Characters (code points), not bytes.
  int most = 60;
  bool lines = false;  // Line breaks and tabs are allowed.
};

// INVALID_ARGUMENT that names `field` unless `text` obeys the rule. Text of spaces alone counts as empty.
absl::Status CheckText(const std::string& field, const std::string& text, TextRule rule);

// Without white space (ASCII, and the ideographic space U+3000) at both ends.
std::string Trimmed(const std::string& text);

// Code points of a valid UTF-8 text; -1 when it is not valid.
int CountCharacters(const std::string& text);

}  // namespace lintel
