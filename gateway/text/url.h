// Targets and query strings (RFC 3986).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::gateway {

// Nothing for a bad escape, NUL, or bytes that are not UTF-8.
std::optional<std::string> PercentDecode(std::string_view text);

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

// "a=1&b=%E6%A5%BC" in its order; + is a space. INVALID_ARGUMENT naming the parameter (or "query").
absl::StatusOr<QueryParameters> ParseQuery(std::string_view query);

// Everything but unreserved characters escaped; for Content-Disposition and redirects.
std::string PercentEncode(std::string_view text);

}  // namespace lintel::gateway
