#include "telephony/media/control/convert.h"

#include <algorithm>
#include <utility>

#include "platform/wire/values.h"

namespace lintel::media {
namespace {

namespace v1 = telephony::v1;

constexpr int kShortestRingMs = 1000;
constexpr int kLongestRingMs = 60000;

template <class... Ts>
struct Match : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Match(Ts...) -> Match<Ts...>;

void Fill(const CallStarted& started, v1::CallStarted* out) {
  out->set_tenant_id(started.tenant);
  out->set_called_number(started.called_number);
  out->set_caller_number(started.caller_number);
  out->set_trunk(started.trunk);
  out->set_leg_id(started.leg_id);
  out->set_flow(started.flow);
}

void Fill(const LegEnded& ended, v1::LegEnded* out) {
  out->set_leg_id(ended.leg_id);
  out->set_sip_code(ended.sip_code);
  out->set_q850_cause(ended.q850_cause);
  out->set_packets_received(static_cast<int64_t>(ended.packets_received));
  out->set_packets_lost(static_cast<int64_t>(ended.packets_lost));
  out->set_jitter_us(static_cast<int32_t>(std::min<uint32_t>(ended.jitter_us, INT32_MAX)));
}

void Fill(const CallEnded& ended, v1::CallEnded* out) {
  out->set_hung_up_by(ended.hung_up_by);
  out->set_sip_code(ended.sip_code);
  out->set_q850_cause(ended.q850_cause);
  out->set_recorded(ended.recorded);
  *out->mutable_call() = ToProto(ended.call);
}

Destination ToDestination(const v1::ConnectAgent& connect) {
  return {.leg_id = connect.leg_id(),
          .agent = connect.agent(),
          .sip_uri = connect.sip_uri(),
          .device = connect.device() == v1::PHONE ? AgentDevice::kPhone : AgentDevice::kBrowser,
          .ring_limit = flow::Milliseconds(std::clamp(connect.ring_timeout_ms(), kShortestRingMs, kLongestRingMs)),
          .call_reference = connect.call_reference(),
          .record = connect.record()};
}

v1::CallState ToWire(LiveCall::State state) {
  switch (state) {
    case LiveCall::State::kQueued:
      return v1::QUEUED;
    case LiveCall::State::kRinging:
      return v1::RINGING_AGENT;
    case LiveCall::State::kBridged:
      return v1::BRIDGED;
    case LiveCall::State::kInFlow:
      return v1::IN_FLOW;
  }
  return v1::CALL_STATE_UNSPECIFIED;
}

}  // namespace

v1::CallEvent ToProto(const Report& report) {
  v1::CallEvent event;
  std::visit(Match{[&](const CallStarted& r) { Fill(r, event.mutable_started()); },
                   [&](const FlowStepped& r) {
                     event.mutable_flow_step()->set_node_id(r.node);
                     event.mutable_flow_step()->set_edge(r.edge);
                     event.mutable_flow_step()->set_digits(r.digits);
                   },
                   [&](const QueueEntered& r) {
                     event.mutable_queue_entered()->set_queue(r.queue);
                     event.mutable_queue_entered()->set_language(r.language);
                   },
                   [&](const QueueLeft& r) {
                     event.mutable_queue_left()->set_queue(r.queue);
                     event.mutable_queue_left()->set_reason(r.reason);
                   },
                   [&](const AgentRinging& r) {
                     event.mutable_agent_ringing()->set_leg_id(r.leg_id);
                     event.mutable_agent_ringing()->set_agent(r.agent);
                   },
                   [&](const AgentAnswered& r) {
                     event.mutable_agent_answered()->set_leg_id(r.leg_id);
                     event.mutable_agent_answered()->set_agent(r.agent);
                   },
                   [&](const AgentFailed& r) {
                     event.mutable_agent_failed()->set_leg_id(r.leg_id);
                     event.mutable_agent_failed()->set_agent(r.agent);
                     event.mutable_agent_failed()->set_sip_code(r.sip_code);
                   },
                   [&](const LegEnded& r) { Fill(r, event.mutable_leg_ended()); },
                   [&](const HoldChanged& r) {
                     event.mutable_hold_changed()->set_leg_id(r.leg_id);
                     event.mutable_hold_changed()->set_on_hold(r.on_hold);
                   },
                   [&](const CallEnded& r) { Fill(r, event.mutable_ended()); }},
             report);
  return event;
}

v1::LiveCall ToProto(const LiveCall& call) {
  v1::LiveCall out;
  out.set_call_id(call.identity.call_id);
  out.set_tenant_id(call.tenant);
  out.set_called_number(call.identity.called_number);
  out.set_caller_number(call.identity.caller_number);
  out.set_leg_id(call.identity.caller_leg_id);
  out.set_flow(call.flow);
  out.set_trunk(call.trunk);
  out.set_state(ToWire(call.state));
  out.set_queue(call.queue);
  out.set_agent(call.agent);
  out.set_queue_leg_id(call.agent_leg_id);
  *out.mutable_start_time() = lintel::ToProto(call.identity.started);
  if (call.queued_at.has_value()) *out.mutable_queued_time() = lintel::ToProto(*call.queued_at);
  if (call.answered_at.has_value()) *out.mutable_answer_time() = lintel::ToProto(*call.answered_at);
  out.set_monotonic_us(call.told_at.time_since_epoch().count());
  out.set_wait_us(call.waited.count());
  out.set_talk_us(call.talked.count());
  return out;
}

std::optional<CallOrder> FromProto(const v1::NodeCommand& command) {
  CallOrder order{.exchange = command.exchange(), .epoch = command.epoch(), .call_id = command.call_id()};
  switch (command.command_case()) {
    case v1::NodeCommand::kConnectAgent:
      order.order = ConnectAgent{ToDestination(command.connect_agent())};
      return order;
    case v1::NodeCommand::kCancelConnect:
      order.order = CancelConnect{command.cancel_connect().leg_id()};
      return order;
    case v1::NodeCommand::kHangUp:
      order.order = HangUpCall{command.hang_up().sip_code()};
      return order;
    case v1::NodeCommand::kAnnouncement:
      order.order = Announce{command.announcement().prompt()};
      return order;
    case v1::NodeCommand::kLeaveQueue:
      order.order = LeaveQueue{};
      return order;
    default:
      return std::nullopt;
  }
}

absl::StatusOr<Route> GraphCache::FromProto(const v1::RouteCallResponse& response) {
  Route route{.tenant = response.tenant_id(),
              .exchange = response.exchange(),
              .flow_name = response.flow(),
              .language = speech::FromTag(response.language()),
              .trunk = response.trunk(),
              .record = response.record()};
  const std::lock_guard lock(mutex_);
  const auto known = graphs_.find(response.flow());
  if (known != graphs_.end()) {
    route.graph = known->second;
    return route;
  }
  absl::StatusOr<std::shared_ptr<const flow::Graph>> graph = flow::ParseGraph(response.graph_json());
  if (!graph.ok()) return graph.status();
  if (graphs_.size() >= kMostKept) graphs_.clear();
  graphs_[response.flow()] = *graph;
  route.graph = *std::move(graph);
  return route;
}

}  // namespace lintel::media
