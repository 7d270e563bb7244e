// What identity announces reaches the cache of principals through a real Redis. The cache of these tests keeps an
// answer for an hour, so whatever ends sooner was ended by an event.
#include "platform/service/principal_watch.h"

#include <gtest/gtest.h>

#include "lintel/identity/v1/events.pb.h"
#include "platform/ids/ids.h"
#include "platform/relay/stream.h"
#include "platform/testing/database.h"

namespace lintel {
namespace {

using namespace std::chrono_literals;

class PrincipalWatchTest : public ::testing::Test {
 protected:
  ~PrincipalWatchTest() override { (void)redis_.Run({"DEL", stream_}, Soon()); }

  static Redis::Deadline Soon() { return std::chrono::steady_clock::now() + 5s; }

  void Announce(const google::protobuf::Message& payload, int64_t tenant = 1) {
    event::v1::Event event;
    event.set_epoch(1);
    event.set_position(++position_);
    event.set_tenant_id(tenant);
    event.set_type(payload.GetDescriptor()->full_name());
    event.set_payload(payload.SerializeAsString());
    ASSERT_TRUE(redis_.Run({"XADD", stream_, ToStreamId({1, position_}), "e", event.SerializeAsString()}, Soon()).ok());
  }
  void Revoke(const std::string& session) {
    identity::v1::SessionRevoked revoked;
    revoked.set_session(session);
    Announce(revoked);
  }
  void ChangeOperator(const std::string& operator_name) {
    identity::v1::OperatorChanged changed;
    changed.set_operator_(operator_name);
    Announce(changed);
  }
  // Whether identity is asked when this operator of `tenant` calls. Session and operator share their last letter.
  bool IsAskedAbout(char who, int64_t tenant = 1) {
    auth::TokenClaims claims;
    claims.set_tenant_id(tenant);
    claims.set_session(std::string("sessions/") + who);
    claims.set_operator_name(std::string("operators/") + who);
    const int before = asked_;
    (void)cache_.Get(claims);
    return asked_ > before;
  }
  void Turn() { ASSERT_TRUE(watch_.Turn(1ms).ok()); }

  const std::string stream_ = "t:" + NewId();
  int64_t position_ = 0;
  int asked_ = 0;
  absl::Status identity_ = absl::OkStatus();
  PrincipalCache cache_{[this](const auth::TokenClaims& claims) -> absl::StatusOr<Principal> {
                          ++asked_;
                          if (!identity_.ok()) return identity_;
                          return Principal{.tenant = claims.tenant_id(), .operator_name = claims.operator_name()};
                        },
                        1h};
  Redis redis_{testing::TestRedis()};
  PrincipalWatch watch_{cache_, redis_, stream_};
};

TEST_F(PrincipalWatchTest, ARevokedSessionIsAskedForAtOnceAndAllOthersAreNot) {  // NFR-01
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  EXPECT_TRUE(IsAskedAbout('b'));
  EXPECT_FALSE(IsAskedAbout('a'));
  Revoke("sessions/a");
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  EXPECT_FALSE(IsAskedAbout('b'));
}

TEST_F(PrincipalWatchTest, ARevokedSessionIsRefusedThoughIdentityIsAway) {  // NFR-01
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  EXPECT_TRUE(IsAskedAbout('b'));
  identity_ = absl::UnavailableError("identity is away");
  Revoke("sessions/a");
  ChangeOperator("operators/b");
  Turn();
  auth::TokenClaims claims;
  claims.set_session("sessions/a");
  EXPECT_FALSE(cache_.Get(claims).ok());
  claims.set_session("sessions/b");
  EXPECT_TRUE(cache_.Get(claims).ok());
}

TEST_F(PrincipalWatchTest, AChangedOperatorIsAskedForAnewAndNobodyElse) {  // SYS-22
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  EXPECT_TRUE(IsAskedAbout('b'));
  ChangeOperator("operators/a");
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  EXPECT_FALSE(IsAskedAbout('b'));
}

TEST_F(PrincipalWatchTest, ChangedRightsConcernEverybodyOfTheirTenant) {  // SYS-22
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  EXPECT_TRUE(IsAskedAbout('b', 2));
  Announce(identity::v1::RightsChanged());
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  EXPECT_FALSE(IsAskedAbout('b', 2));
}

TEST_F(PrincipalWatchTest, WhatWasAnnouncedBeforeTheStartIsNotReadButWhoIsCachedByThenIsAskedForAnew) {
  Revoke("sessions/a");
  EXPECT_TRUE(IsAskedAbout('a'));
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  Turn();
  EXPECT_FALSE(IsAskedAbout('a'));
}

TEST_F(PrincipalWatchTest, AStreamThatWasEmptiedIsFollowedFromItsNewBeginning) {
  for (int i = 0; i < 3; ++i) Revoke("sessions/x");
  Turn();
  ASSERT_TRUE(redis_.Run({"DEL", stream_}, Soon()).ok());
  Turn();  // Sees that it is gone,
  Turn();  // and looks for its end again.
  EXPECT_TRUE(IsAskedAbout('a'));
  position_ = 0;
  Revoke("sessions/a");
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
}

TEST_F(PrincipalWatchTest, AnEntryThatIsNoEventIsPassedOverByAskingAnewForEverybody) {
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
  ASSERT_TRUE(redis_.Run({"XADD", stream_, "1-1", "e", "\xff"}, Soon()).ok());
  EXPECT_FALSE(watch_.Turn(1ms).ok());
  Turn();
  EXPECT_TRUE(IsAskedAbout('a'));
}

TEST(PrincipalWatch, SaysThatRedisIsAwayAndLeavesTheCacheToItsAge) {
  PrincipalCache cache([](const auth::TokenClaims&) { return Principal{.tenant = 1}; }, 1h);
  Redis nowhere("/tmp/there-is-no-such-socket");
  PrincipalWatch watch(cache, nowhere, "t:none");
  EXPECT_FALSE(watch.Turn(1ms).ok());
  EXPECT_TRUE(cache.Get({}).ok());
}

}  // namespace
}  // namespace lintel
