// Configuration from the environment, read once at start. Every missing or malformed variable is collected, so that a
// bad deploy fails in its first second and names all that is wrong. Values of secrets are never printed.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace lintel {

class Environment {
 public:
  // The process's own environment, or a given one in tests.
  Environment();
  explicit Environment(std::map<std::string, std::string> variables);

  // The value; an error is remembered when it is missing.
  std::string Require(const std::string& name);
  std::string Get(const std::string& name, const std::string& fallback);
  // An error is remembered unless it is a whole number from `low` to `high`.
  int64_t GetInt(const std::string& name, int64_t fallback, int64_t low, int64_t high);
  bool GetBool(const std::string& name, bool fallback);
  std::chrono::milliseconds GetMilliseconds(const std::string& name, std::chrono::milliseconds fallback,
                                            std::chrono::milliseconds low, std::chrono::milliseconds high);

  // OK, or one INVALID_ARGUMENT that names every bad variable and its rule.
  absl::Status Check() const;

 private:
  std::map<std::string, std::string> variables_;
  std::vector<std::string> errors_;
};

}  // namespace lintel
