// Resource names (AIP-122): "projects/{id}/rooms/{id}" to ids and back.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel {

// The ids of `name`, which must look like `pattern` ("projects/*/rooms/*") with UUIDs in place of the stars.
// INVALID_ARGUMENT that names `field` otherwise.
absl::StatusOr<std::vector<std::string>> ParseName(const std::string& field, const std::string& name,
                                                   const std::string& pattern);

// ParseName for patterns with one star.
absl::StatusOr<std::string> ParseId(const std::string& field, const std::string& name, const std::string& pattern);

// JoinName("projects/*/rooms/*", {p, r}) -> "projects/p/rooms/r".
std::string JoinName(const std::string& pattern, const std::vector<std::string>& ids);

}  // namespace lintel
