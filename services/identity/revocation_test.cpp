// Who lost a session or a right is refused as soon as the announcement is through outbox, relay and Redis. The gate's
// cache of these tests keeps an answer for an hour, so nothing here ends by age.
#include "lintel/identity/v1/events.pb.h"
#include "platform/relay/relay.h"
#include "platform/service/principal_watch.h"
#include "services/identity/testing/fixture.h"

namespace lintel::identity {
namespace {

using namespace std::chrono_literals;

class RevocationTest : public IdentityTest {
 protected:
  RevocationTest() : IdentityTest(1h) { EXPECT_TRUE(watch_.Turn(1ms).ok()); }
  ~RevocationTest() override { (void)redis_.Run({"DEL", stream_}, std::chrono::steady_clock::now() + 5s); }

  // What the relay's thread and the watch's do, once.
  void Announce() {
    ASSERT_TRUE(relay_.Seal().ok());
    ASSERT_TRUE(relay_.Publish().ok());
    ASSERT_TRUE(watch_.Turn(1ms).ok());
  }
  absl::StatusCode CodeOf(const std::string& token) { return Me(token).status().code(); }

  const std::string stream_ = "t:" + NewId();
  Redis redis_{lintel::testing::TestRedis()};
  Relay relay_{{.connection = database_.job_pool().options(), .stream = stream_}, redis_, metrics_};
  PrincipalWatch watch_{principals_, redis_, stream_};
};

TEST_F(RevocationTest, ASessionThatSignedOutIsRefusedOnceThatIsAnnounced) {  // NFR-01
  const std::string token = SignIn("agent")->access_token();
  const std::string other = SignIn("agent")->access_token();
  ASSERT_TRUE(Me(token).ok());
  ASSERT_TRUE(Me(other).ok());
  ASSERT_TRUE(Do<google::protobuf::Empty>(token, "SessionsService/DeleteSession", v1::DeleteSessionRequest()).ok());
  EXPECT_TRUE(Me(token).ok()) << "without the announcement the cache would serve it for an hour";
  Announce();
  EXPECT_EQ(CodeOf(token), absl::StatusCode::kUnauthenticated);
  EXPECT_TRUE(Me(other).ok());
}

TEST_F(RevocationTest, ADisabledOperatorIsRefusedEverywhereOnceThatIsAnnounced) {  // SYS-23
  const std::string admin = SignIn("admin")->access_token();
  const std::vector<std::string> tokens{SignIn("agent")->access_token(), SignIn("agent")->access_token()};
  for (const std::string& token : tokens) ASSERT_TRUE(Me(token).ok());
  v1::DisableOperatorRequest request;
  request.set_name(OperatorNamed(admin, "agent").name());
  ASSERT_TRUE(Do<v1::Operator>(admin, "OperatorsService/DisableOperator", request).ok());
  Announce();
  for (const std::string& token : tokens) EXPECT_EQ(CodeOf(token), absl::StatusCode::kUnauthenticated);
}

TEST_F(RevocationTest, AStolenRefreshTokenEndsTheSessionOfBothOnceThatIsAnnounced) {  // NFR-01
  const auto session = SignIn("agent");
  ASSERT_TRUE(Me(session->access_token()).ok());
  const auto second = Refresh(session->refresh_token());
  ahead_ = 11s;  // Longer than a repeated answer is excused.
  EXPECT_EQ(ReasonOf(Refresh(session->refresh_token()).status()), "SESSION_OVER");
  Announce();
  EXPECT_EQ(CodeOf(session->access_token()), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOf(Refresh(second->refresh_token()).status()), "SESSION_OVER");
}

TEST_F(RevocationTest, ARightThatAGroupLostIsGoneOnceThatIsAnnounced) {  // SYS-22
  const std::string admin = SignIn("admin")->access_token();
  const std::string helper = NewHelper(admin, auth::TENANT);
  Announce();
  ASSERT_TRUE(Create(helper, "before").ok());

  v1::UpdateOperatorGroupRequest update;
  update.mutable_operator_group()->set_name(GroupNamed(admin, "Helpers").name());
  update.mutable_update_mask()->add_paths("rights");
  ASSERT_TRUE(Do<v1::OperatorGroup>(admin, "OperatorsService/UpdateOperatorGroup", update).ok());
  Announce();
  EXPECT_EQ(ReasonOf(Create(helper, "after").status()), "RIGHT_MISSING");
}

TEST_F(RevocationTest, AnOperatorWhoLeftAGroupLostItsRightsOnceThatIsAnnounced) {  // SYS-22
  const std::string admin = SignIn("admin")->access_token();
  const std::string administrators = GroupNamed(admin, "Administrators").name();
  ASSERT_TRUE(Create(admin, "second-admin", administrators).ok());
  ChangePassword(SignIn("second-admin")->access_token(), "better battery");
  const std::string second = SignIn("second-admin", "better battery")->access_token();
  Announce();
  ASSERT_TRUE(Create(second, "before").ok());
  v1::UpdateOperatorRequest request;
  request.mutable_operator_()->set_name(OperatorNamed(admin, "second-admin").name());
  request.mutable_update_mask()->add_paths("operator_groups");
  ASSERT_TRUE(Do<v1::Operator>(admin, "OperatorsService/UpdateOperator", request).ok());
  Announce();
  EXPECT_EQ(ReasonOf(Create(second, "after").status()), "RIGHT_MISSING");
}

}  // namespace
}  // namespace lintel::identity
