// What administrators arrange, what services ask, and the walls between tenants.
#include <filesystem>
#include <fstream>
#include <regex>

#include "services/identity/testing/fixture.h"

namespace lintel::identity {
namespace {

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
  for (const char* method : {"OperatorsService/ListOperators",       "OperatorsService/GetOperator",
                             "OperatorsService/CreateOperator",      "OperatorsService/UpdateOperator",
                             "OperatorsService/DisableOperator",     "OperatorsService/EnableOperator",
                             "OperatorsService/UnlockOperator",      "OperatorsService/ResetPassword",
                             "OperatorsService/SignOutOperator",     "OperatorsService/ListRights",
                             "OperatorsService/ListOperatorGroups",  "OperatorsService/GetOperatorGroup",
                             "OperatorsService/CreateOperatorGroup", "OperatorsService/UpdateOperatorGroup",
                             "OperatorsService/RetireOperatorGroup", "OperatorsService/CreateDepartment",
                             "OperatorsService/UpdateDepartment",    "OperatorsService/CreateTeam",
                             "OperatorsService/UpdateTeam",          "CodeTablesService/CreateCode",
                             "CodeTablesService/UpdateCode",         "CodeTablesService/RetireCode",
                             "CodeTablesService/RestoreCode",        "SettingsService/ListSettings",
                             "SettingsService/UpdateSetting",        "SettingsService/UpdateFeature"}) {
    EXPECT_EQ(ReasonOf(Do<google::protobuf::Empty>(consultant, method, google::protobuf::Empty()).status()),
              "RIGHT_MISSING")
        << method;
  }
}

TEST_F(IdentityTest, TheRightToManageATeamsOperatorsManagesNobody) {  // SYS-22
  const std::string admin = SignIn("admin")->access_token();
  const std::string narrow = NewHelper(admin, auth::TEAM);
  EXPECT_EQ(ReasonOf(Create(narrow, "newcomer").status()), "RIGHT_MISSING");
}

TEST_F(IdentityTest, GroupsOfOthersAndRetiredOnesAreNotGiven) {  // SYS-22
  const std::string admin = SignIn("admin")->access_token();
  const std::string foreign = GroupNamed(SignIn("admin-b")->access_token(), "Cashiers").name();
  EXPECT_EQ(Create(admin, "newcomer", foreign).status().code(), absl::StatusCode::kNotFound);
  v1::RetireOperatorGroupRequest retire;
  retire.set_name(GroupNamed(admin, "Administrators").name());
  EXPECT_EQ(ReasonOf(Do<v1::OperatorGroup>(admin, "OperatorsService/RetireOperatorGroup", retire).status()),
            "GROUP_IN_USE");
  retire.set_name(GroupNamed(admin, "Cashiers").name());
  ASSERT_TRUE(Do<v1::OperatorGroup>(admin, "OperatorsService/RetireOperatorGroup", retire).ok());
  EXPECT_EQ(ReasonOf(Create(admin, "newcomer", retire.name()).status()), "GROUP_RETIRED");
}

TEST_F(IdentityTest, NobodyGivesRightsTheyDoNotHave) {  // SYS-22
  const std::string admin = SignIn("admin")->access_token();
  const std::string helper = NewHelper(admin, auth::TENANT);
  EXPECT_EQ(ReasonOf(Create(helper, "stronger", GroupNamed(admin, "Cashiers").name()).status()), "GROUP_TOO_STRONG");
  EXPECT_TRUE(Create(helper, "equal", GroupNamed(admin, "Helpers").name()).ok());
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

TEST_F(IdentityTest, ACodeIsAddedAtTheEndRenamedAndMovedToItsPlace) {  // SYS-25
  const std::string admin = SignIn("admin")->access_token();
  v1::CreateCodeRequest create;
  create.set_parent("codeTables/customer-level");
  create.mutable_code()->set_code("e");
  create.mutable_code()->set_label_zh("E 老客户");
  const auto made = Do<v1::Code>(admin, "CodeTablesService/CreateCode", create);
  ASSERT_TRUE(made.ok()) << made.status();
  const auto order = [&] {
    v1::ListCodesRequest list;
    list.set_parent("codeTables/customer-level");
    std::string codes;
    const auto listed = Do<v1::ListCodesResponse>(admin, "CodeTablesService/ListCodes", list);
    for (const v1::Code& code : listed->codes()) codes += code.code();
    return codes;
  };
  EXPECT_EQ(order(), "abcde");
  v1::UpdateCodeRequest update;
  *update.mutable_code() = *made;
  update.mutable_code()->set_position(1);
  update.mutable_code()->set_label_en("E, a returning customer");
  const auto moved = Do<v1::Code>(admin, "CodeTablesService/UpdateCode", update);
  ASSERT_TRUE(moved.ok()) << moved.status();
  EXPECT_EQ(moved->label_zh(), "E 老客户");
  EXPECT_EQ(order(), "eabcd");
  EXPECT_EQ(ReasonOf(Do<v1::Code>(admin, "CodeTablesService/UpdateCode", update).status()), "STALE_ETAG");
  create.mutable_code()->set_code("大");
  EXPECT_EQ(FieldOf(Do<v1::Code>(admin, "CodeTablesService/CreateCode", create).status()), "code.code");
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
  EXPECT_EQ(Me(admin)->features(0), "analytics");
  v1::UpdateFeatureRequest request;
  request.mutable_feature()->set_name("features/analytics");
  ASSERT_TRUE(Do<v1::Feature>(admin, "SettingsService/UpdateFeature", request).ok());
  const auto session = SignIn("consultant");
  const auto me = Me(session->access_token());
  EXPECT_EQ(std::count(me->features().begin(), me->features().end(), "analytics"), 0);
}

TEST_F(IdentityTest, BootstrapAgainMakesNothingTwice) {
  const std::string before = database_.Value("SELECT count(*) FROM operators");
  EXPECT_EQ(Found("First", {"admin", "consultant", "agent"}), first_);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM operators"), before);
}

TEST_F(IdentityTest, EveryRightNamedInTheContractIsInTheCatalogue) {  // SYS-22
  const std::regex named("right: \"([a-z_.]+)\"");
  int rights = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("proto/lintel")) {
    if (entry.path().extension() != ".proto") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (std::sregex_iterator at(text.begin(), text.end(), named), end; at != end; ++at, ++rights) {
      EXPECT_TRUE(identity_.rights().Knows((*at)[1])) << entry.path() << ": " << (*at)[1];
    }
  }
  EXPECT_GT(rights, 50);
}

}  // namespace
}  // namespace lintel::identity
