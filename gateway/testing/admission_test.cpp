// Whose bucket a request comes out of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/testing/running_gateway.h"
#include "platform/ids/ids.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;

class Admission : public ::testing::Test {
 protected:
  Answer As(const std::string& token) {
    return gateway_.Ask("GET", "/v1/shelves/a/things/b", "Authorization: Bearer " + token + "\r\n");
  }
  // Twelve a minute: two at once.
  RunningGateway gateway_{[](const FakeCall&) { return FakeAnswer{.json = {"{}"}}; }, {.requests_per_minute = 12}};
};

TEST_F(Admission, CountsAnOperatorsTokensTogether) {
  EXPECT_EQ(As(gateway_.Token("operators/o", std::chrono::minutes(5))).Header("ratelimit"), "\"principal\";r=1;t=5");
  EXPECT_EQ(As(gateway_.Token("operators/o", std::chrono::minutes(4))).status, 200);
  EXPECT_EQ(As(gateway_.Token("operators/o", std::chrono::minutes(3))).status, 429);
  EXPECT_EQ(As(gateway_.Token("operators/other")).status, 200);
}

TEST_F(Admission, CountsTokensThatProveNothingAgainstTheirAddress) {
  std::string forged = gateway_.Token();
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  const std::string expired = gateway_.Token("operators/o", std::chrono::minutes(-1));
  EXPECT_EQ(As("o1." + RandomHex(40) + "." + RandomHex(40)).Header("ratelimit"), "\"address\";r=1;t=5");
  EXPECT_EQ(As(RandomHex(40)).status, 200);  // The service says what it thinks of it.
  for (const std::string& token : {RandomHex(40), forged, expired, std::string("x")}) {
    const Answer refused = As(token);
    EXPECT_EQ(refused.status, 429);
    EXPECT_THAT(refused.body, HasSubstr("RATE_LIMITED"));
  }
  EXPECT_EQ(gateway_.Ask("GET", "/v1/shelves/a/things/b").status, 429);  // Nor does having none help.
  EXPECT_EQ(As(gateway_.Token()).status, 200);                           // A neighbour at the same address.
}

TEST_F(Admission, CountsCookiesLikeTheTokensTheyHold) {
  const auto by_cookie = [&](const std::string& token) {
    return gateway_.Ask("GET", "/v1/shelves/a/things/b", "Cookie: lintel_session=" + token + "\r\n");
  };
  EXPECT_EQ(by_cookie(gateway_.Token()).Header("ratelimit-policy"), "\"principal\";q=2;w=10");
  EXPECT_EQ(by_cookie(RandomHex(40)).Header("ratelimit-policy"), "\"address\";q=2;w=10");
}

}  // namespace
}  // namespace lintel::gateway::testing
