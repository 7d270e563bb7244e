// The distributor's transitions: states, deadlines and indexes change together or not at all.
#include <algorithm>

#include "services/telephony/domain/distributor.h"
#include "services/telephony/domain/invariants.h"

namespace lintel::telephony {

// ---- Matching ----

void Distributor::Match() {
  while (true) {
    const Place* longest = nullptr;
    for (const auto& [queue, waiting] : floor_.waiting) {
      const auto ready = floor_.ready.find(queue);
      if (waiting.empty() || ready == floor_.ready.end() || ready->second.empty()) continue;
      if (longest == nullptr || *waiting.begin() < *longest) longest = &*waiting.begin();
    }
    if (longest == nullptr) return;
    QueuedCall& call = floor_.calls.at(longest->second);
    Connect(call, floor_.agents.at(floor_.ready[call.queue].begin()->second));
  }
}

void Distributor::Connect(QueuedCall& call, Agent& agent) {
  call.agent = agent.id;
  call.leg = new_leg_();
  call.rings = 1;
  agent.call = call.id;
  Put(call, CallState::kRinging);
  Put(agent, AgentState::kRinging);
  commands_.push_back(PopAgent{agent.id, call.id, call.queue});
  commands_.push_back(ConnectAgent{call.node, call.id, call.leg, agent.id, QueueOf(call).ring_limit});
}

// ---- Transitions ----

void Distributor::Put(Agent& agent, AgentState state, const std::string& reason) {
  Unindex(floor_, agent);
  // A caller who gave up while the phone rang does not cost the agent their place.
  const bool was_idle = agent.state == AgentState::kReady || agent.state == AgentState::kRinging;
  if (state == AgentState::kReady && !was_idle) agent.idle_since = now_;
  if (state != AgentState::kRinging && state != AgentState::kTalking) agent.call.clear();
  agent.state = state;
  agent.reason = state == AgentState::kNotReady ? reason : "";
  agent.since = now_;
  agent.deadline.reset();
  if (state != AgentState::kOffline) agent.deadline = LimitOf(agent);
  Index(floor_, agent);
  changed_queues_.insert(agent.queues.begin(), agent.queues.end());
  commands_.push_back(AgentChanged{agent.id, state, agent.reason, agent.call});
}

Time Distributor::LimitOf(const Agent& agent) const {
  if (agent.state != AgentState::kRinging && agent.state != AgentState::kTalking) return agent.session_until;
  // Later than the call's own, so that the call's deadline speaks first.
  const auto call = floor_.calls.find(agent.call);
  return (call == floor_.calls.end() ? now_ : call->second.deadline.value_or(now_)) + limits_.ring_grace;
}

void Distributor::Put(QueuedCall& call, CallState state) {
  Unindex(floor_, call);
  call.state = state;
  call.since = now_;
  call.deadline = LimitOf(call);
  Index(floor_, call);
  changed_queues_.insert(call.queue);
}

Time Distributor::LimitOf(const QueuedCall& call) const {
  switch (call.state) {
    case CallState::kWaiting:
      return std::max(now_, call.entered + QueueOf(call).max_wait);
    case CallState::kRinging:
      return now_ + QueueOf(call).ring_limit + limits_.ring_grace;
    case CallState::kTalking:
      return now_ + limits_.talk;
    case CallState::kLeaving:
      return now_ + limits_.leave;
  }
  return now_;
}

void Distributor::Forget(const std::string& id) {
  const auto found = floor_.calls.find(id);
  if (found == floor_.calls.end()) return;
  changed_queues_.insert(found->second.queue);
  Unindex(floor_, found->second);
  floor_.calls.erase(found);
}

void Distributor::Free(const std::string& id, Time wrap_up) {
  Agent* agent = FindAgent(id);
  if (agent == nullptr) return;
  if (wrap_up <= Time::zero()) return Put(*agent, AgentState::kReady);
  Put(*agent, AgentState::kWrapUp);
  Unindex(floor_, *agent);
  agent->deadline = now_ + wrap_up;
  Index(floor_, *agent);
}

void Distributor::TakeAway(const std::string& id, const std::string& reason) {
  if (Agent* agent = FindAgent(id)) Put(*agent, AgentState::kNotReady, reason);
}

void Distributor::BackToWaiting(QueuedCall& call) {
  call.agent.clear();
  call.leg.clear();
  call.rings = 0;
  Put(call, CallState::kWaiting);
}

void Distributor::Withdraw(QueuedCall& call) {
  commands_.push_back(CancelConnect{call.node, call.id, call.leg});
  BackToWaiting(call);
}

void Distributor::SendOn(QueuedCall& call) {
  commands_.push_back(LeaveQueue{call.node, call.id});
  Put(call, CallState::kLeaving);
}

}  // namespace lintel::telephony
