// Cookies (RFC 6265): reading the request's, writing ours.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lintel::gateway {

// The value of `name` in a Cookie header; empty when absent.
std::string CookieValue(std::string_view header, std::string_view name);

struct Cookie {
  std::string name;
  std::string value;  // Empty: the browser forgets it.
  std::string path = "/";
  bool http_only = true;
  bool secure = true;
};
// A Set-Cookie value, always SameSite=Strict.
std::string SetCookie(const Cookie& cookie);

// Takes the same time wherever the texts differ.
bool SameSecret(std::string_view one, std::string_view other);

}  // namespace lintel::gateway
