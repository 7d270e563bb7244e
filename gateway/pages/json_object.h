// Writes one JSON object member by member.
#pragma once

#include <string>
#include <vector>

#include "gateway/text/json_value.h"

namespace lintel::gateway {

inline std::string Quoted(const std::string& text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

class JsonObject {
 public:
  JsonObject& Text(const std::string& key, const std::string& text) { return Raw(key, Quoted(text)); }
  JsonObject& Raw(const std::string& key, const std::string& json) {
    if (!members_.empty()) members_ += ',';
    members_ += Quoted(key) + ':' + json;
    return *this;
  }
  bool empty() const { return members_.empty(); }
  // With its braces, and without.
  std::string Whole() const { return "{" + members_ + "}"; }
  const std::string& members() const { return members_; }

 private:
  std::string members_;
};

inline std::string JsonArray(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ",") + item;
  return "[" + out + "]";
}

}  // namespace lintel::gateway
