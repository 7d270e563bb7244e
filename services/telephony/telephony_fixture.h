// A telephony service for tests: real PostgreSQL, a real server, and a media node that the test plays.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/folder.h"
#include "platform/testing/server.h"
#include "platform/wire/values.h"
#include "services/telephony/api/agents_api.h"
#include "services/telephony/api/call_control_api.h"
#include "services/telephony/api/calls_api.h"
#include "services/telephony/api/flows_api.h"
#include "services/telephony/api/routing_api.h"
#include "services/telephony/api/signals_api.h"
#include "services/telephony/domain/sip_account.h"
#include "services/telephony/embedded.h"

namespace lintel::telephony {

constexpr auto kPatience = std::chrono::seconds(20);

class TelephonyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    CallControlApi::Parts control{exchange_, catalogue_, nodes_,          book_,     records_, callers_,
                                  actions_,  blobs_,     database_.app(), WallClock, WallClock};
    control_ = std::make_unique<CallControlApi>(control);
    control_->Register(host_.server());
    agents_.Register(host_.server());
    routing_.Register(host_.server());
    flows_.Register(host_.server());
    calls_.Register(host_.server());
    signals_api_.Register(host_.server());
    host_.Start();
    catalogue_.OnReading([this](const Snapshot& snapshot) { exchange_.Sync(snapshot); });
    ASSERT_TRUE(lease_.Renew().ok());
    ASSERT_TRUE(catalogue_.Read().ok());
    exchange_.Start();
    heard_ = signals_.Listen();
  }
  void TearDown() override {
    leaving_ = true;
    if (line_.joinable()) line_.join();
    host_.server().Stop(std::chrono::seconds(2));  // Handlers end before what they use
    exchange_.Stop();
    callers_.Stop();
  }

  template <class Reply>
  absl::StatusOr<Reply> Send(const std::string& method, const google::protobuf::Message& request,
                             const CallOptions& who) {
    return host_.channel().Call<Reply>("lintel.telephony.v1." + method, request, who);
  }
  CallOptions Supervisor() { return host_.As(supervisor_); }
  CallOptions AgentsOperator() { return host_.As(operator_); }
  CallOptions Media() { return host_.AsService("media"); }

  // A queue, a flow that leads to it, a number, and an agent of that queue.
  void GivenASalesLine() {
    v1::CreateQueueRequest queue;
    queue.mutable_queue()->set_display_name("Sales");
    queue_ = Send<v1::Queue>("RoutingService/CreateQueue", queue, Supervisor())->name();
    v1::CreateVoiceFlowRequest flow;
    flow.mutable_voice_flow()->set_display_name("Sales line");
    flow_ = Send<v1::VoiceFlow>("RoutingService/CreateVoiceFlow", flow, Supervisor())->name();
    v1::CreateVoiceFlowVersionRequest version;
    version.set_parent(flow_);
    version.mutable_version()->set_graph_json(Graph().dump());
    ASSERT_TRUE(Send<v1::VoiceFlowVersion>("RoutingService/CreateVoiceFlowVersion", version, Supervisor()).ok());
    ASSERT_TRUE(CreateNumber("95500001").ok());
    v1::CreateAgentRequest agent;
    agent.mutable_agent()->set_operator_(operator_.operator_name);
    agent.mutable_agent()->set_display_name("Agent One");
    agent.mutable_agent()->add_queues(queue_);
    agent_ = Send<v1::Agent>("AgentsService/CreateAgent", agent, Supervisor())->name();
  }
  nlohmann::json Graph() const {
    auto graph = nlohmann::json::parse(std::ifstream("telephony/flow/testdata/sales_line.json"));
    graph["nodes"]["agent"]["queue"] = queue_;
    return graph;
  }
  absl::StatusOr<v1::Number> CreateNumber(const std::string& text) {
    v1::CreateNumberRequest number;
    number.mutable_number()->set_number(text);
    number.mutable_number()->set_voice_flow(flow_);
    number.mutable_number()->set_record(true);
    return Send<v1::Number>("RoutingService/CreateNumber", number, Supervisor());
  }
  v1::SignOnResponse SignOn() {
    v1::SignOnRequest request;
    request.set_name("agents/me");
    return *Send<v1::SignOnResponse>("AgentsService/SignOn", request, AgentsOperator());
  }
  absl::StatusOr<v1::Agent> SetState(v1::AgentState state, const std::string& reason = "") {
    v1::SetStateRequest request;
    request.set_name("agents/me");
    request.set_state(state);
    request.set_reason(reason);
    return Send<v1::Agent>("AgentsService/SetState", request, AgentsOperator());
  }

  // Takes PostgreSQL away, every open connection included, or gives it back.
  void SetPostgres(bool here) {
    const std::string& connection = database_.connection();
    const std::string name = connection.substr(connection.rfind("dbname=") + 7);
    pqxx::connection admin(std::getenv("LINTEL_TEST_PG"));
    pqxx::nontransaction work(admin);
    work.exec("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + (here ? "true" : "false"));
    if (!here) work.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  // ---- The media node ----
  void AttachNode(v1::AttachRequest request = {}) {
    request.set_node("media-1");
    line_ = std::thread([this, request] {
      (void)host_.channel().Stream<v1::NodeCommand>("lintel.telephony.v1.CallControlService/Attach", request, Media(),
                                                    [this](const v1::NodeCommand& command) {
                                                      const std::lock_guard lock(mutex_);
                                                      ordered_.push_back(command);
                                                      changed_.notify_all();
                                                      return !leaving_;
                                                    });
    });
    Await([](const v1::NodeCommand& command) { return command.has_heartbeat(); });
  }
  v1::NodeCommand Await(const std::function<bool(const v1::NodeCommand&)>& wanted) {
    std::unique_lock lock(mutex_);
    v1::NodeCommand found;
    const bool came = changed_.wait_for(lock, kPatience, [&] {
      for (const auto& command : ordered_) {
        if (wanted(command)) return found = command, true;
      }
      return false;
    });
    EXPECT_TRUE(came) << "the command did not come";
    return found;
  }
  v1::CallEvent NewEvent() {
    v1::CallEvent event;
    event.set_sequence(++sequence_);
    event.set_call_id(call_);
    *event.mutable_occurred_time() = ToProto(WallClock());
    event.set_monotonic_us(sequence_ * 1'000'000);
    return event;
  }
  absl::Status Report(const v1::CallEvent& event) {
    v1::ReportCallEventsRequest request;
    request.set_node("media-1");
    *request.add_events() = event;
    return Send<v1::ReportCallEventsResponse>("CallControlService/ReportCallEvents", request, Media()).status();
  }
  void Start() {
    v1::CallEvent event = NewEvent();
    event.mutable_started()->set_tenant_id(1);
    event.mutable_started()->set_called_number("95500001");
    event.mutable_started()->set_caller_number("13800138000");
    event.mutable_started()->set_leg_id(NewId());
    event.mutable_started()->set_flow(flow_ + "/versions/1");
    ASSERT_TRUE(Report(event).ok());
  }
  void EnterQueue() {
    v1::CallEvent event = NewEvent();
    event.mutable_queue_entered()->set_queue(queue_);
    ASSERT_TRUE(Report(event).ok());
  }
  void EndCall() {
    v1::CallEvent event = NewEvent();
    event.mutable_ended()->set_hung_up_by("caller");
    event.mutable_ended()->set_recorded(true);
    ASSERT_TRUE(Report(event).ok());
  }
  // A call that was rung, talked and ended; the agent's leg is `leg_`.
  void GivenATalk() {
    AttachNode();
    SignOn();
    ASSERT_TRUE(SetState(v1::READY).ok());
    Start();
    EnterQueue();
    leg_ = Await([](const v1::NodeCommand& command) { return command.has_connect_agent(); }).connect_agent().leg_id();
    v1::CallEvent answered = NewEvent();
    answered.mutable_agent_answered()->set_leg_id(leg_);
    answered.mutable_agent_answered()->set_agent(agent_);
    ASSERT_TRUE(Report(answered).ok());
    v1::CallEvent left = NewEvent();
    left.mutable_leg_ended()->set_leg_id(leg_);
    ASSERT_TRUE(Report(left).ok());
    EndCall();
  }
  absl::StatusOr<v1::PhoneCall> GetCall(const CallOptions& who) {
    v1::GetCallRequest request;
    request.set_name("calls/" + call_);
    return Send<v1::PhoneCall>("CallsService/GetCall", request, who);
  }

  const testing::Folder folder_;
  testing::TestDatabase database_{"telephony", TelephonyMigrations()};
  testing::TestServer host_{TelephonyReasons()};
  Metrics metrics_{"telephony-test"};
  Signals signals_{WallClock};
  Nodes nodes_;
  Registrar registrar_{""};
  Catalogue catalogue_{database_.job(), WallClock};
  CallBook book_{[this](const std::string& agent) { return catalogue_.OperatorOf(agent); }};
  Lease lease_{database_.job(), kExchange, "test"};
  Spool spool_{folder_ / "records.spool", 1 << 20};
  RecordKeeper records_{database_.app(), spool_, WallClock, metrics_};
  Exchange exchange_{
      Exchange::Parts{catalogue_, lease_, nodes_, book_, signals_, records_, metrics_, WallClock, WallClock}};
  Channel nobody_{"127.0.0.1:1", "telephony", "customers", host_.tokens()};
  CallerLookUp callers_{nobody_,
                        [this](const std::string& call, const auto& caller) { exchange_.Learn(call, caller); }};
  Actions actions_{nobody_, catalogue_};
  Blobs blobs_{folder_ / "blobs", folder_ / "tenant.key"};
  lintel::Commands commands_{database_.app(), WallClock};
  std::unique_ptr<CallControlApi> control_;
  AgentsApi agents_{
      AgentsApi::Parts{commands_, exchange_, catalogue_, registrar_, "lintel.test", std::chrono::hours(1), WallClock}};
  RoutingApi routing_{commands_, exchange_, catalogue_, registrar_};
  const Reasons reasons_{TelephonyReasons()};
  FlowsApi flows_{commands_, catalogue_, reasons_};
  CallsApi calls_{database_.app(), blobs_, WallClock};
  SignalsApi signals_api_{exchange_};

  const Principal supervisor_ = testing::OperatorWith(
      {"telephony.manage", "agent.read", "agent.sign_on", "agent.supervise", "call.read", "call.listen"});
  const Principal operator_ = testing::OperatorWith({"agent.read", "agent.sign_on"});
  const std::string call_ = NewId();
  std::string queue_, flow_, agent_, leg_;
  int64_t sequence_ = 0;
  std::shared_ptr<Signals::Listener> heard_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<v1::NodeCommand> ordered_;
  std::atomic<bool> leaving_{false};
  std::thread line_;
};

}  // namespace lintel::telephony
