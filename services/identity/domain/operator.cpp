#include "services/identity/domain/operator.h"

#include "absl/strings/ascii.h"
#include "platform/status/status.h"
#include "platform/text/text.h"

namespace lintel::identity {

absl::StatusOr<std::string> CheckSignInName(const std::string& field, const std::string& name) {
  const std::string lower = absl::AsciiStrToLower(Trimmed(name));
  const bool plain = lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
  if (lower.size() < 2 || lower.size() > 40 || !plain) {
    return InvalidField(field, "must be 2 to 40 of a-z, 0-9, point, underscore and hyphen");
  }
  return lower;
}

absl::StatusOr<std::string> CheckLanguage(const std::string& field, const std::string& language) {
  if (language.empty()) return "zh-CN";
  if (language == "zh-CN" || language == "en") return language;
  return InvalidField(field, "must be zh-CN or en");
}

}  // namespace lintel::identity
