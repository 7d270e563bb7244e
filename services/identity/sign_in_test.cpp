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

TEST_F(IdentityTest, ALockEndsByItselfAfterItsTimeAndNotBefore) {  // SYS-23
  FailTimes(5, "agent");
  ahead_ = std::chrono::minutes(14);
  EXPECT_EQ(ReasonOf(SignIn("agent").status()), "SIGN_IN_LOCKED");
  ahead_ = std::chrono::minutes(16);
  EXPECT_TRUE(SignIn("agent").ok());
}

TEST_F(IdentityTest, ASuccessForgetsTheAccountsFailures) {
  FailTimes(4, "agent");
  ASSERT_TRUE(SignIn("agent").ok());
  FailTimes(4, "agent");
  EXPECT_TRUE(SignIn("agent").ok());
}

TEST_F(IdentityTest, AnUnknownNameIsLockedLikeAKnownOneAndALockTellsNothingOfThePassword) {  // NFR-01
  FailTimes(5, "nobody");
  FailTimes(5, "agent");
  const auto unknown = SignIn("nobody");
  const auto right = SignIn("agent");
  const auto wrong = SignIn("agent", "wrong");
  for (const auto& answer : {unknown, right, wrong}) EXPECT_EQ(ReasonOf(answer.status()), "SIGN_IN_LOCKED");
  EXPECT_EQ(right.status().message(), wrong.status().message());
  EXPECT_EQ(right.status().message(), unknown.status().message());
}

TEST_F(IdentityTest, ATenantChoosesWhenItsAccountsLockAndNobodyElsesDo) {  // SYS-23
  const std::string admin = SignIn("admin")->access_token();
  for (const auto& [setting, value] : {std::pair("failures_before_lock", "3"), std::pair("lock_minutes", "1")}) {
    v1::UpdateSettingRequest request;
    request.mutable_setting()->set_name(std::string("settings/sign_in.") + setting);
    request.mutable_setting()->set_value(value);
    ASSERT_TRUE(Do<v1::Setting>(admin, "SettingsService/UpdateSetting", request).ok());
  }
  FailTimes(3, "agent");
  FailTimes(3, "manager-b");
  EXPECT_EQ(ReasonOf(SignIn("agent").status()), "SIGN_IN_LOCKED");
  EXPECT_TRUE(SignIn("manager-b").ok());
  ahead_ = std::chrono::seconds(61);
  EXPECT_TRUE(SignIn("agent").ok());
}

TEST_F(IdentityTest, GoodSignInsDoNotCountAgainstTheirAddress) {
  for (int i = 0; i < 31; ++i) ASSERT_TRUE(SignIn("agent").ok()) << i;
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

TEST_F(IdentityTest, ARefreshTokenThatNobodyIssuedIsRefused) {  // NFR-01
  const std::string real = SignIn("agent")->refresh_token();
  for (const std::string& forged :
       {std::string(), std::string("x"), real + "x", real.substr(1), std::string(9999, 'a')}) {
    EXPECT_EQ(ReasonOf(Refresh(forged).status()), "SESSION_OVER");
  }
  EXPECT_TRUE(Refresh(real).ok());
}

TEST_F(IdentityTest, ASessionEndsWhenIdleAndAfterAWeekHoweverBusy) {  // NFR-01
  const std::string idle = SignIn("consultant")->refresh_token();
  std::string busy = SignIn("agent")->refresh_token();
  for (ahead_ = std::chrono::hours(11); ahead_ < std::chrono::hours(7 * 24); ahead_ += std::chrono::hours(11)) {
    const auto session = Refresh(busy);
    ASSERT_TRUE(session.ok()) << session.status() << " after " << ahead_.count() << " s";
    busy = session->refresh_token();
  }
  EXPECT_EQ(ReasonOf(Refresh(idle).status()), "SESSION_OVER");
  ahead_ = std::chrono::hours(7 * 24) + std::chrono::minutes(1);
  EXPECT_EQ(ReasonOf(Refresh(busy).status()), "SESSION_OVER");
}

TEST_F(IdentityTest, OneEndsOnlyOnesOwnSessions) {  // SYS-23
  const auto agent = SignIn("agent");
  const auto elsewhere = SignIn("agent");
  v1::RevokeSessionRequest request;
  request.set_name(elsewhere->name());
  const std::string method = "SessionsService/RevokeSession";
  for (const char* other : {"admin", "admin-b"}) {
    EXPECT_EQ(Do<google::protobuf::Empty>(SignIn(other)->access_token(), method, request).status().code(),
              absl::StatusCode::kNotFound);
  }
  ASSERT_TRUE(Refresh(elsewhere->refresh_token()).ok());
  ASSERT_TRUE(Do<google::protobuf::Empty>(agent->access_token(), method, request).ok());
  EXPECT_EQ(ReasonOf(Refresh(elsewhere->refresh_token()).status()), "SESSION_OVER");
  EXPECT_TRUE(Refresh(agent->refresh_token()).ok());
}

TEST_F(IdentityTest, TheTwentyFirstSessionEndsTheOldest) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 21; ++i) {
    ahead_ = std::chrono::seconds(i);
    tokens.push_back(SignIn("agent")->refresh_token());
  }
  EXPECT_EQ(ReasonOf(Refresh(tokens[0]).status()), "SESSION_OVER");
  EXPECT_TRUE(Refresh(tokens[1]).ok());
  EXPECT_TRUE(Refresh(tokens[20]).ok());
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
