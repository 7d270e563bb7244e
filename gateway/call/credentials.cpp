#include "gateway/call/credentials.h"

#include "gateway/limits.h"
#include "gateway/text/cookie.h"
#include "gateway/text/utf8.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

constexpr char kSession[] = "lintel_session";
constexpr char kRefresh[] = "lintel_refresh";
constexpr char kCsrf[] = "lintel_csrf";
constexpr char kRefreshPath[] = "/v1/sessions";
constexpr std::string_view kBearer = "Bearer ";

// What a gRPC header may carry and no token of ours exceeds.
bool IsToken(std::string_view text) {
  return !text.empty() && text.size() <= limits::kLongestMetadata && IsPrintableAscii(text) &&
         text.find(' ') == std::string_view::npos;
}

bool IsLoopbackName(std::string_view host) {
  return host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("[::1]");
}

bool MustBeSecure(const Request& request) { return request.tls || !IsLoopbackName(request.headers.Get("Host")); }

}  // namespace

absl::StatusOr<Credentials> ReadCredentials(const Request& request) {
  Credentials found;
  const std::string_view cookies = request.headers.Get("Cookie");
  if (const std::string token = CookieValue(cookies, kRefresh); IsToken(token)) found.refresh_token = token;
  const std::string_view header = request.headers.Get("Authorization");
  if (!header.empty()) {
    const bool bearer = header.size() > kBearer.size() && SameHeaderName(header.substr(0, kBearer.size()), kBearer);
    if (!bearer || !IsToken(header.substr(kBearer.size()))) {
      return WithReason(absl::StatusCode::kUnauthenticated, "TOKEN_INVALID", "not a bearer token");
    }
    found.token = std::string(header.substr(kBearer.size()));
    return found;
  }
  if (const std::string token = CookieValue(cookies, kSession); IsToken(token)) {
    found.token = token;
    found.from_cookie = true;
  }
  return found;
}

absl::Status CheckCsrf(const Request& request) {
  const std::string cookie = CookieValue(request.headers.Get("Cookie"), kCsrf);
  if (!cookie.empty() && SameSecret(cookie, request.headers.Get("X-Lintel-CSRF"))) return CheckOrigin(request);
  return WithReason(absl::StatusCode::kPermissionDenied, "CSRF_MISSING", "X-Lintel-CSRF does not repeat the cookie");
}

absl::Status CheckOrigin(const Request& request) {
  const std::string_view origin = request.headers.Get("Origin");
  if (origin.empty()) return absl::OkStatus();
  const size_t scheme = origin.find("://");
  const bool own =
      scheme != std::string_view::npos && SameHeaderName(origin.substr(scheme + 3), request.headers.Get("Host"));
  return own ? absl::OkStatus()
             : WithReason(absl::StatusCode::kPermissionDenied, "ORIGIN_FOREIGN", "another site's request");
}

void AddSessionCookies(const Request& request, const std::string& access_token, const std::string& refresh_token,
                       Headers& headers) {
  const bool secure = MustBeSecure(request);
  headers.Add("Set-Cookie", SetCookie({.name = kSession, .value = access_token, .secure = secure}));
  headers.Add("Set-Cookie",
              SetCookie({.name = kRefresh, .value = refresh_token, .path = kRefreshPath, .secure = secure}));
  headers.Add("Set-Cookie", SetCookie({.name = kCsrf, .value = RandomHex(16), .http_only = false, .secure = secure}));
}

void DropSessionCookies(const Request& request, Headers& headers) {
  const bool secure = MustBeSecure(request);
  headers.Add("Set-Cookie", SetCookie({.name = kSession, .secure = secure}));
  headers.Add("Set-Cookie", SetCookie({.name = kRefresh, .path = kRefreshPath, .secure = secure}));
  headers.Add("Set-Cookie", SetCookie({.name = kCsrf, .http_only = false, .secure = secure}));
}

}  // namespace lintel::gateway
