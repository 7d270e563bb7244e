#include <gtest/gtest.h>

#include "platform/auth/principal_cache.h"
#include "platform/auth/token.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using namespace std::chrono_literals;

const Instant kNow = *ParseRfc3339("2026-11-23T10:00:00Z");

class TokensTest : public ::testing::Test {
 protected:
  auth::TokenClaims Claims(std::chrono::milliseconds life, const std::string& service = "") {
    auth::TokenClaims claims;
    claims.set_tenant_id(7);
    claims.set_session("sessions/s");
    claims.set_service(service);
    claims.set_expire_unix_ms((kNow + life).time_since_epoch() / 1ms);
    return claims;
  }
  const SigningKey key_ = NewSigningKey();
  const Tokens tokens_{RandomHex(32), key_.public_hex, [] { return kNow; }};
};

TEST_F(TokensTest, AreAcceptedUntilTheMomentTheyEnd) {  // NFR-01
  EXPECT_EQ(tokens_.Verify(SignOperator(Claims(1ms), key_.secret_hex))->tenant_id(), 7);
  EXPECT_EQ(ReasonOf(tokens_.Verify(SignOperator(Claims(0ms), key_.secret_hex)).status()), "TOKEN_INVALID");
}

TEST_F(TokensTest, RefuseAnyChangedLetter) {
  const std::string token = tokens_.SignService(Claims(1s, "sales"));
  ASSERT_TRUE(tokens_.Verify(token).ok());
  for (size_t at = 0; at < token.size(); ++at) {
    std::string changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens_.Verify(changed).ok()) << at;
  }
  EXPECT_FALSE(tokens_.Verify("").ok());
  EXPECT_FALSE(tokens_.Verify("o1..").ok());
}

TEST_F(TokensTest, AnOperatorCannotPassForAService) {
  EXPECT_FALSE(tokens_.Verify(SignOperator(Claims(1s, "sales"), key_.secret_hex)).ok());
  EXPECT_FALSE(tokens_.Verify(SignOperator(Claims(1s), NewSigningKey().secret_hex)).ok());
}

class PrincipalCacheTest : public ::testing::Test {
 protected:
  absl::StatusOr<Principal> Get(const std::string& session = "sessions/s") {
    auth::TokenClaims claims;
    claims.set_session(session);
    return cache_.Get(claims);
  }
  std::function<absl::StatusOr<Principal>()> answer_ = [] {
    return Principal{.tenant = 1, .operator_name = "operators/o", .display_name = "first"};
  };
  PrincipalCache cache_{[this](const auth::TokenClaims&) { return answer_(); }, 1h};
};

TEST_F(PrincipalCacheTest, ServesTheLastAnswerUntilTheSessionIsDropped) {
  EXPECT_EQ(Get()->display_name, "first");
  answer_ = [] { return absl::UnauthenticatedError("over"); };
  EXPECT_TRUE(Get().ok());
  cache_.Drop("sessions/another");
  EXPECT_TRUE(Get().ok());
  cache_.Drop("sessions/s");
  EXPECT_EQ(Get().status().code(), absl::StatusCode::kUnauthenticated);
}

TEST_F(PrincipalCacheTest, ADroppedSessionIsRefusedEvenWhileIdentityIsAwayAndAnExpiredOneIsNot) {  // NFR-01
  EXPECT_TRUE(Get("sessions/over").ok());
  EXPECT_TRUE(Get("sessions/changed").ok());
  answer_ = [] { return absl::UnavailableError("identity is away"); };
  cache_.Drop("sessions/over");
  cache_.Expire([](const Principal&) { return true; });
  EXPECT_FALSE(Get("sessions/over").ok());
  EXPECT_TRUE(Get("sessions/changed").ok());
}

TEST_F(PrincipalCacheTest, AsksAnewForWhoChangedAndForNobodyElse) {
  EXPECT_TRUE(Get().ok());
  answer_ = [] { return Principal{.tenant = 1, .display_name = "second"}; };
  cache_.Expire([](const Principal& cached) { return cached.operator_name == "operators/another"; });
  EXPECT_EQ(Get()->display_name, "first");
  cache_.Expire([](const Principal& cached) { return cached.operator_name == "operators/o"; });
  EXPECT_EQ(Get()->display_name, "second");
}

TEST_F(PrincipalCacheTest, AnAnswerThatARevocationOvertookIsNotKept) {  // NFR-01
  answer_ = [this] {
    cache_.Drop("sessions/s");  // Identity answered, and then the session ended before the answer was here.
    return Principal{.tenant = 1, .display_name = "too old"};
  };
  EXPECT_EQ(Get()->display_name, "too old");
  answer_ = [] { return absl::UnauthenticatedError("over"); };
  EXPECT_FALSE(Get().ok());
}

TEST_F(PrincipalCacheTest, AnAnswerOlderThanItsAgeIsAskedForAnew) {
  PrincipalCache forgetful([this](const auth::TokenClaims&) { return answer_(); }, 0ms);
  EXPECT_EQ(forgetful.Get({})->display_name, "first");
  answer_ = [] { return absl::UnauthenticatedError("over"); };
  EXPECT_FALSE(forgetful.Get({}).ok());
}

TEST(Principal, ARightReachesAsFarAsItsGrant) {
  Principal principal{.tenant = 1, .rights = {{"room.hold", auth::PROJECT}}, .project_ids = {"p1"}};
  EXPECT_EQ(principal.ScopeOf("room.hold").reach, Scope::Reach::kProject);
  EXPECT_TRUE(principal.ScopeOf("room.hold").MayUseProject("p1"));
  EXPECT_FALSE(principal.ScopeOf("room.hold").MayUseProject("p2"));
  EXPECT_FALSE(principal.Has("receipt.book"));
}

}  // namespace
}  // namespace lintel
