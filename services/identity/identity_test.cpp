// Identity as its callers see it, on real PostgreSQL.
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/identity/api/identity.h"
#include "services/identity/app/bootstrap.h"
#include "services/identity/embedded.h"

namespace lintel::identity {
namespace {

constexpr char kPassword[] = "correct horse";
const std::string kSessions = "lintel.identity.v1.SessionsService/";
const std::string kOperators = "lintel.identity.v1.OperatorsService/";
const std::string kInternal = "lintel.identity.v1.IdentityService/";

// A whole identity with its own gate, and two tenants.
class IdentityTest : public ::testing::Test {
 protected:
  IdentityTest() {
    identity_.Register(server_);
    const absl::Status started = server_.Start();
    if (!started.ok()) throw std::runtime_error(std::string(started.message()));
    channel_ = std::make_unique<Channel>("127.0.0.1:" + std::to_string(server_.port()), "sales", "identity", tokens_);
    first_ = Found("First", {"admin", "consultant", "agent"});
    second_ = Found("Second", {"admin-b", "manager-b"});
  }
  ~IdentityTest() override { server_.Stop(std::chrono::seconds(2)); }

  int64_t Found(const std::string& tenant, const std::vector<std::string>& operators) {
    const auto result =
        Bootstrap(database_.job(), database_.app(), identity_.hasher(), identity_.rights(), identity_.code_tables(),
                  {.tenant = tenant, .language = "en", .operators = operators, .password = kPassword}, WallClock());
    if (!result.ok()) throw std::runtime_error(std::string(result.status().message()));
    return result->tenant;
  }

  CallOptions Options(const std::string& token = "", const std::string& address = "10.0.0.1") const {
    return {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20),
            .operator_token = token,
            .language = "en",
            .metadata = {{"x-lintel-client-address", address}}};
  }
  CallOptions AsService(int64_t tenant) const {
    return {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20), .tenant = tenant};
  }
  absl::StatusOr<v1::Session> SignIn(const std::string& name, const std::string& password = kPassword,
                                     const std::string& address = "10.0.0.1") {
    v1::CreateSessionRequest request;
    request.set_operator_(name);
    request.set_password(password);
    return channel_->Call<v1::Session>(kSessions + "CreateSession", request, Options("", address));
  }
  absl::StatusOr<v1::Session> Refresh(const std::string& token) {
    v1::RefreshSessionRequest request;
    request.set_refresh_token(token);
    return channel_->Call<v1::Session>(kSessions + "RefreshSession", request, Options());
  }
  absl::StatusOr<v1::Me> Me(const std::string& token) {
    return channel_->Call<v1::Me>(kOperators + "GetMe", v1::GetMeRequest(), Options(token));
  }
  template <class Reply, class Request>
  absl::StatusOr<Reply> Do(const std::string& token, const std::string& method, const Request& request) {
    return channel_->Call<Reply>("lintel.identity.v1." + method, request, Options(token));
  }
  absl::StatusOr<v1::Operator> Create(const std::string& token, const std::string& name,
                                      const std::string& group = "") {
    v1::CreateOperatorRequest request;
    request.mutable_operator_()->set_sign_in_name(name);
    request.mutable_operator_()->set_display_name("Somebody");
    if (!group.empty()) request.mutable_operator_()->add_operator_groups(group);
    request.set_password(kPassword);
    return Do<v1::Operator>(token, "OperatorsService/CreateOperator", request);
  }
  v1::OperatorGroup GroupNamed(const std::string& token, const std::string& name) {
    const auto groups = Do<v1::ListOperatorGroupsResponse>(token, "OperatorsService/ListOperatorGroups",
                                                           v1::ListOperatorGroupsRequest());
    for (const auto& group : groups->operator_groups()) {
      if (group.display_name() == name) return group;
    }
    return {};
  }
  v1::Operator OperatorNamed(const std::string& token, const std::string& sign_in_name) {
    v1::ListOperatorsRequest request;
    request.set_filter("sign_in_name = " + sign_in_name);
    const auto found = Do<v1::ListOperatorsResponse>(token, "OperatorsService/ListOperators", request);
    return found.ok() && found->operators_size() == 1 ? found->operators(0) : v1::Operator();
  }
  // Passes once the gate no longer admits the token.
  bool IsLockedOutSoon(const std::string& token) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(6);
    while (std::chrono::steady_clock::now() < deadline) {
      if (Me(token).status().code() == absl::StatusCode::kUnauthenticated) return true;
      std::this_thread::yield();
    }
    return false;
  }

  const SigningKey key_ = NewSigningKey();
  const std::string directory_ = std::filesystem::temp_directory_path() / ("lintel-identity-" + RandomHex(6));
  const lintel::Tokens tokens_{RandomHex(32), key_.public_hex, WallClock};
  const Reasons reasons_{ReasonTexts()};
  lintel::Metrics metrics_{"identity"};
  testing::TestDatabase database_{"identity", Migrations()};
  Blobs blobs_{directory_, directory_ + ".key"};
  std::chrono::seconds ahead_{0};
  const Config config_{.signing_secret_hex = key_.secret_hex,
                       .token_lifetime = std::chrono::minutes(5),
                       .hash_cost = {.passes = 1, .memory_bytes = 8192},
                       .largest_upload_bytes = 1 << 20,
                       .test_mode = false,
                       .scanner_socket = ""};
  Identity identity_{config_,
                     database_.app(),
                     database_.job(),
                     blobs_,
                     [this] { return WallClock() + ahead_; },
                     [this] { return WallClock() + ahead_; }};
  PrincipalCache principals_{[this](const auth::TokenClaims& claims) { return identity_.Resolve(claims); }};
  Server server_{{.address = "127.0.0.1:0"}, tokens_, principals_, reasons_, metrics_};
  std::unique_ptr<Channel> channel_;
  int64_t first_ = 0;
  int64_t second_ = 0;
};

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

TEST_F(IdentityTest, TenantsAreWalls) {  // NFR-01
  const std::string admin = SignIn("admin")->access_token();
  const std::string other = SignIn("admin-b")->access_token();
  EXPECT_EQ(OperatorNamed(other, "agent").name(), "");
  v1::GetOperatorRequest get;
  get.set_name(OperatorNamed(admin, "agent").name());
  EXPECT_EQ(Do<v1::Operator>(other, "OperatorsService/GetOperator", get).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(Create(other, "agent").status()), "SIGN_IN_NAME_TAKEN");
  const auto forgotten = database_.app().Run<int>({.tenant = 0}, [](pg::Transaction& tx) -> absl::StatusOr<int> {
    return tx.Query("SELECT count(*) FROM operators")[0][0].as<int>();
  });
  EXPECT_EQ(*forgotten, 0);
}

TEST_F(IdentityTest, TheLivePoolIsBoundByRowLevelSecurityAndTheJobsPoolIsNot) {  // NFR-01
  const char* sql = "SELECT current_user, rolbypassrls FROM pg_roles WHERE rolname = current_user";
  for (const auto& [database, role, bypasses] :
       {std::tuple(&database_.app(), "identity_app", false), std::tuple(&database_.job(), "identity_job", true)}) {
    ASSERT_TRUE(database
                    ->Execute({.tenant = first_},
                              [&, role = role, bypasses = bypasses](pg::Transaction& tx) {
                                const auto row = tx.Query(sql)[0];
                                EXPECT_EQ(row[0].as<std::string>(), role);
                                EXPECT_EQ(row[1].as<bool>(), bypasses);
                                return absl::OkStatus();
                              })
                    .ok());
  }
}

TEST_F(IdentityTest, WithoutTheRightNothingIsAdministered) {  // SYS-22
  const std::string consultant = SignIn("consultant")->access_token();
  EXPECT_EQ(ReasonOf(Create(consultant, "newcomer").status()), "RIGHT_MISSING");
  v1::UpdateSettingRequest setting;
  setting.mutable_setting()->set_name("settings/session.idle_hours");
  setting.mutable_setting()->set_value("1");
  EXPECT_EQ(ReasonOf(Do<v1::Setting>(consultant, "SettingsService/UpdateSetting", setting).status()), "RIGHT_MISSING");
}

TEST_F(IdentityTest, NobodyGivesRightsTheyDoNotHave) {  // SYS-22
  const std::string admin = SignIn("admin")->access_token();
  v1::CreateOperatorGroupRequest narrow;
  narrow.mutable_operator_group()->set_display_name("Helpers");
  auto* grant = narrow.mutable_operator_group()->add_rights();
  grant->set_right("operator.manage");
  grant->set_scope(auth::TENANT);
  const auto helpers = Do<v1::OperatorGroup>(admin, "OperatorsService/CreateOperatorGroup", narrow);
  ASSERT_TRUE(helpers.ok()) << helpers.status();
  ASSERT_TRUE(Create(admin, "helper", helpers->name()).ok());
  const std::string helper = SignIn("helper")->access_token();
  EXPECT_EQ(ReasonOf(Create(helper, "stronger", GroupNamed(admin, "Cashiers").name()).status()), "GROUP_TOO_STRONG");
  EXPECT_TRUE(Create(helper, "equal", helpers->name()).ok());
  v1::ResetPasswordRequest reset;
  reset.set_name(OperatorNamed(admin, "admin").name());
  reset.set_password("another horse");
  EXPECT_EQ(ReasonOf(Do<v1::Operator>(helper, "OperatorsService/ResetPassword", reset).status()), "GROUP_TOO_STRONG");
}

TEST_F(IdentityTest, SomebodyWhoManagesOperatorsAlwaysRemains) {
  const std::string admin = SignIn("admin")->access_token();
  v1::UpdateOperatorRequest request;
  request.mutable_operator_()->set_name(OperatorNamed(admin, "admin").name());
  request.mutable_update_mask()->add_paths("operator_groups");
  EXPECT_EQ(ReasonOf(Do<v1::Operator>(admin, "OperatorsService/UpdateOperator", request).status()), "LAST_ADMIN");
}

TEST_F(IdentityTest, AStaleEtagIsRefusedAndAReplayGetsTheFirstAnswer) {
  const std::string admin = SignIn("admin")->access_token();
  const v1::Operator agent = OperatorNamed(admin, "agent");
  v1::UpdateOperatorRequest request;
  *request.mutable_operator_() = agent;
  request.mutable_operator_()->set_display_name("Renamed");
  request.mutable_update_mask()->add_paths("display_name");
  request.set_request_id("rename-1");
  ASSERT_TRUE(Do<v1::Operator>(admin, "OperatorsService/UpdateOperator", request).ok());
  EXPECT_EQ(Do<v1::Operator>(admin, "OperatorsService/UpdateOperator", request)->display_name(), "Renamed");
  request.set_request_id("rename-2");
  EXPECT_EQ(ReasonOf(Do<v1::Operator>(admin, "OperatorsService/UpdateOperator", request).status()), "STALE_ETAG");
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

TEST_F(IdentityTest, ARetiredCodeKeepsItsLabelAndIsOfferedNoMore) {  // SYS-25
  const std::string admin = SignIn("admin")->access_token();
  v1::RetireCodeRequest retire;
  retire.set_name("codeTables/customer-source/codes/event");
  ASSERT_TRUE(Do<v1::Code>(admin, "CodeTablesService/RetireCode", retire).ok());
  v1::ListCodesRequest list;
  list.set_parent("codeTables/customer-source");
  EXPECT_EQ(Do<v1::ListCodesResponse>(admin, "CodeTablesService/ListCodes", list)->codes_size(), 6);
  list.set_show_retired(true);
  const auto all = Do<v1::ListCodesResponse>(admin, "CodeTablesService/ListCodes", list);
  EXPECT_EQ(all->codes(6).label_zh(), "活动");
  EXPECT_TRUE(all->codes(6).retired());
  v1::CreateCodeRequest again;
  again.set_parent("codeTables/customer-source");
  again.mutable_code()->set_code("event");
  again.mutable_code()->set_label_zh("活动");
  EXPECT_EQ(ReasonOf(Do<v1::Code>(admin, "CodeTablesService/CreateCode", again).status()), "TABLE_CODE_TAKEN");
}

TEST_F(IdentityTest, ANoticeArrivesOnceAndOnlyWithItsOperator) {
  const auto agent = SignIn("agent");
  v1::SendNoticeRequest send;
  send.set_key("hold-expiring:1");
  send.add_operators(agent->operator_());
  send.set_kind("hold.expiring");
  send.set_task(true);
  send.set_title_zh("保留即将到期");
  send.set_title_en("A hold expires soon");
  for (const int sent : {1, 0}) {
    const auto answer = channel_->Call<v1::SendNoticeResponse>(kInternal + "SendNotice", send, AsService(first_));
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_EQ(answer->sent(), sent);
  }
  const std::string token = agent->access_token();
  const auto mine = Do<v1::ListNoticesResponse>(token, "InboxService/ListNotices", v1::ListNoticesRequest());
  ASSERT_EQ(mine->notices_size(), 1);
  EXPECT_EQ(mine->notices(0).title(), "A hold expires soon");
  EXPECT_EQ(Me(token)->open_tasks(), 1);
  v1::CompleteTaskRequest complete;
  complete.set_name(mine->notices(0).name());
  EXPECT_EQ(Do<v1::Notice>(SignIn("consultant")->access_token(), "InboxService/CompleteTask", complete).status().code(),
            absl::StatusCode::kNotFound);
  ASSERT_TRUE(Do<v1::Notice>(token, "InboxService/CompleteTask", complete).ok());
  EXPECT_EQ(Me(token)->open_tasks(), 0);
  EXPECT_EQ(ReasonOf(Do<v1::SendNoticeResponse>(token, "IdentityService/SendNotice", send).status()), "INTERNAL_ONLY");
}

TEST_F(IdentityTest, AFeatureThatIsSwitchedOffIsGoneFromEveryPrincipal) {
  const std::string admin = SignIn("admin")->access_token();
  v1::UpdateFeatureRequest request;
  request.mutable_feature()->set_name("features/analytics");
  ASSERT_TRUE(Do<v1::Feature>(admin, "SettingsService/UpdateFeature", request).ok());
  const auto session = SignIn("consultant");
  const auto me = Me(session->access_token());
  EXPECT_EQ(std::count(me->features().begin(), me->features().end(), "analytics"), 0);
  EXPECT_EQ(std::count(me->features().begin(), me->features().end(), "outbound_calls"), 1);
}

TEST_F(IdentityTest, AnUploadBelongsToItsOperatorUntilAServiceTakesItAndUnusedOnesGo) {
  const auto agent = SignIn("agent");
  CallOptions options = Options(agent->access_token());
  options.metadata["x-lintel-filename"] = "%E6%88%BF%E9%97%B4.csv";
  int sent = 0;
  const auto file = channel_->Upload<v1::File, google::api::HttpBody>("lintel.identity.v1.FilesService/UploadFile",
                                                                      options, [&](google::api::HttpBody& chunk) {
                                                                        chunk.set_data("房号,面积\n");
                                                                        return ++sent <= 3;
                                                                      });
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->filename(), "房间.csv");
  EXPECT_EQ(file->content_type(), "text/plain");
  EXPECT_EQ(file->size_bytes(), 42);
  v1::GetFileRequest get;
  get.set_name(file->name());
  EXPECT_FALSE(Do<v1::File>(SignIn("consultant")->access_token(), "FilesService/GetFile", get).ok());

  v1::ReadFileRequest read;
  read.set_name(file->name());
  std::string bytes;
  const auto collect = [&](const google::api::HttpBody& chunk) {
    bytes += chunk.data();
    return true;
  };
  EXPECT_FALSE(channel_->Stream<google::api::HttpBody>(kInternal + "ReadFile", read, AsService(first_), collect).ok());
  v1::TakeFileRequest take;
  take.set_name(file->name());
  CallOptions on_behalf = AsService(first_);
  on_behalf.actor = SignIn("consultant")->operator_();
  EXPECT_FALSE(channel_->Call<v1::File>(kInternal + "TakeFile", take, on_behalf).ok());
  on_behalf.actor = agent->operator_();
  ASSERT_TRUE(channel_->Call<v1::File>(kInternal + "TakeFile", take, on_behalf).ok());
  ASSERT_TRUE(channel_->Stream<google::api::HttpBody>(kInternal + "ReadFile", read, AsService(first_), collect).ok());
  EXPECT_EQ(bytes, "房号,面积\n房号,面积\n房号,面积\n");

  sent = 0;
  const auto unused = channel_->Upload<v1::File, google::api::HttpBody>("lintel.identity.v1.FilesService/UploadFile",
                                                                        options, [&](google::api::HttpBody& chunk) {
                                                                          chunk.set_data("x");
                                                                          return ++sent <= 1;
                                                                        });
  ASSERT_TRUE(unused.ok());
  ahead_ = std::chrono::hours(25);
  ASSERT_TRUE(identity_.Sweep().ok());
  EXPECT_EQ(database_.Value("SELECT string_agg('files/' || id, ',') FROM files"), file->name());
}

TEST_F(IdentityTest, AnUploadThatIsTooLargeOrEmptyLeavesNothing) {
  const CallOptions options = Options(SignIn("agent")->access_token());
  const auto upload = [&](int chunks) {
    int sent = 0;
    return channel_->Upload<v1::File, google::api::HttpBody>("lintel.identity.v1.FilesService/UploadFile", options,
                                                             [&](google::api::HttpBody& chunk) {
                                                               chunk.set_data(std::string(60000, 'x'));
                                                               return ++sent <= chunks;
                                                             });
  };
  EXPECT_EQ(ReasonOf(upload(0).status()), "FILE_EMPTY");
  EXPECT_EQ(ReasonOf(upload(18).status()), "FILE_TOO_LARGE");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM files"), "0");
}

TEST_F(IdentityTest, BootstrapAgainMakesNothingTwice) {
  const std::string before = database_.Value("SELECT count(*) FROM operators");
  EXPECT_EQ(Found("First", {"admin", "consultant", "agent"}), first_);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM operators"), before);
}

TEST_F(IdentityTest, EveryRightNamedInTheContractIsInTheCatalogue) {  // SYS-22
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  const auto* file = pool->FindFileByName("lintel/identity/v1/operators.proto");
  ASSERT_NE(file, nullptr);
  for (int s = 0; s < file->service_count(); ++s) {
    for (int m = 0; m < file->service(s)->method_count(); ++m) {
      const auto& rule = file->service(s)->method(m)->options().GetExtension(auth::rule);
      EXPECT_TRUE(rule.right().empty() || identity_.rights().Knows(rule.right())) << rule.right();
    }
  }
}

}  // namespace
}  // namespace lintel::identity
