// The service on real PostgreSQL through a real server, with a media node that the test plays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/telephony/telephony_fixture.h"

namespace lintel::telephony {
namespace {

TEST_F(TelephonyTest, ACallIsRoutedQueuedRungTalkedAndRecorded_AGT04) {
  GivenASalesLine();
  v1::RouteCallRequest route;
  route.set_called_number("95500001");
  const auto routed = Send<v1::RouteCallResponse>("CallControlService/RouteCall", route, Media());
  ASSERT_TRUE(routed.ok()) << routed.status();
  EXPECT_EQ(routed->flow(), flow_ + "/versions/1");
  EXPECT_TRUE(routed->record());
  GivenATalk();
  const v1::NodeCommand command = Await([](const v1::NodeCommand& one) { return one.has_connect_agent(); });
  EXPECT_EQ(command.epoch(), lease_.epoch());
  EXPECT_EQ(command.connect_agent().agent(), agent_);
  EXPECT_THAT(command.connect_agent().sip_uri(), ::testing::EndsWith("@lintel.test"));
  EXPECT_TRUE(command.connect_agent().record());
  const auto call = GetCall(Supervisor());
  ASSERT_TRUE(call.ok()) << call.status();
  EXPECT_EQ(call->wait_ms(), 1000);  // By the node's clock, one second per event
  EXPECT_EQ(call->talk_ms(), 1000);
  EXPECT_EQ(call->agent(), agent_);
  EXPECT_EQ(call->operator_(), operator_.operator_name);
  EXPECT_EQ(call->legs_size(), 2);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE type = 'lintel.telephony.v1.CallRecorded'"), "1");
}

TEST_F(TelephonyTest, TheCallersNumberIsMaskedForWhoMayNotSeeIt) {
  GivenASalesLine();
  GivenATalk();
  EXPECT_EQ(GetCall(Supervisor())->caller_number(), "138****8000");
  EXPECT_EQ(GetCall(host_.As(testing::OperatorWith({"call.read", "customer.phone.read"})))->caller_number(),
            "13800138000");
}

TEST_F(TelephonyTest, OwnCallsAreThoseTheOperatorTalkedIn) {
  GivenASalesLine();
  GivenATalk();
  Principal stranger = testing::OperatorWith({});
  stranger.rights["call.read"] = auth::OWN;
  EXPECT_EQ(GetCall(host_.As(stranger)).status().code(), absl::StatusCode::kNotFound);
  Principal own = operator_;
  own.rights["call.read"] = auth::OWN;
  own.session = "sessions/" + NewId();
  EXPECT_TRUE(GetCall(host_.As(own)).ok());
}

TEST_F(TelephonyTest, TheAgentsScreenShowsTheCallBeforeThePhoneRings_AGT02) {
  GivenASalesLine();
  GivenATalk();
  bool popped = false;
  for (auto signal = heard_->Next(std::chrono::seconds(0)); signal; signal = heard_->Next(std::chrono::seconds(0))) {
    if (signal->type() != "lintel.telephony.v1.PopSignal") continue;
    popped = true;
    EXPECT_EQ(signal->operator_name(), operator_.operator_name);
    v1::PopSignal pop;
    ASSERT_TRUE(pop.ParseFromString(signal->payload()));
    EXPECT_EQ(pop.call(), "calls/" + call_);
    EXPECT_THAT(signal->payload(), ::testing::Not(::testing::HasSubstr("13800138000")));
  }
  EXPECT_TRUE(popped);
}

TEST_F(TelephonyTest, KamailioSeesAnAccountInThreeColumnsUntilTheSignOff_AGT03) {
  GivenASalesLine();
  const v1::SignOnResponse account = SignOn();
  EXPECT_EQ(account.web_socket_path(), "/sip");
  EXPECT_EQ(database_.Value("SELECT ha1 FROM sip_accounts WHERE username = '" + account.account() +
                            "' AND domain = 'lintel.test'"),
            Ha1(account.account(), account.domain(), account.secret()));
  EXPECT_EQ(database_.Value("SELECT count(*) FROM information_schema.columns WHERE table_name = 'sip_accounts'"), "3");
  const v1::SignOnResponse again = SignOn();
  EXPECT_EQ(database_.Value("SELECT string_agg(username, ',') FROM sip_accounts"), again.account())
      << "one account per agent";
  v1::SignOffRequest off;
  off.set_name("agents/me");
  EXPECT_EQ(Send<v1::Agent>("AgentsService/SignOff", off, AgentsOperator())->state(), v1::OFFLINE);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM sip_accounts"), "0");
}

TEST_F(TelephonyTest, NobodyGetsTheSecretOfAnothersPhone_AGT03) {
  GivenASalesLine();
  v1::SignOnRequest request;
  request.set_name(agent_);
  const auto own = Send<v1::SignOnResponse>("AgentsService/SignOn", request, AgentsOperator());
  EXPECT_EQ(own->agent(), agent_);
  const auto others = Send<v1::SignOnResponse>("AgentsService/SignOn", request, Supervisor());
  EXPECT_EQ(others.status().code(), absl::StatusCode::kInvalidArgument) << "a supervisor, too, answers his own phone";
  EXPECT_EQ(database_.Value("SELECT string_agg(username, ',') FROM sip_accounts"), own->account());
}

TEST_F(TelephonyTest, StatesAreRefusedWithReasons_AGT03) {
  EXPECT_EQ(ReasonOf(SetState(v1::READY).status()), "NO_AGENT");
  GivenASalesLine();
  EXPECT_EQ(ReasonOf(SetState(v1::READY).status()), "AGENT_OFFLINE");
  SignOn();
  EXPECT_EQ(SetState(v1::NOT_READY).status().code(), absl::StatusCode::kInvalidArgument) << "a break has a reason";
  EXPECT_EQ(SetState(v1::TALKING).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SetState(v1::NOT_READY, "lunch")->reason(), "lunch");
  EXPECT_EQ(SetState(v1::NOT_READY, "team-talk-2")->reason(), "team-talk-2") << "a code as code tables have them";
  EXPECT_EQ(SetState(v1::NOT_READY, "Lunch").status().code(), absl::StatusCode::kInvalidArgument);
  v1::SetStateRequest others;
  others.set_name(agent_);
  others.set_state(v1::READY);
  EXPECT_EQ(Send<v1::Agent>("AgentsService/SetState", others, host_.As(testing::OperatorWith({"agent.sign_on"})))
                .status()
                .code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Send<v1::Agent>("AgentsService/SetState", others, Supervisor())->state(), v1::READY);
}

TEST_F(TelephonyTest, ABrokenFlowIsRefusedWithItsNodeAndANumberHasOneOwner) {
  GivenASalesLine();
  v1::CreateVoiceFlowVersionRequest version;
  version.set_parent(flow_);
  auto graph = Graph();
  graph["nodes"]["main"]["keys"]["1"] = "lobby";
  version.mutable_version()->set_graph_json(graph.dump());
  const absl::Status refused =
      Send<v1::VoiceFlowVersion>("RoutingService/CreateVoiceFlowVersion", version, Supervisor()).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(refused), "NODE_MISSING");
  EXPECT_EQ(MetadataOf(refused)["node"], "main");
  EXPECT_EQ(ReasonOf(CreateNumber("95500001").status()), "NUMBER_EXISTS");
  v1::RouteCallRequest route;
  route.set_called_number("95500002");
  EXPECT_EQ(ReasonOf(Send<v1::RouteCallResponse>("CallControlService/RouteCall", route, Media()).status()),
            "NUMBER_UNKNOWN");
}

TEST_F(TelephonyTest, WhatIsWrongWithAFlowIsSaidInTheReadersLanguage) {
  GivenASalesLine();
  auto graph = Graph();
  graph["nodes"]["main"]["keys"]["1"] = "lobby";
  v1::ExamineVoiceFlowRequest request;
  request.set_graph_json(graph.dump());
  const auto problem = [&](const std::string& language) {
    CallOptions who = Supervisor();
    who.language = language;
    return Send<v1::ExamineVoiceFlowResponse>("RoutingService/ExamineVoiceFlow", request, who)->problems(0);
  };
  EXPECT_EQ(problem("zh-CN").message(), "节点“main”的连线指向不存在的节点（keys.1）。");
  EXPECT_EQ(problem("en").message(), "An edge of node “main” leads nowhere (keys.1).");
  EXPECT_EQ(problem("zh-CN").detail(), "there is no node lobby");
}

TEST_F(TelephonyTest, WhilePostgresqlIsAwayRecordsWaitOnDiskAndAreCaughtUpInOrder) {
  GivenASalesLine();
  pg::Pool dead({.connection = "host=127.0.0.1 port=1 dbname=lintel", .role = "telephony_app", .schema = "telephony"});
  pg::Database away(dead);
  v1::SpooledRecord record;
  record.set_tenant_id(1);
  record.mutable_agent_period()->set_agent(agent_);
  record.mutable_agent_period()->set_state(v1::READY);
  RecordKeeper cut_off(away, spool_, WallClock, metrics_);
  for (int i = 0; i < 3; ++i) {
    *record.mutable_agent_period()->mutable_start_time() = ToProto(WallClock() - std::chrono::hours(i + 1));
    ASSERT_TRUE(cut_off.Keep(record).ok());
  }
  EXPECT_FALSE(cut_off.CatchUp().ok());
  const Spool::Content waiting = *Spool(folder_ / "records.spool", 1 << 20).Read();
  EXPECT_EQ(waiting.records.size(), 3u) << "they are on the disk";
  EXPECT_EQ(*records_.CatchUp(), 3);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM agent_periods WHERE start_time < now() - interval '30 minutes'"),
            "3");
  EXPECT_EQ(spool_.bytes(), 0);
}

TEST_F(TelephonyTest, WithPostgresqlAwayANewCallReachesASignedOnAgentAndItsRecordIsCaughtUp) {
  GivenASalesLine();
  AttachNode();
  SignOn();
  SetPostgres(false);
  EXPECT_FALSE(catalogue_.Read().ok());
  ASSERT_TRUE(SetState(v1::READY).ok()) << "agents work on";
  v1::RouteCallRequest route;
  route.set_called_number("95500001");
  EXPECT_TRUE(Send<v1::RouteCallResponse>("CallControlService/RouteCall", route, Media()).ok());
  Start();
  EnterQueue();
  Await([](const v1::NodeCommand& command) { return command.has_connect_agent(); });
  EndCall();
  EXPECT_GT(spool_.bytes(), 0);
  EXPECT_FALSE(GetCall(Supervisor()).ok());
  SetPostgres(true);
  ASSERT_TRUE(records_.CatchUp().ok());
  EXPECT_EQ(GetCall(Supervisor())->queue(), queue_);
}

TEST(Spool, DropsATornRecordAndRefusesBeyondItsBound) {
  const testing::Folder folder;
  const std::string file = folder / "spool";
  {
    Spool spool(file, 100);
    ASSERT_TRUE(spool.Append("one").ok());
    ASSERT_TRUE(spool.Append("two").ok());
    EXPECT_EQ(ReasonOf(spool.Append(std::string(100, 'x'))), "SPOOL_FULL");
  }
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
  Spool again(file, 100);
  EXPECT_THAT(again.Read()->records, ::testing::ElementsAre("one"));
  ASSERT_TRUE(again.Append("three").ok());
  EXPECT_THAT(again.Read()->records, ::testing::ElementsAre("one", "three"));
}

TEST_F(TelephonyTest, ASecondReplicaWaitsForTheLeaseAndTheNextEpochIsHigher) {
  Lease other(database_.job(), kExchange, "other");
  ASSERT_TRUE(other.Renew().ok());
  EXPECT_EQ(other.epoch(), 0);
  const int64_t before = lease_.epoch();
  lease_.Stop();
  ASSERT_TRUE(other.Renew().ok());
  EXPECT_EQ(other.epoch(), before + 1);
}

}  // namespace
}  // namespace lintel::telephony
