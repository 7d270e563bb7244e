// Which code tables there are, and what a new tenant finds in them (code_tables.json).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::identity {

struct FirstCode {
  std::string code;
  std::string zh;
  std::string en;
};

struct CodeTable {
  std::string table;  // "customer-source"
  std::string zh;
  std::string en;
  std::vector<FirstCode> first_codes;
};

// Throws std::invalid_argument when the file is malformed.
std::vector<CodeTable> ReadCodeTables(const std::string& json);

// INVALID_ARGUMENT unless 1 to 40 of a-z 0-9 -
absl::Status CheckCode(const std::string& field, const std::string& code);

}  // namespace lintel::identity
