#include "telephony/media/sip/info_key.h"

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace lintel::media {

std::optional<char> KeyOfInfo(const std::string& content_type, const std::string& body) {
  if (!absl::EqualsIgnoreCase(content_type, "application/dtmf-relay")) return std::nullopt;
  for (absl::string_view line : absl::StrSplit(absl::string_view(body), '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (!absl::StartsWithIgnoreCase(line, "Signal")) continue;
    const absl::string_view value = absl::StripAsciiWhitespace(line.substr(line.find('=') + 1));
    const bool one = value.size() == 1 && line.find('=') != absl::string_view::npos;
    if (one && absl::string_view("0123456789*#ABCD").find(value[0]) != absl::string_view::npos) return value[0];
  }
  return std::nullopt;
}

}  // namespace lintel::media
