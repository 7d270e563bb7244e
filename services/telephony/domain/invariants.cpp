#include "services/telephony/domain/invariants.h"

namespace lintel::telephony {
namespace {

bool InCall(const Agent& agent) { return agent.state == AgentState::kRinging || agent.state == AgentState::kTalking; }
bool WithAgent(const QueuedCall& call) {
  return call.state == CallState::kRinging || call.state == CallState::kTalking;
}

bool Paired(const Agent& agent, const QueuedCall& call) {
  const bool same = (agent.state == AgentState::kRinging) == (call.state == CallState::kRinging);
  return InCall(agent) && WithAgent(call) && same && agent.call == call.id && call.agent == agent.id;
}

const QueuedCall* CallOf(const Floor& floor, const Agent& agent) {
  const auto found = floor.calls.find(agent.call);
  return found == floor.calls.end() ? nullptr : &found->second;
}
const Agent* AgentOf(const Floor& floor, const QueuedCall& call) {
  const auto found = floor.agents.find(call.agent);
  return found == floor.agents.end() ? nullptr : &found->second;
}

void CheckDeadline(const std::string& who, const std::optional<Time>& deadline, Time now,
                   std::vector<Breach>& breaches) {
  if (deadline && *deadline <= now + kFurthestDeadline) return;
  breaches.push_back({Breach::Kind::kNoDeadline, who, who + " could stay in its state for ever"});
}

Floor Indexed(const Floor& floor) {
  Floor right{.agents = floor.agents, .calls = floor.calls, .queues = floor.queues};
  for (const auto& [id, agent] : right.agents) Index(right, agent);
  for (const auto& [id, call] : right.calls) Index(right, call);
  return right;
}

template <class Map>
void DropEmpty(Map& places) {
  std::erase_if(places, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace

void Index(Floor& floor, const Agent& agent) {
  if (agent.state == AgentState::kReady) {
    for (const std::string& queue : agent.queues) floor.ready[queue].insert({agent.idle_since, agent.id});
  }
  if (agent.deadline) floor.deadlines.insert({*agent.deadline, false, agent.id});
}

void Unindex(Floor& floor, const Agent& agent) {
  for (const std::string& queue : agent.queues) floor.ready[queue].erase({agent.idle_since, agent.id});
  if (agent.deadline) floor.deadlines.erase({*agent.deadline, false, agent.id});
}

void Index(Floor& floor, const QueuedCall& call) {
  if (call.state == CallState::kWaiting) floor.waiting[call.queue].insert({call.entered, call.id});
  if (call.deadline) floor.deadlines.insert({*call.deadline, true, call.id});
}

void Unindex(Floor& floor, const QueuedCall& call) {
  floor.waiting[call.queue].erase({call.entered, call.id});
  if (call.deadline) floor.deadlines.erase({*call.deadline, true, call.id});
}

std::vector<Breach> FindBreaches(const Floor& floor, Time now) {
  std::vector<Breach> breaches;
  for (const auto& [id, agent] : floor.agents) {
    const QueuedCall* call = CallOf(floor, agent);
    if (InCall(agent) && (call == nullptr || !Paired(agent, *call))) {
      breaches.push_back(
          {Breach::Kind::kAgentWithoutCall, id,
           "agent " + id + " is " + NameOf(agent.state) + " with call " + agent.call + ", which is not"});
    }
    if (agent.state != AgentState::kOffline)
      CheckDeadline("agent " + id + " (" + NameOf(agent.state) + ")", agent.deadline, now, breaches);
  }
  for (const auto& [id, call] : floor.calls) {
    const Agent* agent = AgentOf(floor, call);
    if (WithAgent(call) && (agent == nullptr || !Paired(*agent, call))) {
      breaches.push_back({Breach::Kind::kCallWithoutAgent, id,
                          "call " + id + " is " + NameOf(call.state) + " with agent " + call.agent + ", who is not"});
    }
    CheckDeadline("call " + id + " (" + NameOf(call.state) + ")", call.deadline, now, breaches);
  }
  Floor right = Indexed(floor);
  Floor given{.waiting = floor.waiting, .ready = floor.ready};
  for (Floor* one : {&right, &given}) {
    DropEmpty(one->waiting);
    DropEmpty(one->ready);
  }
  if (right.waiting != given.waiting)
    breaches.push_back({Breach::Kind::kIndexWrong, "waiting", "the waiting list is not who waits"});
  if (right.ready != given.ready)
    breaches.push_back({Breach::Kind::kIndexWrong, "ready", "the ready list is not who is ready"});
  if (right.deadlines != floor.deadlines)
    breaches.push_back({Breach::Kind::kIndexWrong, "deadlines", "a deadline would be missed"});
  for (const auto& [queue, callers] : given.waiting) {
    if (!given.ready.contains(queue)) continue;
    breaches.push_back({Breach::Kind::kIdleWhileWaiting, queue, "queue " + queue + " has a caller and a ready agent"});
  }
  return breaches;
}

void Mend(Floor& floor, Time now) {
  for (auto& [id, agent] : floor.agents) {
    const QueuedCall* call = CallOf(floor, agent);
    if (InCall(agent) && (call == nullptr || !Paired(agent, *call))) {
      agent.state = AgentState::kReady;
      agent.call.clear();
      agent.since = agent.idle_since = now;
      agent.deadline = agent.session_until;
    }
    if (agent.state != AgentState::kOffline && (!agent.deadline || *agent.deadline > now + kFurthestDeadline))
      agent.deadline = now;
  }
  // A talk that only one side knows of goes on undisturbed at its node; the distributor need not know of it.
  std::erase_if(floor.calls, [&](const auto& entry) {
    const Agent* agent = AgentOf(floor, entry.second);
    return entry.second.state == CallState::kTalking && (agent == nullptr || !Paired(*agent, entry.second));
  });
  for (auto& [id, call] : floor.calls) {
    const Agent* agent = AgentOf(floor, call);
    if (call.state == CallState::kRinging && (agent == nullptr || !Paired(*agent, call))) {
      call.state = CallState::kWaiting;
      call.agent.clear();
      call.leg.clear();
      call.deadline = now;
    }
    if (!call.deadline || *call.deadline > now + kFurthestDeadline) call.deadline = now;
  }
  floor = Indexed(floor);
}

}  // namespace lintel::telephony
