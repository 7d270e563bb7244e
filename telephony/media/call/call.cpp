#include "telephony/media/call/call.h"

#include <algorithm>
#include <utility>

#include "platform/ids/ids.h"
#include "platform/status/status.h"

namespace lintel::media {
namespace {

template <class... Ts>
struct Match : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Match(Ts...) -> Match<Ts...>;

constexpr int kNotFound = 404;
constexpr int kTimeout = 408;
constexpr int kBusyHere = 486;
constexpr int kTerminated = 487;
constexpr int kUnavailable = 503;
constexpr int kDeclined = 603;

// Announcements are numbered downwards, so that they are never taken for a prompt of the flow.
constexpr int64_t kAnnouncementId = -1;

}  // namespace

Call::Call(CallIdentity identity, CallPort& port, Moment now)
    : identity_(std::move(identity)), port_(port), state_(Routing{.deadline = now.monotonic + kRouteLimit}) {}

void Call::OnRouted(const absl::StatusOr<Route>& route, Moment now) {
  if (!std::holds_alternative<Routing>(state_)) return;
  if (!route.ok()) return Finish("system", absl::IsNotFound(route.status()) ? kNotFound : kUnavailable, now);
  if (!port_.AnswerCaller()) return Finish("system", kUnavailable, now);
  route_ = *route;
  caller_answered_ = true;
  port_.Tell(CallStarted{.tenant = route_.tenant,
                         .called_number = identity_.called_number,
                         .caller_number = identity_.caller_number,
                         .trunk = route_.trunk,
                         .leg_id = identity_.caller_leg_id,
                         .flow = route_.flow_name});
  state_ = InFlow{.deadline = now.monotonic + kFlowLimit};
  flow_.emplace(route_.graph, flow::CallFacts{.caller_number = identity_.caller_number,
                                              .called_number = identity_.called_number,
                                              .language = route_.language});
  Execute(flow_->Start(now), now);
}

void Call::OnActionReply(int64_t action_id, const absl::StatusOr<ActionReply>& reply, Moment now) {
  if (!reply.ok()) return Feed(flow::ActionFailed{.action_id = action_id}, now);
  if (action_id == permission_id_) permission_ = *reply;
  Feed(flow::ActionAnswered{.action_id = action_id, .outcome = reply->outcome, .values = reply->values}, now);
}

void Call::OnKey(char key, Moment now) {
  if (!std::holds_alternative<Bridged>(state_)) Feed(flow::DigitPressed{.digit = key}, now);
}

void Call::OnPlayEnded(int64_t play_id, Moment now) {
  if (play_id == kAnnouncementId) {
    const auto* ringing = std::get_if<Ringing>(&state_);
    if (std::holds_alternative<Queued>(state_) || (ringing != nullptr && ringing->dial_id == 0))
      port_.PlayMusic(music_);
    return;
  }
  Feed(flow::PromptDone{.play_id = play_id}, now);
}

void Call::OnCallerLeft(Moment now) {
  if (over()) return;
  if (waited_.runs()) LeaveTheQueue("abandoned", now);
  if (flow_.has_value()) flow_->Handle(flow::CallerLeft{}, now);
  Finish("caller", 0, now);
}

void Call::OnOrder(const Order& order, Moment now) {
  std::visit(Match{[&](const ConnectAgent& connect) {
                     if (std::holds_alternative<Queued>(state_)) return StartRinging(connect.destination, 0, now);
                     const Destination& to = connect.destination;
                     port_.Tell(AgentFailed{.leg_id = to.leg_id, .agent = to.agent, .sip_code = kTerminated});
                   },
                   [&](const CancelConnect& cancel) {
                     const auto* ringing = std::get_if<Ringing>(&state_);
                     if (ringing == nullptr || ringing->destination.leg_id != cancel.leg_id) return;
                     port_.EndAgent();
                     OnAgentFailed(kTerminated, now);
                   },
                   [&](const HangUpCall& hang_up) { Finish("system", hang_up.sip_code, now); },
                   [&](const Announce& announce) {
                     if (!std::holds_alternative<Queued>(state_)) return;
                     port_.PlayToCaller(kAnnouncementId, flow_->language(),
                                        {{.kind = speech::SpokenKind::kPrompt, .value = announce.prompt}});
                   },
                   [&](const LeaveQueue&) {
                     if (!std::holds_alternative<Queued>(state_)) return;
                     LeaveTheQueue("timeout", now);
                     ReturnToFlow(flow::QueueLeft{.outcome = flow::QueueOutcome::kOverflow}, now);
                   }},
             order);
}

void Call::StartRinging(Destination destination, int64_t dial_id, Moment now) {
  const auto* queued = std::get_if<Queued>(&state_);
  const MonotonicTime queue_deadline = queued != nullptr ? queued->deadline : now.monotonic;
  const MonotonicTime deadline = now.monotonic + destination.ring_limit + kRingGrace;
  state_ =
      Ringing{.deadline = deadline, .destination = destination, .queue_deadline = queue_deadline, .dial_id = dial_id};
  port_.InviteAgent(destination);
}

void Call::OnAgentRinging() {
  const auto* ringing = std::get_if<Ringing>(&state_);
  if (ringing == nullptr || ringing->dial_id != 0) return;
  port_.Tell(AgentRinging{.leg_id = ringing->destination.leg_id, .agent = ringing->destination.agent});
}

void Call::OnAgentAnswered(Moment now) {
  auto* ringing = std::get_if<Ringing>(&state_);
  if (ringing == nullptr) return port_.EndAgent();  // The answer crossed the CANCEL.
  const Destination to = std::move(ringing->destination);
  const int64_t dial_id = ringing->dial_id;
  answered_at_ = now.wall;
  waited_.Stop(now.monotonic);
  talked_.Start(now.monotonic);
  talked_to_ = to;
  recorded_ |= to.record;
  state_ = Bridged{.deadline = now.monotonic + kSecureLimit, .destination = to, .dial_id = dial_id};
  port_.StopPlaying();
  port_.BridgeLegs(to.record);
  port_.Tell(AgentAnswered{.leg_id = to.leg_id, .agent = to.agent});
}

void Call::OnAgentAudible(Moment now) {
  auto* bridged = std::get_if<Bridged>(&state_);
  if (bridged == nullptr || bridged->audible) return;
  bridged->audible = true;
  bridged->deadline = now.monotonic + kBridgeLimit;
}

void Call::OnAgentFailed(int sip_code, Moment now) {
  const auto* ringing = std::get_if<Ringing>(&state_);
  if (ringing == nullptr) return;
  const Ringing failed = *ringing;
  if (failed.dial_id == 0) {
    state_ = Queued{.deadline = failed.queue_deadline, .since = now.monotonic};
    port_.Tell(
        AgentFailed{.leg_id = failed.destination.leg_id, .agent = failed.destination.agent, .sip_code = sip_code});
    return;
  }
  port_.StopPlaying();
  switch (sip_code) {
    case kBusyHere:
      return AgentGone(flow::DialOutcome::kBusy, now);
    case kDeclined:
      return AgentGone(flow::DialOutcome::kRefused, now);
    case kTimeout:
    case 480:
      return AgentGone(flow::DialOutcome::kNoAnswer, now);
    default:
      return AgentGone(flow::DialOutcome::kFailed, now);
  }
}

void Call::OnAgentLeft(Moment now) {
  if (!std::holds_alternative<Bridged>(state_)) return;
  port_.UnbridgeLegs();
  port_.StopPlaying();
  talked_.Stop(now.monotonic);
  agent_left_last_ = true;
  AgentGone(flow::DialOutcome::kAnswered, now);
}

// The agent's leg is over and the caller is still there: the flow says how it goes on.
void Call::AgentGone(flow::DialOutcome outcome, Moment now) {
  const auto* ringing = std::get_if<Ringing>(&state_);
  const auto* bridged = std::get_if<Bridged>(&state_);
  const int64_t dial_id = ringing != nullptr ? ringing->dial_id : bridged->dial_id;
  if (dial_id != 0) return ReturnToFlow(flow::DialEnded{.dial_id = dial_id, .outcome = outcome}, now);
  ReturnToFlow(flow::QueueLeft{.outcome = flow::QueueOutcome::kServed}, now);
}

void Call::OnAgentHold(bool on_hold) {
  auto* bridged = std::get_if<Bridged>(&state_);
  if (bridged == nullptr || bridged->on_hold == on_hold) return;
  bridged->on_hold = on_hold;
  on_hold ? port_.PlayMusic(music_) : port_.StopPlaying();
  port_.Tell(HoldChanged{.leg_id = bridged->destination.leg_id, .on_hold = on_hold});
}

bool Call::Overdue(Moment now) const {
  return std::visit(
      Match{[](const Over&) { return false; }, [&](const auto& state) { return now.monotonic >= state.deadline; }},
      state_);
}

void Call::OnTick(Moment now, std::optional<MonotonicTime> away_since) {
  if (flow_.has_value() && !over() && !std::holds_alternative<Bridged>(state_)) {
    const std::optional<MonotonicTime> due = flow_->Deadline();
    if (due.has_value() && now.monotonic >= *due) Feed(flow::Tick{}, now);
  }
  const auto* queued = std::get_if<Queued>(&state_);
  if (queued != nullptr && away_since.has_value() &&
      now.monotonic - std::max(*away_since, queued->since) >= kAwayLimit) {
    LeaveTheQueue("unavailable", now);
    return ReturnToFlow(flow::QueueLeft{.outcome = flow::QueueOutcome::kUnavailable}, now);
  }
  if (!Overdue(now)) return;
  if (std::holds_alternative<Ringing>(state_)) {
    port_.EndAgent();
    return OnAgentFailed(kTimeout, now);
  }
  const auto* bridged = std::get_if<Bridged>(&state_);
  if (bridged != nullptr && !bridged->audible) {  // The browser answered but never brought up its audio.
    port_.EndAgent();
    return OnAgentLeft(now);
  }
  if (std::holds_alternative<Routing>(state_)) return Finish("system", kUnavailable, now);
  if (waited_.runs()) LeaveTheQueue("timeout", now);
  Finish("system", 0, now);
}

void Call::OnDrainOver(Moment now) {
  if (waited_.runs()) LeaveTheQueue("unavailable", now);
  Finish("system", caller_answered_ ? 0 : kUnavailable, now);
}

void Call::Feed(const flow::Event& event, Moment now) {
  if (!flow_.has_value() || over()) return;
  Execute(flow_->Handle(event, now), now);
}

void Call::ReturnToFlow(const flow::Event& event, Moment now) {
  state_ = InFlow{.deadline = now.monotonic + kFlowLimit};
  port_.StopPlaying();
  Feed(event, now);
}

void Call::LeaveTheQueue(const std::string& reason, Moment now) {
  waited_.Stop(now.monotonic);
  port_.Tell(QueueLeft{.queue = queue_, .reason = reason});
}

LiveCall Call::Live(Moment now) const {
  LiveCall live{.identity = identity_,
                .tenant = route_.tenant,
                .flow = route_.flow_name,
                .trunk = route_.trunk,
                .queue = queue_,
                .agent = talked_to_.agent,
                .agent_leg_id = talked_to_.leg_id,
                .queued_at = queued_at_,
                .answered_at = answered_at_,
                .told_at = now.monotonic,
                .waited = waited_.Total(now.monotonic),
                .talked = talked_.Total(now.monotonic)};
  if (std::holds_alternative<Queued>(state_)) live.state = LiveCall::State::kQueued;
  if (std::holds_alternative<Bridged>(state_)) live.state = LiveCall::State::kBridged;
  if (const auto* ringing = std::get_if<Ringing>(&state_); ringing != nullptr && ringing->dial_id == 0) {
    live.state = LiveCall::State::kRinging;
    live.agent = ringing->destination.agent;
    live.agent_leg_id = ringing->destination.leg_id;
  }
  return live;
}

void Call::Finish(const std::string& hung_up_by, int sip_code, Moment now) {
  if (over()) return;
  LiveCall last = Live(now);
  if (std::holds_alternative<Ringing>(state_) || std::holds_alternative<Bridged>(state_)) port_.EndAgent();
  if (std::holds_alternative<Bridged>(state_)) port_.UnbridgeLegs();
  state_ = Over{};
  port_.EndCaller(caller_answered_ ? 0 : sip_code);
  if (!caller_answered_) return;  // Never routed: there is no record to end.
  port_.Tell(CallEnded{.hung_up_by = hung_up_by,
                       .sip_code = sip_code == 0 ? 200 : sip_code,
                       .q850_cause = Q850CauseOf(sip_code),
                       .recorded = recorded_,
                       .call = std::move(last)});
}

}  // namespace lintel::media
