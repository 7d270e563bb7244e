#include "platform/config/environment.h"

#include <fmt/format.h>

#include <charconv>

#include "absl/strings/str_join.h"

extern char** environ;

namespace lintel {

Environment::Environment() {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const size_t equals = text.find('=');
    if (equals != std::string::npos) variables_[text.substr(0, equals)] = text.substr(equals + 1);
  }
}

Environment::Environment(std::map<std::string, std::string> variables) : variables_(std::move(variables)) {}

std::string Environment::Require(const std::string& name) {
  const auto found = variables_.find(name);
  if (found != variables_.end() && !found->second.empty()) return found->second;
  errors_.push_back(name + " is not set");
  return {};
}

std::string Environment::Get(const std::string& name, const std::string& fallback) {
  const auto found = variables_.find(name);
  return found == variables_.end() || found->second.empty() ? fallback : found->second;
}

int64_t Environment::GetInt(const std::string& name, int64_t fallback, int64_t low, int64_t high) {
  const std::string text = Get(name, "");
  if (text.empty()) return fallback;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size() && value >= low && value <= high) return value;
  errors_.push_back(fmt::format("{} must be a whole number from {} to {}", name, low, high));
  return fallback;
}

bool Environment::GetBool(const std::string& name, bool fallback) {
  const std::string text = Get(name, "");
  if (text.empty()) return fallback;
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  errors_.push_back(name + " must be 1 or 0");
  return fallback;
}

std::chrono::milliseconds Environment::GetMilliseconds(const std::string& name, std::chrono::milliseconds fallback,
                                                       std::chrono::milliseconds low, std::chrono::milliseconds high) {
  return std::chrono::milliseconds(GetInt(name, fallback.count(), low.count(), high.count()));
}

absl::Status Environment::Check() const {
  if (errors_.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError("configuration: " + absl::StrJoin(errors_, "; "));
}

}  // namespace lintel
