// What the distributor decided, on its way to nodes, screens and records.
#include "lintel/telephony/v1/events.pb.h"
#include "platform/log/log.h"
#include "platform/server/mask.h"
#include "platform/wire/values.h"
#include "services/telephony/app/exchange.h"

namespace lintel::telephony {
namespace {

constexpr size_t kMostRecords = 10'000;

v1::AgentState ToWire(AgentState state) { return static_cast<v1::AgentState>(static_cast<int>(state) + 1); }

v1::AgentStateSignal SignalOf(const AgentChanged& now, const std::string& operator_id, Instant since) {
  v1::AgentStateSignal signal;
  signal.set_agent(now.agent);
  signal.set_operator_("operators/" + operator_id);
  signal.set_state(ToWire(now.state));
  signal.set_reason(now.reason);
  *signal.mutable_since() = ToProto(since);
  signal.set_call(now.call.empty() ? "" : "calls/" + now.call);
  return signal;
}

v1::QueueSignal SignalOf(const QueueChanged& now) {
  v1::QueueSignal signal;
  signal.set_queue(now.queue);
  signal.set_waiting(static_cast<int32_t>(now.waiting));
  signal.set_ready_agents(static_cast<int32_t>(now.ready));
  return signal;
}

}  // namespace

void Exchange::Order(const std::string& node, const std::string& call, v1::NodeCommand command) {
  command.set_epoch(parts_.lease.epoch());
  command.set_exchange(kExchange);
  command.set_call_id(call);
  if (!parts_.nodes.Send(node, std::move(command)))
    log::Warn("a command found no node", {{"node", node}, {"call", call}});
}

void Exchange::Do(const ConnectAgent& command) {
  const auto snapshot = parts_.catalogue.Now();
  const auto session = snapshot->sessions.find(command.agent);
  v1::NodeCommand order;
  v1::ConnectAgent& connect = *order.mutable_connect_agent();
  connect.set_leg_id(command.leg);
  connect.set_agent(command.agent);
  // An agent whose account is gone is rung in vain and taken off the queue by the failure's report.
  if (session != snapshot->sessions.end())
    connect.set_sip_uri("sip:" + session->second.account + "@" + session->second.domain);
  connect.set_ring_timeout_ms(static_cast<int32_t>(command.ring_limit / std::chrono::milliseconds(1)));
  connect.set_call_reference(command.call);
  const auto facts = parts_.book.Find(command.call);
  const auto route = facts ? snapshot->routes.find(facts->call.called_number()) : snapshot->routes.end();
  connect.set_record(route != snapshot->routes.end() && route->second.record);
  Order(command.node, command.call, std::move(order));
}

void Exchange::Do(const CancelConnect& command) {
  v1::NodeCommand order;
  order.mutable_cancel_connect()->set_leg_id(command.leg);
  Order(command.node, command.call, std::move(order));
}

void Exchange::Do(const LeaveQueue& command) {
  v1::NodeCommand order;
  order.mutable_leave_queue();
  Order(command.node, command.call, std::move(order));
}

void Exchange::Do(const HangUpCall& command) {
  v1::NodeCommand order;
  order.mutable_hang_up();
  Order(command.node, command.call, std::move(order));
}

void Exchange::Do(const PopAgent& command) {
  const auto snapshot = parts_.catalogue.Now();
  if (!snapshot->agents.contains(command.agent)) return;
  if (const auto facts = parts_.book.Pop(command.call, command.agent)) Show(*facts);
}

void Exchange::Show(const CallFacts& facts) {
  const auto snapshot = parts_.catalogue.Now();
  const auto agent = snapshot->agents.find(facts.popped_to);
  if (agent == snapshot->agents.end()) return;
  v1::PopSignal pop;
  pop.set_call(facts.call.name());
  pop.set_agent(facts.popped_to);
  pop.set_operator_("operators/" + agent->second.operator_id);
  pop.set_queue(facts.call.queue());
  pop.set_call_reference(facts.call.name().substr(facts.call.name().find('/') + 1));
  pop.set_called_number(facts.call.called_number());
  *pop.mutable_queued_time() = facts.queued_time;
  pop.set_known(facts.caller.has_value());
  pop.set_masked_number(MaskPhone(facts.call.caller_number()));
  if (facts.caller) {
    pop.set_customer(facts.caller->customer());
    pop.set_display_name(facts.caller->display_name());
    pop.set_masked_number(facts.caller->masked_number());
    *pop.mutable_tags() = facts.caller->tags();
    pop.set_level(facts.caller->level());
  }
  parts_.signals.Publish(facts.tenant, pop, facts.call.name(), pop.operator_());
}

void Exchange::Do(const AgentChanged& command) {
  const auto snapshot = parts_.catalogue.Now();
  const auto agent = snapshot->agents.find(command.agent);
  if (agent == snapshot->agents.end()) return;
  const Instant now = parts_.clock();
  const v1::AgentStateSignal signal = SignalOf(command, agent->second.operator_id, now);
  parts_.signals.Publish(agent->second.tenant, signal, command.agent);
  if (command.state == AgentState::kRinging || to_write_.size() >= kMostRecords) return;
  v1::SpooledRecord& record = to_write_.emplace_back();
  record.set_tenant_id(agent->second.tenant);
  v1::AgentPeriodRecord& period = *record.mutable_agent_period();
  period.set_agent(command.agent);
  period.set_state(signal.state());
  period.set_reason(command.reason);
  *period.mutable_start_time() = ToProto(now);
  changed_.notify_all();
}

void Exchange::Do(const QueueChanged& command) {
  const auto queue = distributor_.floor().queues.find(command.queue);
  if (queue == distributor_.floor().queues.end()) return;
  parts_.signals.Publish(queue->second.tenant, SignalOf(command), command.queue);
}

std::shared_ptr<Signals::Listener> Exchange::Watch() {
  const auto snapshot = parts_.catalogue.Now();
  const std::lock_guard lock(mutex_);
  const auto listener = parts_.signals.Listen();
  const Floor& floor = distributor_.floor();
  for (const auto& [name, agent] : floor.agents) {
    const auto record = snapshot->agents.find(name);
    if (record == snapshot->agents.end()) continue;
    const Instant since = parts_.clock() - (Monotonic() - agent.since);
    parts_.signals.Tell(
        *listener, record->second.tenant,
        SignalOf(AgentChanged{name, agent.state, agent.reason, agent.call}, record->second.operator_id, since), name);
  }
  for (const auto& [name, queue] : floor.queues) {
    const QueueNow now = Count(name);
    parts_.signals.Tell(*listener, queue.tenant, SignalOf(QueueChanged{name, now.waiting, now.ready}), name);
  }
  return listener;
}

}  // namespace lintel::telephony
