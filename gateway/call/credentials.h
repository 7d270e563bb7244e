// Who a request says it comes from: a bearer token of a program, or the cookies of a browser, which need protection
// against requests that another site makes the browser send.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "gateway/http/exchange.h"

namespace lintel::gateway {

struct Credentials {
  std::string token;          // Empty: nobody.
  bool from_cookie = false;   // `token` came in the session cookie.
  std::string refresh_token;  // From its cookie, which only paths under /v1/sessions get.
};

// UNAUTHENTICATED for an Authorization that is no bearer token a service could read.
absl::StatusOr<Credentials> ReadCredentials(const Request& request);

// For requests that a browser's cookies authenticate and that may change something: X-Lintel-CSRF must repeat the
// readable cookie. PERMISSION_DENIED CSRF_MISSING.
absl::Status CheckCsrf(const Request& request);

// PERMISSION_DENIED ORIGIN_FOREIGN when the request names another site as its origin.
absl::Status CheckOrigin(const Request& request);

// Set-Cookie headers after a session was made or renewed: lintel_session and lintel_refresh (hidden from scripts),
// lintel_csrf (readable). Secure unless the request came over plain HTTP to a loopback name.
void AddSessionCookies(const Request& request, const std::string& access_token, const std::string& refresh_token,
                       Headers& headers);
void DropSessionCookies(const Request& request, Headers& headers);

}  // namespace lintel::gateway
