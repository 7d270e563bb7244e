#include "services/telephony/domain/distributor.h"

#include <algorithm>
#include <utility>

#include "services/telephony/domain/invariants.h"

namespace lintel::telephony {

const char* NameOf(AgentState state) {
  static constexpr const char* kNames[] = {"offline", "not_ready", "ready", "ringing", "talking", "wrap_up"};
  return kNames[static_cast<int>(state)];
}
const char* NameOf(CallState state) {
  static constexpr const char* kNames[] = {"waiting", "ringing", "talking", "leaving"};
  return kNames[static_cast<int>(state)];
}

namespace {

// What a failed ring says about the agent (RFC 3261 §21): busy and declined are a person's answer, the rest is a phone
// that cannot be reached.
std::string ReasonOfCode(int sip_code) {
  switch (sip_code) {
    case 408:
    case 487:
      return "no_answer";
    case 486:
    case 600:
    case 603:
      return "declined";
    default:
      return "unreachable";
  }
}

}  // namespace

Commands Distributor::Handle(const Event& event, Time now) {
  now_ = std::max(now, now_);
  std::visit([this](const auto& one) { On(one); }, event);
  Match();
  for (const std::string& queue : std::exchange(changed_queues_, {})) {
    commands_.push_back(QueueChanged{queue, floor_.waiting[queue].size(), floor_.ready[queue].size()});
  }
  return std::exchange(commands_, {});
}

std::optional<Time> Distributor::Deadline() const {
  if (floor_.deadlines.empty()) return std::nullopt;
  return std::get<Time>(*floor_.deadlines.begin());
}

std::vector<std::string> Distributor::Repair(Time now, Commands& commands) {
  now_ = std::max(now, now_);
  std::vector<std::string> explanations;
  for (const Breach& breach : FindBreaches(floor_, now_)) explanations.push_back(breach.explanation);
  if (explanations.empty()) return explanations;
  Mend(floor_, now_);
  commands = Handle(Tick{}, now_);
  return explanations;
}

// ---- Agents ----

void Distributor::On(const QueueConfigured& event) { floor_.queues[event.queue.id] = event.queue; }

void Distributor::On(const AgentSignedOn& event) {
  Agent& agent = floor_.agents[event.agent];
  const Time until = std::min(event.session_until, now_ + limits_.session);
  if (agent.id.empty()) agent.id = event.agent;
  Unindex(floor_, agent);
  agent.queues = event.queues;
  agent.session_until = until;
  Index(floor_, agent);
  // Signing on again - another tab, a reload - neither ends a call nor makes anybody ready.
  const bool idle = agent.state == AgentState::kNotReady || agent.state == AgentState::kReady;
  if (agent.state == AgentState::kOffline)
    Put(agent, AgentState::kNotReady, kSignedOn);
  else if (idle)
    Put(agent, agent.state, agent.reason);
}

void Distributor::On(const AgentSignedOff& event) {
  Agent* agent = FindAgent(event.agent);
  if (agent == nullptr) return;
  if (QueuedCall* call = FindCall(agent->call); call != nullptr && call->agent == agent->id) {
    if (call->state == CallState::kRinging) {
      Withdraw(*call);
    } else {
      Forget(call->id);  // The two go on talking; the node hangs up when they do
    }
  }
  Put(*agent, AgentState::kOffline);
}

void Distributor::On(const AgentSetReady& event) {
  Agent* agent = FindAgent(event.agent);
  if (agent == nullptr) return;
  if (agent->state == AgentState::kNotReady || agent->state == AgentState::kWrapUp) Put(*agent, AgentState::kReady);
}

void Distributor::On(const AgentSetNotReady& event) {
  Agent* agent = FindAgent(event.agent);
  if (agent == nullptr || agent->state == AgentState::kOffline || agent->state == AgentState::kTalking) return;
  if (agent->state == AgentState::kRinging) Withdraw(floor_.calls.at(agent->call));
  Put(*agent, AgentState::kNotReady, event.reason);
}

// ---- Calls ----

void Distributor::On(const CallQueued& event) {
  if (floor_.calls.contains(event.call)) return;
  QueuedCall& call = floor_.calls[event.call];
  call = {.id = event.call,
          .queue = event.queue,
          .node = event.node,
          .language = event.language,
          .entered = std::min(event.entered, now_)};
  const auto queue = floor_.queues.find(event.queue);
  const bool full = queue == floor_.queues.end() || floor_.waiting[event.queue].size() >= queue->second.max_waiting;
  full ? SendOn(call) : Put(call, CallState::kWaiting);
}

void Distributor::On(const CallRinging& event) {
  // The phone rings: the ring limit counts from here.
  if (QueuedCall* call = FindLeg(event.call, event.leg);
      call != nullptr && call->state == CallState::kRinging && call->rings == 1) {
    ++call->rings;
    Put(*call, CallState::kRinging);
    Put(floor_.agents.at(call->agent), AgentState::kRinging);
  }
}

void Distributor::On(const CallAnswered& event) {
  QueuedCall* call = FindLeg(event.call, event.leg);
  if (call == nullptr || call->state != CallState::kRinging) return;
  Put(*call, CallState::kTalking);
  Put(floor_.agents.at(call->agent), AgentState::kTalking);
}

void Distributor::On(const CallFailed& event) {
  QueuedCall* call = FindLeg(event.call, event.leg);
  if (call == nullptr || call->state != CallState::kRinging) return;
  const std::string agent = call->agent;
  BackToWaiting(*call);
  TakeAway(agent, ReasonOfCode(event.sip_code));
}

void Distributor::On(const AgentLegEnded& event) {
  // While it rings the failure says why, and comes with or after this; here only a talk can end.
  const QueuedCall* call = FindLeg(event.call, event.leg);
  if (call == nullptr || call->state != CallState::kTalking) return;
  const std::string agent = call->agent;
  const Time wrap_up = QueueOf(*call).wrap_up_limit;
  Forget(call->id);
  Free(agent, wrap_up);
}

void Distributor::On(const CallLeftQueue& event) {
  if (const QueuedCall* call = FindCall(event.call); call != nullptr && call->state == CallState::kTalking) return;
  On(CallEnded{event.call});
}

void Distributor::On(const CallEnded& event) {
  QueuedCall* call = FindCall(event.call);
  if (call == nullptr) return;
  const QueuedCall gone = *call;
  const Time wrap_up = QueueOf(gone).wrap_up_limit;
  if (gone.state == CallState::kRinging) commands_.push_back(CancelConnect{gone.node, gone.id, gone.leg});
  Forget(gone.id);
  if (gone.state == CallState::kTalking) Free(gone.agent, wrap_up);
  if (gone.state == CallState::kRinging) Put(floor_.agents.at(gone.agent), AgentState::kReady);
}

void Distributor::On(const NodeLost& event) {
  std::vector<std::string> lost;
  for (const auto& [id, call] : floor_.calls) {
    if (call.node == event.node) lost.push_back(id);
  }
  for (const std::string& id : lost) On(CallEnded{id});
}

void Distributor::On(const CallRestored& event) {
  if (floor_.calls.contains(event.call)) return;
  Agent* agent = FindAgent(event.talking_to);
  const bool talks = !event.talking_to.empty();
  // Signed off, or in another talk by another node's word: the two talk on, and the distributor need not know.
  const bool taken = agent == nullptr || agent->state == AgentState::kOffline || agent->state == AgentState::kTalking;
  if (talks && taken) return;
  if (talks && agent->state == AgentState::kRinging) Withdraw(floor_.calls.at(agent->call));
  QueuedCall& call = floor_.calls[event.call];
  call = {.id = event.call,
          .queue = event.queue,
          .node = event.node,
          .language = event.language,
          .entered = std::min(event.entered, now_)};
  if (!talks) {
    if (!event.leg.empty()) commands_.push_back(CancelConnect{event.node, event.call, event.leg});
    return Put(call, CallState::kWaiting);
  }
  call.agent = agent->id;
  call.leg = event.leg;
  Put(call, CallState::kTalking);
  agent->call = call.id;
  Put(*agent, AgentState::kTalking);
}

// ---- Deadlines ----

void Distributor::On(const Tick&) {
  while (!floor_.deadlines.empty() && std::get<Time>(*floor_.deadlines.begin()) <= now_) {
    const auto [when, is_call, id] = *floor_.deadlines.begin();
    is_call ? Expire(floor_.calls.at(id)) : Expire(floor_.agents.at(id));
  }
}

void Distributor::Expire(Agent& agent) {
  const bool over = agent.session_until <= now_;
  switch (agent.state) {
    case AgentState::kWrapUp:
      return Put(agent, over ? AgentState::kOffline : AgentState::kReady);
    case AgentState::kRinging:
    case AgentState::kTalking:
      // The call's own deadline comes first; here only its news is missing.
      Forget(agent.call);
      return Put(agent, over ? AgentState::kOffline : AgentState::kNotReady, "unreachable");
    case AgentState::kOffline:
    case AgentState::kNotReady:
    case AgentState::kReady:
      return Put(agent, AgentState::kOffline);
  }
}

void Distributor::Expire(QueuedCall& call) {
  switch (call.state) {
    case CallState::kWaiting:
      return SendOn(call);
    case CallState::kRinging: {
      const std::string agent = call.agent;
      Withdraw(call);
      return TakeAway(agent, "no_answer");
    }
    case CallState::kTalking:
      commands_.push_back(HangUpCall{call.node, call.id});
      return On(CallEnded{call.id});
    case CallState::kLeaving:
      return Forget(call.id);
  }
}

Agent* Distributor::FindAgent(const std::string& id) {
  const auto found = floor_.agents.find(id);
  return found == floor_.agents.end() ? nullptr : &found->second;
}

QueuedCall* Distributor::FindCall(const std::string& id) {
  const auto found = floor_.calls.find(id);
  return found == floor_.calls.end() ? nullptr : &found->second;
}

QueuedCall* Distributor::FindLeg(const std::string& call, const std::string& leg) {
  QueuedCall* found = FindCall(call);
  return found != nullptr && !leg.empty() && found->leg == leg ? found : nullptr;
}

const Queue& Distributor::QueueOf(const QueuedCall& call) const {
  static const Queue kDefaults;
  const auto found = floor_.queues.find(call.queue);
  return found == floor_.queues.end() ? kDefaults : found->second;
}

}  // namespace lintel::telephony
