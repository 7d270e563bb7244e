#include "gateway/text/cookie.h"

namespace lintel::gateway {

std::string CookieValue(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const size_t end = header.find(';');
    std::string_view pair = header.substr(0, end);
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return std::string(pair.substr(name.size() + 1));
    }
  }
  return "";
}

std::string SetCookie(const Cookie& cookie) {
  std::string text = cookie.name + "=" + cookie.value + "; Path=" + cookie.path + "; SameSite=Strict";
  if (cookie.http_only) text += "; HttpOnly";
  if (cookie.secure) text += "; Secure";
  if (cookie.value.empty()) text += "; Max-Age=0";
  return text;
}

bool SameSecret(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned difference = 0;
  for (size_t i = 0; i < one.size(); ++i) difference |= static_cast<unsigned char>(one[i] ^ other[i]);
  return difference == 0;
}

}  // namespace lintel::gateway
