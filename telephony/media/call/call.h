// One inbound call from its INVITE to its end: runs the flow, waits in the queue, rings and bridges the agent. A state
// machine without clock, socket or thread: what happened and the time come in, CallPort is asked to act. Every state
// has a deadline, so no call outlives what it waits for. Owned by the SIP thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "platform/clock/clock.h"
#include "telephony/flow/flow.h"
#include "telephony/flow/graph.h"
#include "telephony/media/call/call_port.h"

namespace lintel::media {

using flow::Moment;
using flow::MonotonicTime;

inline constexpr std::chrono::milliseconds kRouteLimit{2500};
inline constexpr std::chrono::minutes kFlowLimit{30};         // In menus and prompts, the queue not counted.
inline constexpr std::chrono::hours kQueueLimit{2};           // `telephony` ends the wait long before.
inline constexpr std::chrono::milliseconds kAwayLimit{2000};  // Without `telephony` a queued caller hears the fallback.
inline constexpr std::chrono::seconds kRingGrace{3};          // Beyond the ring limit, for the CANCEL to be answered.
inline constexpr std::chrono::seconds kSecureLimit{10};       // From the agent's answer to encrypted audio.
inline constexpr std::chrono::hours kBridgeLimit{8};

// How `telephony` wants a number answered.
struct Route {
  int64_t tenant = 0;
  std::string exchange;
  std::string flow_name;
  std::shared_ptr<const flow::Graph> graph;
  std::optional<speech::Language> language;
  std::string trunk;
  bool record = false;
};

struct ActionReply {
  std::string outcome;
  std::map<std::string, std::string> values;
};

// Orders of `telephony` about one call.
struct ConnectAgent {
  Destination destination;
};
struct CancelConnect {
  std::string leg_id;
};
struct HangUpCall {
  int sip_code = 0;
};
struct Announce {
  std::string prompt;
};
struct LeaveQueue {};
using Order = std::variant<ConnectAgent, CancelConnect, HangUpCall, Announce, LeaveQueue>;

// ---- The states. `deadline` is when OnTick gives up waiting. ----
struct Routing {
  MonotonicTime deadline;
};
struct InFlow {
  MonotonicTime deadline;
};
struct Queued {
  MonotonicTime deadline;
  MonotonicTime since;
};
struct Ringing {
  MonotonicTime deadline;
  Destination destination;
  MonotonicTime queue_deadline;
  int64_t dial_id = 0;  // 0: the queue's agent; otherwise the flow's Dial.
};
struct Bridged {
  MonotonicTime deadline;
  Destination destination;
  int64_t dial_id = 0;
  bool audible = false;
  bool on_hold = false;
};
struct Over {};
using CallState = std::variant<Routing, InFlow, Queued, Ringing, Bridged, Over>;

class Call {
 public:
  Call(CallIdentity identity, CallPort& port, Moment now);

  // ---- `telephony` ----
  void OnRouted(const absl::StatusOr<Route>& route, Moment now);
  void OnActionReply(int64_t action_id, const absl::StatusOr<ActionReply>& reply, Moment now);
  void OnOrder(const Order& order, Moment now);

  // ---- The caller ----
  void OnKey(char key, Moment now);
  void OnPlayEnded(int64_t play_id, Moment now);  // Of a prompt that played to its end.
  void OnCallerLeft(Moment now);

  // ---- The agent ----
  void OnAgentRinging();
  void OnAgentAnswered(Moment now);
  void OnAgentAudible(Moment now);  // After its answer: plain RTP, or encryption has come up.
  void OnAgentFailed(int sip_code, Moment now);
  void OnAgentLeft(Moment now);
  void OnAgentHold(bool on_hold);

  // ---- The clock ----
  // Gives up what is overdue; `away_since` is since when `telephony` has not been heard, if it is away.
  void OnTick(Moment now, std::optional<MonotonicTime> away_since);
  // The node is stopping: what is not bridged ends now, a bridge may go on until the drain's own limit.
  void OnDrainOver(Moment now);

  const CallIdentity& identity() const { return identity_; }
  const CallState& state() const { return state_; }
  const Route& route() const { return route_; }
  bool over() const { return std::holds_alternative<Over>(state_); }
  LiveCall Live(Moment now) const;

 private:
  void Feed(const flow::Event& event, Moment now);
  void Execute(const flow::Commands& commands, Moment now);
  void Do(const flow::Command& command, Moment now);
  void EnterQueue(const flow::EnterQueue& command, Moment now);
  void ReturnToFlow(const flow::Event& event, Moment now);
  void StartRinging(Destination destination, int64_t dial_id, Moment now);
  void AgentGone(flow::DialOutcome outcome, Moment now);
  void LeaveTheQueue(const std::string& reason, Moment now);
  void Finish(const std::string& hung_up_by, int sip_code, Moment now);
  bool Overdue(Moment now) const;

  CallIdentity identity_;
  CallPort& port_;
  CallState state_;
  Route route_;
  std::optional<flow::Flow> flow_;
  std::string queue_;  // The last one it entered.
  std::string music_;
  Stopwatch waited_;  // Runs from entering a queue until an agent answers or the call leaves it.
  Stopwatch talked_;
  Destination talked_to_;  // Last
  std::optional<Instant> queued_at_;
  std::optional<Instant> answered_at_;
  ActionReply permission_;  // The last "may_dial" answer: where the flow's Dial leads.
  int64_t permission_id_ = 0;
  int64_t announcement_ = 0;
  bool caller_answered_ = false;
  bool agent_left_last_ = false;  // Who ended the conversation, for the record.
  bool recorded_ = false;
};

}  // namespace lintel::media
