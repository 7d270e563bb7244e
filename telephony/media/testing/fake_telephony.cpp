// A `telephony` for tests of the node: one number, one flow, one agent who gets every queued call.
//   fake_telephony PORT GRAPH_FILE AGENT_URI browser|phone RECORDINGS_FOLDER
// LINTEL_SERVICE_KEY as the node's. Prints each report as a line: its kind, then its JSON.
#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <csignal>
#include <deque>
#include <fstream>
#include <iterator>

#include "google/api/httpbody.pb.h"
#include "lintel/telephony/v1/call_control.pb.h"
#include "platform/ids/ids.h"
#include "platform/server/server.h"

namespace lintel {
namespace {

namespace v1 = telephony::v1;

constexpr char kService[] = "lintel.telephony.v1.CallControlService/";
constexpr char kNumber[] = "4001";

struct Plan {
  std::string graph;
  std::string agent_uri;
  v1::AgentDevice device = v1::BROWSER;
  std::string recordings;
};

class FakeTelephony {
 public:
  explicit FakeTelephony(Plan plan) : plan_(std::move(plan)) {}

  void Register(Server& server) {
    const std::string service = kService;
    server.HandleStream(service + "Attach", this, &FakeTelephony::Attach);
    server.Handle(service + "ReportCallEvents", this, &FakeTelephony::ReportCallEvents);
    server.Handle(service + "RouteCall", this, &FakeTelephony::RouteCall);
    server.Handle(service + "RunAction", this, &FakeTelephony::RunAction);
    server.HandleUpload(service + "UploadRecording", this, &FakeTelephony::UploadRecording);
  }

  absl::Status Attach(const Call& call, const v1::AttachRequest& request, rpc::Writer<v1::NodeCommand>& writer) {
    Print("attach", request);
    for (;;) {
      v1::NodeCommand command;
      {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::milliseconds(500), [this] { return !commands_.empty(); });
        if (commands_.empty()) {
          command.mutable_heartbeat();
        } else {
          command = commands_.front();
          commands_.pop_front();
        }
      }
      if (call.cancelled() || !writer.Write(command)) return absl::OkStatus();
    }
  }

  absl::StatusOr<v1::ReportCallEventsResponse> ReportCallEvents(const Call&,
                                                                const v1::ReportCallEventsRequest& request) {
    v1::ReportCallEventsResponse response;
    for (const v1::CallEvent& event : request.events()) {
      response.set_last_sequence(event.sequence());
      const std::lock_guard lock(mutex_);
      if (event.sequence() <= last_sequence_) continue;
      last_sequence_ = event.sequence();
      Print("event", event);
      if (event.has_queue_entered()) Connect(event.call_id());
    }
    changed_.notify_all();
    return response;
  }

  absl::StatusOr<v1::RouteCallResponse> RouteCall(const Call&, const v1::RouteCallRequest& request) {
    if (request.called_number() != kNumber) return absl::NotFoundError("no such number");
    v1::RouteCallResponse response;
    response.set_tenant_id(1);
    response.set_exchange("exchange");
    response.set_flow("voiceFlows/test/versions/1");
    response.set_graph_json(plan_.graph);
    response.set_language("en");
    response.set_trunk("trunks/test");
    response.set_record(true);
    return response;
  }

  absl::StatusOr<v1::RunActionResponse> RunAction(const Call&, const v1::RunActionRequest& request) {
    v1::RunActionResponse response;
    response.set_outcome(request.action() == "may_dial" ? "allowed" : "missing");
    (*response.mutable_values())["sip_uri"] = plan_.agent_uri;
    return response;
  }

  absl::StatusOr<v1::UploadRecordingResponse> UploadRecording(const Call& call,
                                                              rpc::Reader<google::api::HttpBody>& reader) {
    std::ofstream file(plan_.recordings + "/" + call.Metadata("x-lintel-call") + ".wav", std::ios::binary);
    google::api::HttpBody chunk;
    while (reader.Read(chunk)) file << chunk.data();
    file.close();
    v1::UploadRecordingResponse response;
    Print("recording", response);
    return response;
  }

 private:
  // Under mutex_.
  void Connect(const std::string& call_id) {
    v1::NodeCommand command;
    command.set_epoch(1);
    command.set_exchange("exchange");
    command.set_call_id(call_id);
    v1::ConnectAgent& connect = *command.mutable_connect_agent();
    connect.set_leg_id(NewId());
    connect.set_agent("agents/test");
    connect.set_sip_uri(plan_.agent_uri);
    connect.set_ring_timeout_ms(15000);
    connect.set_call_reference(call_id);
    connect.set_record(true);
    connect.set_device(plan_.device);
    commands_.push_back(command);
  }

  static void Print(const char* kind, const google::protobuf::Message& message) {
    std::string json;
    const bool whole = google::protobuf::util::MessageToJsonString(message, &json).ok();
    if (!whole) return;
    fmt::print("{} {}\n", kind, json);
    std::fflush(stdout);
  }

  const Plan plan_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<v1::NodeCommand> commands_;  // Guarded by mutex_.
  int64_t last_sequence_ = 0;             // Guarded by mutex_.
};

int Serve(int argc, char** argv) {
  if (argc != 6) return 2;
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGTERM);
  sigprocmask(SIG_BLOCK, &stopping, nullptr);
  std::ifstream graph(argv[2]);
  FakeTelephony fake({.graph = std::string(std::istreambuf_iterator<char>(graph), {}),
                      .agent_uri = argv[3],
                      .device = std::string(argv[4]) == "phone" ? v1::PHONE : v1::BROWSER,
                      .recordings = argv[5]});
  const SigningKey key = NewSigningKey();
  const Tokens tokens(std::getenv("LINTEL_SERVICE_KEY"), key.public_hex, WallClock);
  PrincipalCache principals([](const auth::TokenClaims&) { return absl::UnauthenticatedError("no operators here"); });
  const Reasons reasons(std::span<const EmbeddedFile>{});
  Metrics metrics("fake");
  Server server({.address = fmt::format("127.0.0.1:{}", argv[1])}, tokens, principals, reasons, metrics);
  fake.Register(server);
  if (!server.Start().ok()) return 1;
  fmt::print("ready {{}}\n");
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stopping, &signal);
  server.Stop(std::chrono::milliseconds(200));
  return 0;
}

}  // namespace
}  // namespace lintel

int main(int argc, char** argv) { return lintel::Serve(argc, argv); }
