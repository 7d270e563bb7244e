// What a customer is found by, and what a query asks for. Tokens say their kind by the first letter:
//   n:  a part of the name, lower case       y:  pinyin without spaces       i:  initials
//   t:  a keyed digest of the last digits of a phone or ID number: the digits themselves stand in no index
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::customers {

// Digests under the tenant's key.
using Digest = std::function<std::string(const std::string&)>;

std::set<std::string> NameTokens(const std::string& name);
// For each tail of at least 4 digits.
std::set<std::string> PhoneTokens(const std::string& number, const Digest& digest);
// For the last 4, 5 and 6 characters, and the whole.
std::set<std::string> IdTokens(const std::string& id_number, const Digest& digest);

// Tokens from `from` (included) to `to` (excluded), in byte order.
struct TokenRange {
  std::string from;
  std::string to;
};

// Every term has to match, each by any of its ranges.
using Query = std::vector<std::vector<TokenRange>>;

// INVALID_ARGUMENT on `query` when longer than 60 characters, with more than 4 terms, or a number under 4 digits.
absl::StatusOr<Query> ParseQuery(const std::string& text, const Digest& digest);

}  // namespace lintel::customers
