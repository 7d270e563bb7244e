// What a browser adds: cookies, and protection against other sites.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/testing/running_gateway.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kSession[] = R"({"accessToken":"a1","refreshToken":"r1"})";
constexpr char kOperator[] = R"({"operator":"o","password":"p"})";

FakeAnswer Sessions(const FakeCall& call) {
  if (call.method == "SignIn") return {.json = {kSession}};
  // Answers with what it was given, so that a test sees what the cookie became.
  if (call.method == "Renew")
    return {.json = {R"({"accessToken":"a2","refreshToken":"r2-after-)" + call.json.substr(17, 2) + "\"}"}};
  if (call.method == "SignOut") return {.json = {"{}"}};
  const auto token = call.metadata.find("authorization");
  return {.json = {R"({"displayName":")" + (token == call.metadata.end() ? "nobody" : token->second) + "\"}"}};
}

class Browser : public ::testing::Test {
 protected:
  RunningGateway gateway_{Sessions};
};

TEST_F(Browser, KeepsTokensInCookiesThatScriptsCannotRead) {
  const Answer answer = gateway_.Ask("POST", "/v1/sessions", "", kOperator);
  EXPECT_THAT(answer.body, HasSubstr(R"("accessToken":"a1")"));
  EXPECT_EQ(answer.SetCookie("lintel_session"), "a1; Path=/; SameSite=Strict; HttpOnly");
  EXPECT_EQ(answer.SetCookie("lintel_refresh"), "r1; Path=/v1/sessions; SameSite=Strict; HttpOnly");
  EXPECT_THAT(answer.SetCookie("lintel_csrf"), Not(HasSubstr("HttpOnly")));
}

TEST_F(Browser, GetsSecureCookiesOffLoopback) {
  HttpClient client(gateway_.port());
  client.Send(
      "POST /v1/sessions HTTP/1.1\r\nHost: lintel.example\r\nContent-Type: application/json\r\nContent-Length: "
      "2\r\n\r\n{}");
  EXPECT_THAT(client.Receive().SetCookie("lintel_session"), HasSubstr("Secure"));
}

TEST_F(Browser, IsKnownByItsCookie) {
  EXPECT_THAT(gateway_.Ask("GET", "/v1/shelves/a/things/b", "Cookie: lintel_session=tok\r\n").body,
              HasSubstr("Bearer tok"));
  EXPECT_EQ(gateway_.Ask("GET", "/v1/shelves/a/things/b").status, 401);
}

TEST_F(Browser, IsToldInItsLanguageWhatIsWrongWithAField) {
  const auto ask = [&](const std::string& language) {
    const std::string headers = gateway_.Bearer() + "Accept-Language: " + language + "\r\n";
    return gateway_.Ask("POST", "/v1/shelves/a/things", headers, R"({"displayName":5})").body;
  };
  EXPECT_THAT(ask("zh-CN,en;q=0.5"), HasSubstr(R"("field":"displayName","description":"应为文本")"));
  EXPECT_THAT(ask("en"), HasSubstr(R"("field":"displayName","description":"must be a string")"));
  EXPECT_THAT(ask("zh-CN"), HasSubstr(R"("rule":"must be a string")")) << "programs see the same in every language";
}

TEST_F(Browser, MustRepeatTheCsrfCookieToChangeAnything) {
  const std::string cookie = "Cookie: lintel_session=tok; lintel_csrf=c1\r\n";
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", cookie, "{}").status, 403);
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", cookie + "X-Lintel-CSRF: c2\r\n", "{}").status, 403);
  EXPECT_EQ(
      gateway_.Ask("POST", "/v1/shelves/a/things", "Cookie: lintel_session=tok\r\nX-Lintel-CSRF: \r\n", "{}").status,
      403);
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", cookie + "X-Lintel-CSRF: c1\r\n", "{}").status, 200);
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", cookie + "Authorization: Bearer program\r\n", "{}").status,
            200);
}

TEST_F(Browser, IsRefusedWhenAnotherSiteSentIt) {
  const std::string good = "Cookie: lintel_session=tok; lintel_csrf=c1\r\nX-Lintel-CSRF: c1\r\n";
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", good + "Origin: http://evil.example\r\n", "{}").status, 403);
  EXPECT_EQ(gateway_.Ask("POST", "/v1/sessions", "Origin: http://evil.example\r\n", kOperator).status, 403);
  const std::string own = "Origin: http://127.0.0.1:" + std::to_string(gateway_.port()) + "\r\n";
  EXPECT_EQ(gateway_.Ask("POST", "/v1/shelves/a/things", good + own, "{}").status, 200);
}

TEST_F(Browser, RenewsItsSessionFromTheCookie) {
  const std::string cookies = "Cookie: lintel_refresh=r1; lintel_csrf=c1\r\n";
  EXPECT_EQ(gateway_.Ask("POST", "/v1/sessions/current:refresh", cookies, "{}").status, 403);
  const Answer answer = gateway_.Ask("POST", "/v1/sessions/current:refresh", cookies + "X-Lintel-CSRF: c1\r\n", "{}");
  EXPECT_THAT(answer.SetCookie("lintel_refresh"), StartsWith("r2-after-r1"));
  const Answer program = gateway_.Ask("POST", "/v1/sessions/current:refresh", "", R"({"refreshToken":"p9"})");
  EXPECT_THAT(program.SetCookie("lintel_refresh"), StartsWith("r2-after-p9"));
}

TEST_F(Browser, ForgetsItsCookiesOnSigningOut) {
  const Answer answer =
      gateway_.Ask("DELETE", "/v1/sessions/current", "Cookie: lintel_session=t; lintel_csrf=c\r\nX-Lintel-CSRF: c\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.SetCookie("lintel_session"), HasSubstr("Max-Age=0"));
  EXPECT_THAT(answer.SetCookie("lintel_refresh"), HasSubstr("Max-Age=0"));
}

TEST_F(Browser, GetsAnswersThatNoOtherSiteCanEmbedOrKeep) {
  const Answer answer = gateway_.Ask("GET", "/v1/shelves/a/things/b");
  EXPECT_EQ(answer.Header("cache-control"), "no-store");
  EXPECT_EQ(answer.Header("x-content-type-options"), "nosniff");
  EXPECT_THAT(answer.Header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(gateway_.Ask("GET", "/docs").Header("content-security-policy"), HasSubstr("default-src 'self'"));
}

}  // namespace
}  // namespace lintel::gateway::testing
