// AIP-160 filters as far as lists need them: comparisons joined by AND, OR, NOT and parentheses.
//   state = HELD AND (floor >= 20 OR layout = "B2") AND NOT orientation : south
// As in AIP-160, OR binds tighter than AND, and terms side by side mean AND.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel {

// One node of the expression. A comparison has no children; kNot has one; kAnd and kOr have two or more.
struct Filter {
  enum class Kind { kAnd, kOr, kNot, kComparison };
  Kind kind = Kind::kAnd;
  std::vector<Filter> children;
  std::string field;      // As written, e.g. "createTime" or "create_time".
  std::string operation;  // "=", "!=", "<", "<=", ">", ">=" or ":"
  std::string value;      // Without quotes.
};

inline constexpr size_t kLongestFilter = 2000;  // Characters.
inline constexpr int kMostComparisons = 20;
inline constexpr int kDeepestFilter = 8;

// The tree of `text`, which must not be empty. INVALID_ARGUMENT that names `filter` and the position otherwise.
absl::StatusOr<Filter> ParseFilter(const std::string& text);

}  // namespace lintel
