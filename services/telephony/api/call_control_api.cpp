#include "services/telephony/api/call_control_api.h"

#include "absl/strings/numbers.h"
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/wire/values.h"
#include "services/telephony/domain/peaks.h"
#include "services/telephony/store/call_store.h"

namespace lintel::telephony {
namespace {

constexpr auto kHeartbeat = std::chrono::milliseconds(500);
constexpr int64_t kLargestRecording = 512LL << 20;
constexpr int kMostEvents = 100;

absl::Status ExchangeAway() {
  return WithReason(absl::StatusCode::kUnavailable, "EXCHANGE_AWAY", "this replica does not own the exchange");
}

absl::Status NodeDetached() {
  return WithReason(absl::StatusCode::kUnavailable, "NODE_DETACHED", "a node attaches before it reports");
}

// What the sender says of a recording before its bytes come.
struct Announced {
  int64_t size_bytes = 0;
  std::string sha256;
};

absl::StatusOr<Announced> ReadAnnounced(const Call& call) {
  Announced announced{.sha256 = call.Metadata("x-lintel-sha256")};
  if (!absl::SimpleAtoi(call.Metadata("x-lintel-content-length"), &announced.size_bytes))
    return InvalidField("x-lintel-content-length", "must be a number in range");
  if (announced.sha256.empty()) return InvalidField("x-lintel-sha256", "is required");
  return announced;
}

absl::Status CheckArrived(const Announced& announced, const BlobInfo& blob) {
  if (blob.size_bytes == announced.size_bytes && blob.sha256 == announced.sha256) return absl::OkStatus();
  return WithReason(
      absl::StatusCode::kDataLoss, "RECORDING_DAMAGED", "what arrived is not what was announced",
      {{"announced", std::to_string(announced.size_bytes)}, {"arrived", std::to_string(blob.size_bytes)}});
}

}  // namespace

void CallControlApi::Register(Server& server) {
  const std::string prefix = "lintel.telephony.v1.CallControlService/";
  server.HandleStream(prefix + "Attach", this, &CallControlApi::Attach);
  server.Handle(prefix + "ReportCallEvents", this, &CallControlApi::ReportCallEvents);
  server.Handle(prefix + "RouteCall", this, &CallControlApi::RouteCall);
  server.Handle(prefix + "RunAction", this, &CallControlApi::RunAction);
  server.HandleUpload(prefix + "UploadRecording", this, &CallControlApi::UploadRecording);
}

absl::Status CallControlApi::Attach(const Call&, const v1::AttachRequest& request,
                                    rpc::Writer<v1::NodeCommand>& writer) {
  if (request.node().empty()) return InvalidField("node", "is required");
  if (!parts_.exchange.owns()) return ExchangeAway();
  const auto line = TakeOver(request);
  v1::NodeCommand heartbeat;
  heartbeat.mutable_heartbeat();
  parts_.nodes.Send(request.node(), heartbeat);  // The first says at once that somebody is here
  while (!writer.cancelled() && !line->replaced() && parts_.exchange.owns()) {
    auto command = line->Next(kHeartbeat);
    if (!writer.Write(command ? *std::move(command) : heartbeat)) break;
  }
  parts_.nodes.Detach(request.node(), line);
  return parts_.exchange.owns() ? absl::OkStatus() : ExchangeAway();
}

std::shared_ptr<Nodes::Line> CallControlApi::TakeOver(const v1::AttachRequest& request) {
  const auto turn = parts_.nodes.Turn(request.node());
  const auto line = parts_.nodes.Attach(request.node());
  for (const v1::LiveCall& call : parts_.book.Attach(request)) {
    parts_.exchange.Restore(request.node(), call);
    parts_.callers.Ask(call.tenant_id(), call.call_id(), call.caller_number());
  }
  return line;
}

absl::StatusOr<v1::ReportCallEventsResponse> CallControlApi::ReportCallEvents(
    const Call&, const v1::ReportCallEventsRequest& request) {
  if (request.events().empty() || request.events_size() > kMostEvents)
    return InvalidField("events", "must be 1 to 100");
  if (!parts_.exchange.owns()) return ExchangeAway();
  const auto turn = parts_.nodes.Turn(request.node());
  if (!parts_.nodes.IsAttached(request.node())) return NodeDetached();
  for (const v1::CallEvent& event : request.events()) {
    if (event.sequence() <= parts_.nodes.LastSequence(request.node())) continue;
    const CallBook::Taken taken = parts_.book.Take(request.node(), event);
    // The record first: what is acknowledged is durable.
    if (taken.record) RETURN_IF_ERROR(parts_.records.Keep(*taken.record));
    parts_.nodes.SetLastSequence(request.node(), event.sequence());
    const v1::CallStarted& started = event.started();
    if (event.has_started()) parts_.callers.Ask(started.tenant_id(), event.call_id(), started.caller_number());
    if (taken.is_news) TellFloor(request.node(), event);
  }
  v1::ReportCallEventsResponse response;
  response.set_last_sequence(parts_.nodes.LastSequence(request.node()));
  return response;
}

void CallControlApi::TellFloor(const std::string& node, const v1::CallEvent& event) {
  Exchange& exchange = parts_.exchange;
  const std::string& id = event.call_id();
  switch (event.event_case()) {
    case v1::CallEvent::kQueueEntered: {
      const auto when = ToInstant("occurred_time", event.occurred_time());
      return exchange.Handle(CallQueued{id, event.queue_entered().queue(), node, event.queue_entered().language(),
                                        exchange.PlaceOf(when.ok() ? *when : parts_.wall_clock())});
    }
    case v1::CallEvent::kQueueLeft:
      return exchange.Handle(CallLeftQueue{id});
    case v1::CallEvent::kAgentRinging:
      return exchange.Handle(CallRinging{id, event.agent_ringing().leg_id()});
    case v1::CallEvent::kAgentAnswered:
      return exchange.Handle(CallAnswered{id, event.agent_answered().leg_id()});
    case v1::CallEvent::kAgentFailed:
      return exchange.Handle(CallFailed{id, event.agent_failed().leg_id(), event.agent_failed().sip_code()});
    case v1::CallEvent::kLegEnded:
      return exchange.Handle(AgentLegEnded{id, event.leg_ended().leg_id()});
    case v1::CallEvent::kEnded:
      return exchange.Handle(lintel::telephony::CallEnded{id});
    case v1::CallEvent::kStarted:
    case v1::CallEvent::kFlowStep:
    case v1::CallEvent::kHoldChanged:
    case v1::CallEvent::EVENT_NOT_SET:
      return;
  }
}

absl::StatusOr<v1::RouteCallResponse> CallControlApi::RouteCall(const Call&, const v1::RouteCallRequest& request) {
  const auto snapshot = parts_.catalogue.Now();
  const auto route = snapshot->routes.find(request.called_number());
  if (route == snapshot->routes.end()) {
    return WithReason(absl::StatusCode::kNotFound, "NUMBER_UNKNOWN", "nobody has this number");
  }
  v1::RouteCallResponse response;
  response.set_tenant_id(route->second.tenant);
  response.set_exchange(kExchange);
  response.set_flow(route->second.flow);
  response.set_graph_json(route->second.graph);
  response.set_language(route->second.language);
  response.set_record(route->second.record);
  const auto trunk = snapshot->trunks.find(request.trunk_address().substr(0, request.trunk_address().find(':')));
  if (trunk != snapshot->trunks.end()) response.set_trunk("trunks/" + trunk->second.id);
  return response;
}

absl::StatusOr<v1::RunActionResponse> CallControlApi::RunAction(const Call& call, const v1::RunActionRequest& request) {
  return parts_.actions.Run(request, call.deadline());
}

absl::StatusOr<v1::UploadRecordingResponse> CallControlApi::UploadRecording(
    const Call& call, rpc::Reader<google::api::HttpBody>& chunks) {
  const std::string id = call.Metadata("x-lintel-call");
  if (!IsId(id)) return InvalidField("x-lintel-call", "must name a call");
  ASSIGN_OR_RETURN(const Announced announced, ReadAnnounced(call));
  PeakBuilder peaks;
  ASSIGN_OR_RETURN(const BlobInfo blob, parts_.blobs.Put(call.tenant(), kLargestRecording, [&](std::string& piece) {
    google::api::HttpBody chunk;
    if (!chunks.Read(chunk)) return false;
    piece = std::move(*chunk.mutable_data());
    peaks.Feed(piece);
    return true;
  }));
  const Scope scope{.reach = Scope::Reach::kTenant, .tenant = call.tenant()};
  const auto keep = [&]() -> absl::StatusOr<RecordingRow> {
    RETURN_IF_ERROR(CheckArrived(announced, blob));
    RETURN_IF_ERROR(peaks.Finish());
    const RecordingRow row{.call_id = id,
                           .blob = blob,
                           .duration_ms = peaks.duration_ms(),
                           .channels = peaks.channels(),
                           .peaks = peaks.peaks()};
    return parts_.app.Run<RecordingRow>(call.Transaction(), [&](pg::Transaction& tx) -> absl::StatusOr<RecordingRow> {
      CallStore store(tx, scope);
      if (store.Insert(row, parts_.clock())) return row;
      return store.FindRecording(id);  // It came before
    });
  };
  const absl::StatusOr<RecordingRow> kept = keep();
  // In doubt the row may be there, and the bytes must stay for it.
  const bool is_spare = kept.ok() ? kept->blob.id != blob.id : ReasonOf(kept.status()) != "COMMIT_IN_DOUBT";
  if (is_spare) parts_.blobs.Remove(blob.id);
  if (!kept.ok()) return kept.status();
  v1::UploadRecordingResponse response;
  response.set_recording("calls/" + id + "/recording");
  response.set_sha256_hex(kept->blob.sha256);
  return response;
}

}  // namespace lintel::telephony
