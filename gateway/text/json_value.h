// JSON text (RFC 8259) as a tree, read strictly: what a careful client never sends is refused, with the place named.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::gateway {

struct JsonValue {
  JsonValue();  // Declared so that a vector of pairs of this type can be a member of it.

  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  bool boolean = false;
  std::string text;  // A string's contents in UTF-8, or a number as it was written.
  std::vector<JsonValue> items;
  std::vector<std::pair<std::string, JsonValue>> members;

  static JsonValue String(std::string text);
};

inline JsonValue::JsonValue() = default;

inline JsonValue JsonValue::String(std::string text) {
  JsonValue value;
  value.kind = Kind::kString;
  value.text = std::move(text);
  return value;
}

// INVALID_ARGUMENT naming the field for bad syntax, a key given twice, bytes that are not UTF-8, NUL characters, lone
// surrogates, nesting deeper than `deepest`, or anything after the value.
absl::StatusOr<JsonValue> ParseJson(std::string_view text, int deepest);

// Appends `text` as a JSON string with its quotes; "<" is escaped so that JSON may stand inside HTML.
void AppendJsonString(std::string_view text, std::string& out);

}  // namespace lintel::gateway
