// Small helpers for mapping rows.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "platform/pg/transaction.h"

namespace lintel::identity {

// A column made with array_to_string or string_agg(..., ',').
inline std::vector<std::string> ToList(const pqxx::field& field) {
  if (field.is_null()) return {};
  return absl::StrSplit(field.as<std::string>(), ',', absl::SkipEmpty());
}

}  // namespace lintel::identity
