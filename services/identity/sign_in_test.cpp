// Sessions: signing in, locks, refresh tokens, revocation.
#include "services/identity/testing/fixture.h"

namespace lintel::identity {
namespace {

TEST_F(IdentityTest, AnOperatorSignsInAndSeesWhoTheyAreAndWhatTheyMay) {  // SYS-23
  const auto session = SignIn("Consultant");
  ASSERT_TRUE(session.ok()) << session.status();
  const auto me = Me(session->access_token());
  ASSERT_TRUE(me.ok()) << me.status();
  EXPECT_EQ(me->sign_in_name(), "consultant");
  EXPECT_EQ(me->tenant_display_name(), "First");
  EXPECT_EQ(me->team_display_name(), "Sales team 1");
  EXPECT_EQ(me->operator_group_display_names(0), "Sales consultants");
  bool may_hold = false;
  for (const auto& right : me->rights()) may_hold |= right.right() == "room.hold" && right.scope() == auth::PROJECT;
  EXPECT_TRUE(may_hold);
}

TEST_F(IdentityTest, AnUnknownNameAndAWrongPasswordAreRefusedAlike) {  // NFR-01
  const auto unknown = SignIn("nobody");
  const auto wrong = SignIn("agent", "wrong horse");
  EXPECT_EQ(ReasonOf(unknown.status()), "SIGN_IN_REFUSED");
  EXPECT_EQ(ReasonOf(wrong.status()), "SIGN_IN_REFUSED");
  EXPECT_EQ(unknown.status().message(), wrong.status().message());
}

TEST_F(IdentityTest, FiveFailuresLockTheAccountWhateverTheAddressAndAnAdministratorUnlocks) {  // SYS-23
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(ReasonOf(SignIn("agent", "wrong", "10.0.0." + std::to_string(i)).status()), "SIGN_IN_REFUSED");
  }
  const auto locked = SignIn("agent", kPassword, "10.0.0.9");
  EXPECT_EQ(ReasonOf(locked.status()), "SIGN_IN_LOCKED");
  EXPECT_NE(MetadataOf(locked.status())["retryAfterSeconds"], "");
  const std::string admin = SignIn("admin")->access_token();
  EXPECT_TRUE(OperatorNamed(admin, "agent").has_lock_end_time());
  v1::UnlockOperatorRequest unlock;
  unlock.set_name(OperatorNamed(admin, "agent").name());
  ASSERT_TRUE(Do<v1::Operator>(admin, "OperatorsService/UnlockOperator", unlock).ok());
  EXPECT_TRUE(SignIn("agent").ok());
}

TEST_F(IdentityTest, AnAddressThatGuessesAcrossAccountsIsLockedToo) {
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(ReasonOf(SignIn("nobody" + std::to_string(i), "guess", "10.6.6.6").status()), "SIGN_IN_REFUSED");
  }
  EXPECT_EQ(ReasonOf(SignIn("consultant", kPassword, "10.6.6.6").status()), "SIGN_IN_LOCKED");
  EXPECT_TRUE(SignIn("consultant", kPassword, "10.0.0.1").ok());
}

TEST_F(IdentityTest, ARefreshTokenChangesWithEveryUseAndAnOldOneEndsTheSession) {  // NFR-01
  const auto session = SignIn("agent");
  const auto second = Refresh(session->refresh_token());
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_NE(second->refresh_token(), session->refresh_token());
  EXPECT_EQ(Refresh(session->refresh_token())->refresh_token(), second->refresh_token());
  const auto third = Refresh(second->refresh_token());
  ASSERT_TRUE(third.ok());
  EXPECT_EQ(ReasonOf(Refresh(session->refresh_token()).status()), "SESSION_OVER");
  EXPECT_EQ(ReasonOf(Refresh(third->refresh_token()).status()), "SESSION_OVER");
  EXPECT_TRUE(IsLockedOutSoon(third->access_token()));
}

TEST_F(IdentityTest, SigningOutEndsTheSessionWithinFiveSeconds) {
  const auto session = SignIn("agent");
  ASSERT_TRUE(Me(session->access_token()).ok());
  ASSERT_TRUE(
      Do<google::protobuf::Empty>(session->access_token(), "SessionsService/DeleteSession", v1::DeleteSessionRequest())
          .ok());
  EXPECT_TRUE(IsLockedOutSoon(session->access_token()));
  EXPECT_EQ(ReasonOf(Refresh(session->refresh_token()).status()), "SESSION_OVER");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE type = 'lintel.identity.v1.SessionRevoked'"), "1");
}

TEST_F(IdentityTest, DisablingAnOperatorEndsTheirSessionsAndNobodyDisablesThemselves) {  // SYS-23
  const std::string admin = SignIn("admin")->access_token();
  const auto agent = SignIn("agent");
  v1::DisableOperatorRequest request;
  request.set_name(agent->operator_());
  ASSERT_TRUE(Do<v1::Operator>(admin, "OperatorsService/DisableOperator", request).ok());
  EXPECT_EQ(ReasonOf(SignIn("agent").status()), "SIGN_IN_REFUSED");
  EXPECT_TRUE(IsLockedOutSoon(agent->access_token()));
  request.set_name(Me(admin)->name());
  EXPECT_EQ(ReasonOf(Do<v1::Operator>(admin, "OperatorsService/DisableOperator", request).status()), "OPERATOR_SELF");
}

TEST_F(IdentityTest, ThePasswordIsInNoTable) {
  const std::string admin = SignIn("admin")->access_token();
  ASSERT_TRUE(Create(admin, "newcomer").ok());
  for (const char* table : {"outbox", "requests", "operators", "sessions"}) {
    // Bytes print as hex in a row's text.
    EXPECT_EQ(database_.Value(std::string("SELECT count(*) FROM ") + table + " t WHERE t::text LIKE '%correct horse%'" +
                              " OR t::text LIKE '%' || encode('correct horse', 'hex') || '%'"),
              "0")
        << table;
  }
}

TEST_F(IdentityTest, AFirstPasswordGivesNoRightUntilItIsChanged) {  // SYS-23
  const std::string admin = SignIn("admin")->access_token();
  ASSERT_TRUE(Create(admin, "second-admin", GroupNamed(admin, "Administrators").name()).ok());
  const auto session = SignIn("second-admin");
  EXPECT_TRUE(session->password_change_required());
  EXPECT_EQ(ReasonOf(Create(session->access_token(), "newcomer").status()), "RIGHT_MISSING");
  EXPECT_EQ(Me(session->access_token())->rights_size(), 0);
  ChangePassword(session->access_token(), "better battery");
  EXPECT_TRUE(Create(SignIn("second-admin", "better battery")->access_token(), "newcomer").ok());
}

TEST_F(IdentityTest, ChangingAPasswordNeedsTheOldOneAndEndsTheOtherSessions) {  // SYS-24
  const auto here = SignIn("agent");
  const auto elsewhere = SignIn("agent");
  v1::ChangePasswordRequest request;
  request.set_old_password("wrong horse");
  request.set_new_password("better battery");
  const std::string method = "OperatorsService/ChangePassword";
  EXPECT_EQ(ReasonOf(Do<v1::ChangePasswordResponse>(here->access_token(), method, request).status()), "PASSWORD_WRONG");
  request.set_old_password(kPassword);
  request.set_new_password("short");
  EXPECT_EQ(FieldOf(Do<v1::ChangePasswordResponse>(here->access_token(), method, request).status()), "new_password");
  request.set_new_password("better battery");
  ASSERT_TRUE(Do<v1::ChangePasswordResponse>(here->access_token(), method, request).ok());
  EXPECT_EQ(ReasonOf(Refresh(elsewhere->refresh_token()).status()), "SESSION_OVER");
  EXPECT_TRUE(Refresh(here->refresh_token()).ok());
  EXPECT_FALSE(SignIn("agent").ok());
  EXPECT_TRUE(SignIn("agent", "better battery").ok());
}

}  // namespace
}  // namespace lintel::identity
