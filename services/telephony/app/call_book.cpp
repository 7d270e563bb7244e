#include "services/telephony/app/call_book.h"

#include "platform/ids/ids.h"
#include "platform/wire/values.h"

namespace lintel::telephony {
namespace {

constexpr int kMostSteps = 500;
constexpr int kNodeLost = 503;
constexpr int kNetworkOutOfOrder = 38;  // Q.850

v1::CallLeg& LegOf(std::map<std::string, v1::CallLeg>& legs, const std::string& id, const std::string& agent,
                   const google::protobuf::Timestamp& when) {
  v1::CallLeg& leg = legs[id];
  if (leg.leg_id().empty()) {
    leg.set_leg_id(id);
    leg.set_agent(agent);
    *leg.mutable_start_time() = when;
  }
  return leg;
}

void EndLeg(v1::CallLeg& leg, const google::protobuf::Timestamp& when, int sip_code, int cause) {
  *leg.mutable_end_time() = when;
  leg.set_sip_code(sip_code);
  leg.set_q850_cause(cause);
}

}  // namespace

std::optional<v1::SpooledRecord> CallBook::Take(const std::string& node, const v1::CallEvent& event) {
  const std::lock_guard lock(mutex_);
  // A call that never said how it began was closed before, or is not ours to judge: nothing can be recorded of it.
  if (!calls_.contains(event.call_id()) && !event.has_started()) return std::nullopt;
  if (!IsId(event.call_id())) return std::nullopt;
  Live& live = calls_[event.call_id()];
  live.node = node;
  Apply(live, event);
  if (!event.has_ended()) return std::nullopt;
  v1::PhoneCall& call = live.facts.call;
  call.set_hung_up_by(event.ended().hung_up_by());
  call.set_sip_code(event.ended().sip_code());
  call.set_q850_cause(event.ended().q850_cause());
  call.set_recorded(event.ended().recorded());
  v1::SpooledRecord record = Close(live, event.occurred_time());
  calls_.erase(event.call_id());
  return record;
}

void CallBook::Apply(Live& live, const v1::CallEvent& event) {
  v1::PhoneCall& call = live.facts.call;
  const auto& when = event.occurred_time();
  switch (event.event_case()) {
    case v1::CallEvent::kStarted: {
      const v1::CallStarted& started = event.started();
      live.facts.tenant = started.tenant_id();
      call.set_name("calls/" + event.call_id());
      call.set_caller_number(started.caller_number());
      call.set_called_number(started.called_number());
      call.set_trunk(started.trunk());
      call.set_flow(started.flow());
      *call.mutable_start_time() = when;
      *LegOf(live.legs, started.leg_id(), "", when).mutable_answer_time() = when;
      break;
    }
    case v1::CallEvent::kFlowStep: {
      if (call.steps_size() >= kMostSteps) break;
      v1::CallStep& step = *call.add_steps();
      step.set_node(event.flow_step().node_id());
      step.set_edge(event.flow_step().edge());
      step.set_digits(event.flow_step().digits());
      break;
    }
    case v1::CallEvent::kQueueEntered:
      call.set_queue(event.queue_entered().queue());
      live.facts.queued_time = when;
      live.queued_us = event.monotonic_us();
      break;
    case v1::CallEvent::kQueueLeft:
      if (live.queued_us) live.wait_us += event.monotonic_us() - *live.queued_us;
      live.queued_us.reset();
      break;
    case v1::CallEvent::kAgentRinging:
      LegOf(live.legs, event.agent_ringing().leg_id(), event.agent_ringing().agent(), when);
      break;
    case v1::CallEvent::kAgentAnswered: {
      const v1::AgentAnswered& answered = event.agent_answered();
      if (live.queued_us) live.wait_us += event.monotonic_us() - *live.queued_us;
      live.queued_us.reset();
      live.answered_us = event.monotonic_us();
      if (!call.has_answer_time()) *call.mutable_answer_time() = when;
      call.set_agent(answered.agent());
      call.set_operator_(live.operators[answered.agent()]);
      *LegOf(live.legs, answered.leg_id(), answered.agent(), when).mutable_answer_time() = when;
      break;
    }
    case v1::CallEvent::kAgentFailed:
      EndLeg(LegOf(live.legs, event.agent_failed().leg_id(), event.agent_failed().agent(), when), when,
             event.agent_failed().sip_code(), 0);
      live.facts.popped_to.clear();
      break;
    case v1::CallEvent::kLegEnded: {
      const v1::LegEnded& ended = event.leg_ended();
      v1::CallLeg& leg = LegOf(live.legs, ended.leg_id(), "", when);
      EndLeg(leg, when, ended.sip_code(), ended.q850_cause());
      leg.set_packets_received(ended.packets_received());
      leg.set_packets_lost(ended.packets_lost());
      leg.set_jitter_us(ended.jitter_us());
      if (!leg.agent().empty() && leg.has_answer_time() && live.answered_us) {
        live.talk_us += event.monotonic_us() - *live.answered_us;
        live.answered_us.reset();
        live.facts.popped_to.clear();
      }
      break;
    }
    case v1::CallEvent::kEnded:
      if (live.answered_us) live.talk_us += event.monotonic_us() - *live.answered_us;
      if (live.queued_us) live.wait_us += event.monotonic_us() - *live.queued_us;
      break;
    case v1::CallEvent::kHoldChanged:
    case v1::CallEvent::EVENT_NOT_SET:
      break;
  }
}

v1::SpooledRecord CallBook::Close(Live& live, const google::protobuf::Timestamp& when) {
  v1::PhoneCall& call = live.facts.call;
  *call.mutable_end_time() = when;
  call.set_wait_ms(std::max<int64_t>(0, live.wait_us / 1000));
  call.set_talk_ms(std::max<int64_t>(0, live.talk_us / 1000));
  for (auto& [id, leg] : live.legs) {
    if (!leg.has_end_time()) EndLeg(leg, when, call.sip_code(), call.q850_cause());
    *call.add_legs() = leg;
  }
  v1::SpooledRecord record;
  record.set_tenant_id(live.facts.tenant);
  *record.mutable_call() = call;
  return record;
}

void CallBook::Restore(const std::string& node, const v1::LiveCall& from) {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = calls_.try_emplace(from.call_id());
  Live& live = place->second;
  live.node = node;
  if (!is_new || !IsId(from.call_id())) return;
  v1::PhoneCall& call = live.facts.call;
  live.facts.tenant = from.tenant_id();
  live.facts.queued_time = from.queued_time();
  call.set_name("calls/" + from.call_id());
  call.set_caller_number(from.caller_number());
  call.set_called_number(from.called_number());
  call.set_queue(from.queue());
  *call.mutable_start_time() = from.start_time();
  if (from.state() != v1::BRIDGED) return;
  call.set_agent(from.agent());
  *call.mutable_answer_time() = from.answer_time();
  *LegOf(live.legs, from.queue_leg_id(), from.agent(), from.answer_time()).mutable_answer_time() = from.answer_time();
}

std::optional<CallFacts> CallBook::Learn(const std::string& call_id,
                                         const customers::v1::LookUpCallerResponse& caller) {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(call_id);
  if (found == calls_.end()) return std::nullopt;
  CallFacts& facts = found->second.facts;
  facts.caller = caller;
  facts.call.set_customer(caller.found() ? caller.customer() : "");
  if (facts.popped_to.empty()) return std::nullopt;
  return facts;
}

std::optional<CallFacts> CallBook::Pop(const std::string& call_id, const std::string& agent,
                                       const std::string& operator_name) {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(call_id);
  if (found == calls_.end()) return std::nullopt;
  found->second.facts.popped_to = agent;
  found->second.operators[agent] = operator_name;
  return found->second.facts;
}

std::vector<v1::SpooledRecord> CallBook::CloseAll(const std::string& node, Instant now) {
  const std::lock_guard lock(mutex_);
  std::vector<v1::SpooledRecord> records;
  for (auto& [id, live] : calls_) {
    if (live.node != node) continue;
    live.facts.call.set_hung_up_by("system");
    live.facts.call.set_sip_code(kNodeLost);
    live.facts.call.set_q850_cause(kNetworkOutOfOrder);
    records.push_back(Close(live, ToProto(now)));
  }
  std::erase_if(calls_, [&](const auto& entry) { return entry.second.node == node; });
  return records;
}

std::optional<CallFacts> CallBook::Find(const std::string& call_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(call_id);
  if (found == calls_.end()) return std::nullopt;
  return found->second.facts;
}

size_t CallBook::size() const {
  const std::lock_guard lock(mutex_);
  return calls_.size();
}

}  // namespace lintel::telephony
