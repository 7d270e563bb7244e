// The distributor of an exchange: a pure, deterministic state machine. Events and the time in, commands out; no clock,
// no randomness but the given leg ids, no I/O. Its state is memory by design: a new owner rebuilds it from what nodes
// and agents report. Strategy: the caller who waits longest gets the agent who is idle longest.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/telephony/domain/floor.h"

namespace lintel::telephony {

// ---- Events ----
struct QueueConfigured {
  Queue queue;
};
struct AgentSignedOn {
  std::string agent;
  std::set<std::string> queues;
  Time session_until{};
};
struct AgentSignedOff {
  std::string agent;
};
struct AgentSetReady {
  std::string agent;
};
struct AgentSetNotReady {
  std::string agent;
  std::string reason;
};
struct CallQueued {
  std::string call;
  std::string queue;
  std::string node;
  std::string language;
  Time entered{};
};
struct CallRinging {
  std::string call;
  std::string leg;
};
struct CallAnswered {
  std::string call;
  std::string leg;
};
struct CallFailed {
  std::string call;
  std::string leg;
  int sip_code = 0;
};
struct AgentLegEnded {
  std::string call;
  std::string leg;
};  // The caller may still be there; the flow has them again
struct CallLeftQueue {
  std::string call;
};  // A key, the overflow edge
struct CallEnded {
  std::string call;
};
struct NodeLost {
  std::string node;
};
// What a node carries when it attaches to a new owner. Ringing ones come back as waiting, in their place; the ring,
// which the last owner ordered, is cancelled. A talk takes its agent out of whatever the agent is in here.
struct CallRestored {
  std::string call;
  std::string queue;
  std::string node;
  std::string language;
  Time entered{};
  std::string talking_to;
  std::string leg;  // Of the agent who rings or talks
};
struct Tick {};  // A deadline may have passed
using Event = std::variant<QueueConfigured, AgentSignedOn, AgentSignedOff, AgentSetReady, AgentSetNotReady, CallQueued,
                           CallRinging, CallAnswered, CallFailed, AgentLegEnded, CallLeftQueue, CallEnded, NodeLost,
                           CallRestored, Tick>;

// ---- Commands ----
struct ConnectAgent {
  std::string node;
  std::string call;
  std::string leg;
  std::string agent;
  Time ring_limit{};
};
struct CancelConnect {
  std::string node;
  std::string call;
  std::string leg;
};
struct LeaveQueue {
  std::string node;
  std::string call;
};
struct HangUpCall {
  std::string node;
  std::string call;
};
struct PopAgent {
  std::string agent;
  std::string call;
  std::string queue;
};  // Before ConnectAgent: the card comes first
struct AgentChanged {
  std::string agent;
  AgentState state{};
  std::string reason;
  std::string call;
};
struct QueueChanged {
  std::string queue;
  size_t waiting = 0;
  size_t ready = 0;
};
using Command = std::variant<ConnectAgent, CancelConnect, LeaveQueue, HangUpCall, PopAgent, AgentChanged, QueueChanged>;
using Commands = std::vector<Command>;

// How long a state may last when nothing is heard. Every state but offline has one (DESIGN 3.15).
struct Limits {
  Time ring_grace = std::chrono::seconds(3);  // After the queue's ring limit, for the node's own report
  Time talk = std::chrono::hours(4);
  Time leave = std::chrono::seconds(5);   // For a node to confirm LeaveQueue
  Time session = std::chrono::hours(14);  // At most, whatever a sign-on asks for
};

class Distributor {
 public:
  using NewLegId = std::function<std::string()>;
  Distributor(Limits limits, NewLegId new_leg) : limits_(limits), new_leg_(std::move(new_leg)) {}

  // `now` never goes back. An event about a call or leg that is not the current one changes nothing.
  Commands Handle(const Event& event, Time now);

  // When a Tick is due.
  std::optional<Time> Deadline() const;

  const Floor& floor() const { return floor_; }
  // Explains and repairs what should not be (invariants.h); the explanations, and what follows from the repair.
  std::vector<std::string> Repair(Time now, Commands& commands);

 private:
  void On(const QueueConfigured& event);
  void On(const AgentSignedOn& event);
  void On(const AgentSignedOff& event);
  void On(const AgentSetReady& event);
  void On(const AgentSetNotReady& event);
  void On(const CallQueued& event);
  void On(const CallRinging& event);
  void On(const CallAnswered& event);
  void On(const CallFailed& event);
  void On(const AgentLegEnded& event);
  void On(const CallLeftQueue& event);
  void On(const CallEnded& event);
  void On(const NodeLost& event);
  void On(const CallRestored& event);
  void On(const Tick& event);

  Agent* FindAgent(const std::string& id);
  QueuedCall* FindCall(const std::string& id);
  QueuedCall* FindLeg(const std::string& call, const std::string& leg);
  // The defaults for a queue nobody configured.
  const Queue& QueueOf(const QueuedCall& call) const;

  // Transitions: they keep the indexes and deadlines right, and announce.
  void Put(Agent& agent, AgentState state, const std::string& reason = "");
  void Put(QueuedCall& call, CallState state);
  void Forget(const std::string& call);
  void Free(const std::string& agent, Time wrap_up);                   // After a call
  void TakeAway(const std::string& agent, const std::string& reason);  // After a ring that failed
  void BackToWaiting(QueuedCall& call);
  void Withdraw(QueuedCall& call);  // Its ring is cancelled, it waits on; the agent is the caller's to put
  void SendOn(QueuedCall& call);
  void Expire(Agent& agent);
  void Expire(QueuedCall& call);
  Time LimitOf(const Agent& agent) const;
  Time LimitOf(const QueuedCall& call) const;
  void Match();
  void Connect(QueuedCall& call, Agent& agent);

  const Limits limits_;
  const NewLegId new_leg_;
  Floor floor_;
  Time now_{};
  Commands commands_;
  std::set<std::string> changed_queues_;
};

}  // namespace lintel::telephony
