#include "platform/ids/resource_name.h"

#include "absl/strings/str_split.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"

namespace lintel {

absl::StatusOr<std::vector<std::string>> ParseName(const std::string& field, const std::string& name,
                                                   const std::string& pattern) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  const std::vector<std::string> wanted = absl::StrSplit(pattern, '/');
  const absl::Status refusal = InvalidField(field, "must look like " + pattern);
  if (parts.size() != wanted.size()) return refusal;
  std::vector<std::string> ids;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (wanted[i] != "*") {
      if (parts[i] != wanted[i]) return refusal;
      continue;
    }
    if (!IsId(parts[i])) return refusal;
    ids.push_back(parts[i]);
  }
  return ids;
}

absl::StatusOr<std::string> ParseId(const std::string& field, const std::string& name, const std::string& pattern) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, ParseName(field, name, pattern));
  return ids.front();
}

std::string JoinName(const std::string& pattern, const std::vector<std::string>& ids) {
  std::string name;
  size_t next = 0;
  for (const char c : pattern) {
    if (c == '*') {
      name += ids.at(next++);
    } else {
      name += c;
    }
  }
  return name;
}

}  // namespace lintel
