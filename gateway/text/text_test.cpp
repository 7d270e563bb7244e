// The pure parts: URLs, cookies, conditions, ids, limits.
#include <gtest/gtest.h>

#include "gateway/text/address.h"
#include "gateway/text/conditional.h"
#include "gateway/text/cookie.h"
#include "gateway/text/position.h"
#include "gateway/text/rate_limiter.h"
#include "gateway/text/trace.h"
#include "gateway/text/url.h"
#include "gateway/text/utf8.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

using std::chrono::seconds;

TEST(Utf8, RefusesOverlongSurrogateTruncatedAndNul) {
  EXPECT_TRUE(IsCleanUtf8("楼盘 𠮷 é"));
  for (const std::string bad : {"\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\xA5", "\xFF"}) {
    EXPECT_FALSE(IsCleanUtf8(bad));
  }
  EXPECT_FALSE(IsCleanUtf8(std::string("a\0b", 3)));
}

TEST(Query, KeepsOrderDecodesAndNamesTheBadParameter) {
  const auto parsed = ParseQuery("q=%E6%A5%BC+1&pageSize=5&flag");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->at(0).second, "楼 1");
  EXPECT_EQ(parsed->at(2), std::make_pair(std::string("flag"), std::string()));
  EXPECT_EQ(FieldOf(ParseQuery("ok=1&name=%FF").status()), "name");
  EXPECT_EQ(FieldOf(ParseQuery("name=%4").status()), "name");
  EXPECT_EQ(FieldOf(ParseQuery("name=%00").status()), "name");
}

TEST(Cookies, AreFoundByTheirWholeName) {
  EXPECT_EQ(CookieValue("a=1; lintel_session=tok; b=2", "lintel_session"), "tok");
  EXPECT_EQ(CookieValue("xlintel_session=evil", "lintel_session"), "");
  EXPECT_EQ(CookieValue("", "lintel_session"), "");
}

TEST(Cookies, AreStrictAndForgottenWhenEmpty) {
  EXPECT_EQ(SetCookie({.name = "s", .value = "v"}), "s=v; Path=/; SameSite=Strict; HttpOnly; Secure");
  EXPECT_EQ(SetCookie({.name = "s", .path = "/v1", .http_only = false, .secure = false}),
            "s=; Path=/v1; SameSite=Strict; Max-Age=0");
}

TEST(Etags, CompareWeaklyInLists) {
  EXPECT_TRUE(EtagMatches("\"a\", W/\"b\"", "b"));
  EXPECT_TRUE(EtagMatches("*", "b"));
  EXPECT_FALSE(EtagMatches("\"a\"", "b"));
  EXPECT_FALSE(EtagMatches("*", ""));
}

TEST(Ranges, AreCutToTheBodyAndRefusedBeyondIt) {
  const auto span = [](const char* header, uint64_t total) { return ParseByteRange(header)->Within(total); };
  EXPECT_EQ(span("bytes=0-99", 50)->last, 49u);
  EXPECT_EQ(span("bytes=-10", 50)->first, 40u);
  EXPECT_EQ(span("bytes=-90", 50)->first, 0u);
  EXPECT_EQ(span("bytes=49-", 50)->first, 49u);
  EXPECT_FALSE(span("bytes=50-", 50).has_value());
  EXPECT_FALSE(span("bytes=-0", 50).has_value());
}

TEST(Ranges, OfOtherShapesAreIgnored) {
  for (const char* header : {"bytes=0-1,5-6", "items=0-1", "bytes=5-1", "bytes=-", "bytes=a-b", ""}) {
    EXPECT_FALSE(ParseByteRange(header).has_value()) << header;
  }
}

TEST(Disposition, CarriesChineseNamesBothWays) {
  const std::string header = ContentDisposition("收据 1.pdf", true);
  EXPECT_EQ(FilenameOf(header), "收据 1.pdf");
  EXPECT_EQ(FilenameOf("attachment; filename=\"rooms.csv\""), "rooms.csv");
  EXPECT_EQ(FilenameOf("inline"), "");
  EXPECT_EQ(ContentDisposition("a\r\nX: y", true).find('\r'), std::string::npos);
}

TEST(RateLimiter, AllowsTheBurstAndNotOneMoreThenRefills) {
  RateLimiter limiter("principal", 60, 10);  // A burst of 10, one per second.
  const RateLimiter::Time start{};
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(limiter.Take("a", start).allowed);
  const auto refused = limiter.Take("a", start);
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.reset_seconds, 1);
  EXPECT_TRUE(limiter.Take("b", start).allowed);
  EXPECT_TRUE(limiter.Take("a", start + seconds(1)).allowed);
  EXPECT_FALSE(limiter.Take("a", start + seconds(1)).allowed);
  EXPECT_EQ(limiter.PolicyField(), "\"principal\";q=10;w=10");
}

TEST(RateLimiter, RemembersABoundedNumberOfKeys) {
  RateLimiter limiter("address", 60, 3);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limiter.Take(std::to_string(i), RateLimiter::Time{}).allowed);
  EXPECT_LE(limiter.size(), 3u);
}

TEST(RateLimiter, KeepsTheBucketOfABusyKeyWhileOthersFillTheTable) {
  RateLimiter limiter("address", 6, 100);  // One at once.
  EXPECT_TRUE(limiter.Take("busy", RateLimiter::Time{}).allowed);
  for (int i = 0; i < 1000; ++i) {
    limiter.Take(std::to_string(i), RateLimiter::Time{});
    EXPECT_FALSE(limiter.Take("busy", RateLimiter::Time{}).allowed) << i;
  }
}

TEST(Addresses, CountTogetherWhenOneClientCanTakeThemAll) {
  EXPECT_EQ(AddressKey("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(AddressKey("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(AddressKey("2001:db8:1:2::1"), AddressKey("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  EXPECT_NE(AddressKey("2001:db8:1:2::1"), AddressKey("2001:db8:1:3::1"));
  EXPECT_EQ(AddressKey(""), "");
}

TEST(RateLimiter, OfZeroLimitsNothing) {
  RateLimiter limiter("principal", 0, 3);
  EXPECT_FALSE(limiter.enabled());
  EXPECT_TRUE(limiter.Take("a", {}).allowed);
}

TEST(Trace, IsContinuedWhenValidAndBegunAnewOtherwise) {
  const std::string trace(32, 'a');
  const std::string span(16, 'b');
  EXPECT_EQ(ContinueTrace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", trace, span),
            "00-0af7651916cd43dd8448eb211c80319c-" + span + "-01");
  for (const char* bad : {"", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "01-x",
                          "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}) {
    EXPECT_EQ(ContinueTrace(bad, trace, span), "00-" + trace + "-" + span + "-01");
  }
}

TEST(Trace, TakesOnlyHarmlessRequestIds) {
  EXPECT_EQ(AcceptRequestId("abc-1.2_3"), "abc-1.2_3");
  EXPECT_EQ(AcceptRequestId("a b"), "");
  EXPECT_EQ(AcceptRequestId("a\"b"), "");
  EXPECT_EQ(AcceptRequestId(std::string(65, 'a')), "");
}

TEST(Positions, AreAVectorOverServices) {
  const auto parsed = ParsePositions("a:1-17,b:2-9", "after");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(ToText(*parsed), "a:1-17,b:2-9");
  EXPECT_TRUE(parsed->at("a").IsFollowedBy({1, 18}));
  EXPECT_FALSE(parsed->at("a").IsFollowedBy({2, 18}));
  EXPECT_LT((Position{1, 99}), (Position{2, 1}));
  for (const char* bad : {"a", "a:", "a:1", "a:1-", ":1-2", "a:-1-2", "a:1-2,,", "a:99999999999999999999-1"}) {
    EXPECT_EQ(FieldOf(ParsePositions(bad, "after").status()), "after") << bad;
  }
}

}  // namespace
}  // namespace lintel::gateway
