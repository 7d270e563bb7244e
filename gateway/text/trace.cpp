#include "gateway/text/trace.h"

#include <algorithm>

#include "gateway/limits.h"
#include "gateway/text/utf8.h"

namespace lintel::gateway {
namespace {

bool IsLowerHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool AllZero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

std::string AcceptRequestId(std::string_view header) {
  const bool harmless = std::all_of(header.begin(), header.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
           c == '-';
  });
  return harmless && header.size() <= limits::kLongestRequestId ? std::string(header) : "";
}

std::string ContinueTrace(std::string_view header, const std::string& trace_hex, const std::string& span_hex) {
  // 00-{32 hex}-{16 hex}-{2 hex}
  const bool valid = header.size() == 55 && header.starts_with("00-") && header[35] == '-' && header[52] == '-' &&
                     IsLowerHex(header.substr(3, 32)) && !AllZero(header.substr(3, 32)) &&
                     IsLowerHex(header.substr(36, 16)) && !AllZero(header.substr(36, 16)) &&
                     IsLowerHex(header.substr(53, 2));
  if (!valid) return "00-" + trace_hex + "-" + span_hex + "-01";
  return "00-" + std::string(header.substr(3, 32)) + "-" + span_hex + "-" + std::string(header.substr(53, 2));
}

std::string AcceptLanguage(std::string_view header) {
  static constexpr size_t kLongest = 200;
  return header.empty() || header.size() > kLongest || !IsPrintableAscii(header) ? "zh-CN" : std::string(header);
}

}  // namespace lintel::gateway
