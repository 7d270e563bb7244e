// Who waits, who is ready, who talks to whom: the distributor's whole memory as plain values. The rules are in
// distributor.h, what must always hold in invariants.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace lintel::telephony {

// On the monotonic clock of the exchange's owner.
using Time = std::chrono::microseconds;

enum class AgentState { kOffline, kNotReady, kReady, kRinging, kTalking, kWrapUp };
inline constexpr int kAgentStates = 6;
const char* NameOf(AgentState state);
inline constexpr char kSignedOn[] = "signed_on";

struct Agent {
  std::string id;
  AgentState state = AgentState::kOffline;
  std::string reason;  // Of kNotReady: the agent's own code, or kSignedOn, "no_answer", "declined", "unreachable"
  std::set<std::string> queues;
  Time since{};                  // In this state
  Time idle_since{};             // Of the last call's end, or of becoming ready: who is longest idle
  std::optional<Time> deadline;  // Of this state; empty when offline
  Time session_until{};          // The sign-on ends here, unless a call is on
  std::string call;              // While ringing or talking
};

enum class CallState { kWaiting, kRinging, kTalking, kLeaving };
inline constexpr int kCallStates = 4;
const char* NameOf(CallState state);

// A caller from entering a queue until the agent or the caller hangs up.
struct QueuedCall {
  std::string id;
  std::string queue;
  std::string node;
  std::string language;
  CallState state = CallState::kWaiting;
  Time entered{};  // The caller's place, kept through failed rings and changes of owner
  Time since{};
  std::optional<Time> deadline;
  std::string agent;  // While ringing or talking
  std::string leg;    // Of the agent, while ringing or talking
  int rings = 0;
};

struct Queue {
  std::string id;
  int64_t tenant = 0;
  Time max_wait = std::chrono::minutes(10);
  Time ring_limit = std::chrono::seconds(20);
  Time wrap_up_limit = std::chrono::seconds(30);
  size_t max_waiting = 200;  // More are sent on by the queue's overflow edge at once
};

using Place = std::pair<Time, std::string>;  // When, id: first in order is served or chosen first

struct Floor {
  std::map<std::string, Agent> agents;
  std::map<std::string, QueuedCall> calls;
  std::map<std::string, Queue> queues;
  // Indexes over the above.
  std::map<std::string, std::set<Place>> waiting;           // Per queue, by entered
  std::map<std::string, std::set<Place>> ready;             // Per queue, by idle_since
  std::set<std::tuple<Time, bool, std::string>> deadlines;  // When, is it a call's, id
};

}  // namespace lintel::telephony
