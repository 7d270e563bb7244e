#include "services/telephony/app/call_book.h"

#include <algorithm>
#include <limits>

#include "platform/ids/ids.h"
#include "platform/wire/values.h"

namespace lintel::telephony {
namespace {

constexpr int kMostSteps = 500;
constexpr int kMostUnknown = 1000;
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

CallBook::Taken CallBook::Take(const std::string& node, const v1::CallEvent& event) {
  const std::lock_guard lock(mutex_);
  Live* live = Meet(node, event);
  if (live == nullptr) return {};
  const v1::CallEnded& ended = event.ended();
  const bool is_restored = !live->is_known() && ended.has_call();
  if (is_restored) Fill(*live, event.call_id(), ended.call());
  Retrace(*live, ended);
  NoteTrace(*live, event);
  if (is_restored || event.sequence() > live->told_until) NoteState(*live, event);
  Taken taken{.is_news = event.sequence() > live->past_until};
  if (!event.has_ended()) return taken;
  if (live->is_known()) {
    v1::PhoneCall& call = live->facts.call;
    call.set_hung_up_by(ended.hung_up_by());
    call.set_sip_code(ended.sip_code());
    call.set_q850_cause(ended.q850_cause());
    call.set_recorded(ended.recorded());
    taken.record = Close(*live, event.occurred_time());
  }
  calls_.erase(event.call_id());
  return taken;
}

// The call of `event`, made when it is new. One whose beginning nobody told is kept until its end tells it.
CallBook::Live* CallBook::Meet(const std::string& node, const v1::CallEvent& event) {
  const auto found = calls_.find(event.call_id());
  if (found != calls_.end()) {
    found->second.node = node;
    return &found->second;
  }
  const auto unknown =
      std::count_if(calls_.begin(), calls_.end(), [](const auto& one) { return !one.second.is_known(); });
  if (!IsId(event.call_id()) || unknown >= kMostUnknown) return nullptr;
  Live& live = calls_[event.call_id()];
  live.node = node;
  live.past_until = attached_at_[node];
  if (!event.has_started()) live.told_until = live.past_until = std::numeric_limits<int64_t>::max();
  return &live;
}

// What no LiveCall tells: the way through the flow, and each leg.
void CallBook::NoteTrace(Live& live, const v1::CallEvent& event) {
  const auto& when = event.occurred_time();
  switch (event.event_case()) {
    case v1::CallEvent::kStarted:
      *LegOf(live.legs, event.started().leg_id(), "", when).mutable_answer_time() = when;
      break;
    case v1::CallEvent::kFlowStep: {
      if (live.facts.call.steps_size() >= kMostSteps) break;
      v1::CallStep& step = *live.facts.call.add_steps();
      step.set_node(event.flow_step().node_id());
      step.set_edge(event.flow_step().edge());
      step.set_digits(event.flow_step().digits());
      break;
    }
    case v1::CallEvent::kAgentRinging:
      LegOf(live.legs, event.agent_ringing().leg_id(), event.agent_ringing().agent(), when);
      break;
    case v1::CallEvent::kAgentAnswered: {
      const v1::AgentAnswered& answered = event.agent_answered();
      *LegOf(live.legs, answered.leg_id(), answered.agent(), when).mutable_answer_time() = when;
      break;
    }
    case v1::CallEvent::kAgentFailed:
      EndLeg(LegOf(live.legs, event.agent_failed().leg_id(), event.agent_failed().agent(), when), when,
             event.agent_failed().sip_code(), 0);
      break;
    case v1::CallEvent::kLegEnded: {
      const v1::LegEnded& ended = event.leg_ended();
      v1::CallLeg& leg = LegOf(live.legs, ended.leg_id(), "", when);
      EndLeg(leg, when, ended.sip_code(), ended.q850_cause());
      leg.set_packets_received(ended.packets_received());
      leg.set_packets_lost(ended.packets_lost());
      leg.set_jitter_us(ended.jitter_us());
      break;
    }
    default:
      break;
  }
}

// What a LiveCall tells too.
void CallBook::NoteState(Live& live, const v1::CallEvent& event) {
  v1::PhoneCall& call = live.facts.call;
  const auto stop = [&event](std::optional<int64_t>& since, int64_t& total) {
    if (since) total += event.monotonic_us() - *since;
    since.reset();
  };
  switch (event.event_case()) {
    case v1::CallEvent::kStarted: {
      const v1::CallStarted& started = event.started();
      live.facts.tenant = started.tenant_id();
      call.set_name("calls/" + event.call_id());
      call.set_caller_number(started.caller_number());
      call.set_called_number(started.called_number());
      call.set_trunk(started.trunk());
      call.set_flow(started.flow());
      *call.mutable_start_time() = event.occurred_time();
      break;
    }
    case v1::CallEvent::kQueueEntered:
      call.set_queue(event.queue_entered().queue());
      live.facts.queued_time = event.occurred_time();
      live.queued_us = event.monotonic_us();
      break;
    case v1::CallEvent::kQueueLeft:
      stop(live.queued_us, live.wait_us);
      break;
    case v1::CallEvent::kAgentAnswered:
      stop(live.queued_us, live.wait_us);
      live.answered_us = event.monotonic_us();
      SetTalk(live, event.agent_answered().agent(), event.occurred_time());
      break;
    case v1::CallEvent::kAgentFailed:
      live.facts.popped_to.clear();
      break;
    case v1::CallEvent::kLegEnded: {
      const v1::CallLeg& leg = live.legs[event.leg_ended().leg_id()];
      if (leg.agent().empty() || !leg.has_answer_time() || !live.answered_us) break;
      stop(live.answered_us, live.talk_us);
      live.facts.popped_to.clear();
      break;
    }
    case v1::CallEvent::kEnded:
      stop(live.answered_us, live.talk_us);
      stop(live.queued_us, live.wait_us);
      break;
    default:
      break;
  }
}

void CallBook::SetTalk(Live& live, const std::string& agent, const google::protobuf::Timestamp& answered) {
  v1::PhoneCall& call = live.facts.call;
  call.set_agent(agent);
  call.set_operator_(operator_of_(agent));
  if (!call.has_answer_time()) *call.mutable_answer_time() = answered;
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
  record.set_caller_unasked(!live.facts.caller.has_value() && !call.caller_number().empty());
  *record.mutable_call() = call;
  return record;
}

std::optional<CallFacts> CallBook::Learn(const std::string& call_id,
                                         const customers::v1::LookUpCallerResponse& caller) {
  const std::lock_guard lock(mutex_);
  Live* live = FindKnown(call_id);
  if (live == nullptr) return std::nullopt;
  CallFacts& facts = live->facts;
  facts.caller = caller;
  facts.call.set_customer(caller.found() ? caller.customer() : "");
  if (facts.popped_to.empty()) return std::nullopt;
  return facts;
}

std::optional<CallFacts> CallBook::Pop(const std::string& call_id, const std::string& agent) {
  const std::lock_guard lock(mutex_);
  Live* live = FindKnown(call_id);
  if (live == nullptr) return std::nullopt;
  live->facts.popped_to = agent;
  return live->facts;
}

std::vector<v1::SpooledRecord> CallBook::CloseAll(const std::string& node, Instant now) {
  const std::lock_guard lock(mutex_);
  std::vector<v1::SpooledRecord> records;
  for (auto& [id, live] : calls_) {
    if (live.node != node || !live.is_known()) continue;
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
  const Live* live = FindKnown(call_id);
  return live == nullptr ? std::nullopt : std::make_optional(live->facts);
}

const CallBook::Live* CallBook::FindKnown(const std::string& call_id) const {
  const auto found = calls_.find(call_id);
  return found != calls_.end() && found->second.is_known() ? &found->second : nullptr;
}

CallBook::Live* CallBook::FindKnown(const std::string& call_id) {
  const auto found = calls_.find(call_id);
  return found != calls_.end() && found->second.is_known() ? &found->second : nullptr;
}

}  // namespace lintel::telephony
