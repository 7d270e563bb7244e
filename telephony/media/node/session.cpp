#include "telephony/media/node/session.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "platform/log/log.h"

namespace lintel::media {
namespace {

constexpr int kNotAcceptable = 488;
constexpr int kNoResources = 503;
constexpr int64_t kMusicId = -2;  // Never a prompt of the flow, nor an announcement.

}  // namespace

Session::Session(const SessionTools& tools, CallIdentity identity, SipLegId caller, std::string trunk,
                 SessionDescription offer, RemoteAudio remote)
    : tools_(tools),
      call_(identity, *this, tools.now()),
      trunk_(std::move(trunk)),
      offer_(std::move(offer)),
      caller_remote_(std::move(remote)) {
  caller_.sip = caller;
  caller_.leg_id = identity.caller_leg_id;
}

void Session::Start() {
  tools_.telephony.AskRoute(call_.identity(), trunk_, [weak = weak_from_this()](absl::StatusOr<Route> route) {
    if (const auto self = weak.lock()) self->call_.OnRouted(route, self->tools_.now());
  });
}

// ---- What the call asks for ----

bool Session::AnswerCaller() {
  absl::StatusOr<OpenedLeg> opened = tools_.audio.OpenFor(caller_remote_, /*known_peer=*/!trunk_.empty());
  if (!opened.ok()) {
    log::Warn("no audio for a call", {{"reason", std::string(opened.status().message())}});
    return false;
  }
  caller_.audio = *opened;
  tools_.sip.Accept(caller_.sip, WriteAnswer(opened->local, offer_, caller_remote_));
  return true;
}

void Session::EndCaller(int sip_code) {
  if (caller_.sip != 0) {
    sip_code == 0 ? tools_.sip.End(caller_.sip) : tools_.sip.Refuse(caller_.sip, sip_code);
    caller_.sip = 0;
  }
  CloseAudio(caller_, sip_code);
  if (recording_ != 0) tools_.recorder.Close(std::exchange(recording_, 0));
}

void Session::PlayToCaller(int64_t play_id, speech::Language language, const speech::Spoken& parts) {
  wanted_play_ = play_id;
  tools_.prompts.Render(language, parts, [weak = weak_from_this(), play_id](const PromptList& list) {
    const auto self = weak.lock();
    if (self != nullptr && self->wanted_play_ == play_id) self->PlayList(play_id, list, /*loop=*/false);
  });
}

void Session::PlayMusic(const std::string& name) {
  wanted_play_ = kMusicId;
  PlayList(kMusicId, {tools_.prompts.Music(name)}, /*loop=*/true);
}

void Session::PlayRingback() {
  wanted_play_ = kMusicId;
  PlayList(kMusicId, {tools_.prompts.ringback()}, /*loop=*/true);
}

void Session::PlayList(int64_t play_id, const PromptList& list, bool loop) {
  if (caller_.audio.has_value()) tools_.audio.Play(caller_.key(), play_id, list, loop);
}

void Session::StopPlaying() {
  wanted_play_ = 0;
  if (caller_.audio.has_value()) tools_.audio.StopPlaying(caller_.key());
}

void Session::InviteAgent(const Destination& destination) {
  rung_ = destination;
  OfferAgent(/*secure=*/rung_.device == AgentDevice::kBrowser);
}

void Session::OfferAgent(bool secure) {
  if (!agent_.closed()) CloseAudio(agent_, 0);
  agent_ = Side{.leg_id = rung_.leg_id, .secure = secure};
  const absl::StatusOr<OpenedLeg> opened = tools_.audio.OpenOffer(secure);
  if (!opened.ok()) return AgentFailed(kNoResources);
  agent_.audio = *opened;
  std::vector<std::string> headers;
  if (!rung_.call_reference.empty()) headers.push_back("X-Lintel-Call: " + rung_.call_reference);
  agent_.sip = tools_.sip.Invite(rung_.sip_uri, WriteOffer(opened->local), headers);
  if (agent_.sip == 0) AgentFailed(kNoResources);
}

// The failure is reported after the machine has left the transition that asked for the leg.
void Session::AgentFailed(int sip_code) {
  const SipLegId leg = std::exchange(agent_.sip, 0);
  CloseAudio(agent_, sip_code);
  if (leg != 0) tools_.sip.End(leg);
  call_.OnAgentFailed(sip_code, tools_.now());
}

void Session::EndAgent() {
  if (agent_.sip != 0) tools_.sip.End(std::exchange(agent_.sip, 0));
  CloseAudio(agent_, 0);
}

void Session::BridgeLegs(bool record) {
  if (record && recording_ == 0) recording_ = tools_.recorder.Open(call_.route().tenant, call_.identity().call_id);
  tools_.audio.Bridge(caller_.key(), agent_.key(), record ? recording_ : 0);
}

void Session::UnbridgeLegs() { tools_.audio.Unbridge(caller_.key()); }

void Session::AskAction(int64_t action_id, const std::string& action,
                        const std::map<std::string, std::string>& arguments, flow::Milliseconds time_limit,
                        speech::Language language) {
  tools_.telephony.AskAction({.call_id = call_.identity().call_id,
                              .tenant = call_.route().tenant,
                              .action = action,
                              .arguments = arguments,
                              .language = speech::ToTag(language),
                              .time_limit = time_limit},
                             [weak = weak_from_this(), action_id](const absl::StatusOr<ActionReply>& reply) {
                               const auto self = weak.lock();
                               if (self != nullptr) self->call_.OnActionReply(action_id, reply, self->tools_.now());
                             });
}

void Session::Tell(Report report) {
  const bool legs_open = !caller_.closed() || !agent_.closed() || !closing_.empty();
  if (std::holds_alternative<CallEnded>(report) && legs_open) {
    last_word_ = std::move(report);
    return;
  }
  tools_.telephony.Tell(call_.identity().call_id, report);
}

void Session::CloseAudio(Side& side, int sip_code) {
  if (!side.audio.has_value()) return;
  side.sip_code = sip_code;
  tools_.audio.Close(side.key());
  closing_.push_back(std::exchange(side, Side{.sip = side.sip, .leg_id = side.leg_id}));
}

bool Session::Owns(LegKey leg) const {
  if (leg == caller_.key() || leg == agent_.key()) return true;
  return std::any_of(closing_.begin(), closing_.end(), [&](const Side& side) { return side.key() == leg; });
}

// ---- What happens on the legs ----

void Session::OnProgress(SipLegId leg, int sip_code) {
  if (leg == agent_.sip && sip_code >= 180) call_.OnAgentRinging();
}

void Session::OnAnswer(SipLegId leg, const std::string& sdp) {
  if (leg != agent_.sip) return;
  const absl::StatusOr<SessionDescription> description = ParseSdp(sdp);
  const absl::StatusOr<RemoteAudio> remote =
      description.ok() ? ChooseAudio(*description) : absl::StatusOr<RemoteAudio>(description.status());
  if (!remote.ok() || remote->secure != agent_.secure) return AgentFailed(kNotAcceptable);
  tools_.audio.SetRemote(*agent_.audio, *remote);
  call_.OnAgentAnswered(tools_.now());
  if (!remote->secure) call_.OnAgentAudible(tools_.now());
}

void Session::OnReinvite(SipLegId leg, const std::string& sdp) {
  Side& side = leg == agent_.sip ? agent_ : caller_;
  const absl::StatusOr<SessionDescription> offer = ParseSdp(sdp);
  const absl::StatusOr<RemoteAudio> remote =
      offer.ok() ? ChooseAudio(*offer) : absl::StatusOr<RemoteAudio>(offer.status());
  if (!remote.ok() || !side.audio.has_value()) return tools_.sip.Refuse(leg, kNotAcceptable);
  ++side.audio->local.version;
  tools_.sip.Accept(leg, WriteAnswer(side.audio->local, *offer, *remote));
  tools_.audio.SetRemote(*side.audio, *remote);
  if (leg == agent_.sip) return call_.OnAgentHold(!remote->receives);
  caller_remote_ = *remote;
}

void Session::OnEnded(SipLegId leg, int sip_code) {
  if (leg == caller_.sip) {
    caller_.sip = 0;
    return call_.OnCallerLeft(tools_.now());
  }
  if (leg != agent_.sip) return;
  agent_.sip = 0;
  const bool rings = std::holds_alternative<Ringing>(call_.state());
  if (rings && agent_.secure && sip_code == kNotAcceptable) {
    // Not a browser's phone: the same leg is offered plain RTP, and only what comes of that is told.
    agent_.leg_id.clear();
    return OfferAgent(/*secure=*/false);
  }
  CloseAudio(agent_, sip_code);
  if (rings) return call_.OnAgentFailed(sip_code == 0 ? 480 : sip_code, tools_.now());
  call_.OnAgentLeft(tools_.now());
}

void Session::OnPlayEnded(LegKey leg, int64_t play_id) {
  if (leg == caller_.key() && play_id == wanted_play_) call_.OnPlayEnded(play_id, tools_.now());
}

void Session::OnSecured(LegKey leg) {
  if (leg == agent_.key()) call_.OnAgentAudible(tools_.now());
}

// Nothing has come for a minute: whoever it was is gone without a BYE. A side on hold may be silent.
void Session::OnSilent(LegKey leg) {
  const auto* bridged = std::get_if<Bridged>(&call_.state());
  if (leg == agent_.key() && bridged != nullptr && !bridged->on_hold) {
    EndAgent();
    return call_.OnAgentLeft(tools_.now());
  }
  if (leg != caller_.key() || !caller_remote_.sends || call_.over()) return;
  tools_.sip.End(std::exchange(caller_.sip, 0));
  call_.OnCallerLeft(tools_.now());
}

void Session::OnRemoved(const Leg& leg) {
  const auto side =
      std::find_if(closing_.begin(), closing_.end(), [&](const Side& one) { return one.key() == leg.key; });
  if (side == closing_.end()) return;
  const StreamStatistics& figures = leg.jitter.statistics();
  const LegEnded ended{.leg_id = side->leg_id,
                       .sip_code = side->sip_code == 0 ? 200 : side->sip_code,
                       .q850_cause = Q850CauseOf(side->sip_code),
                       .packets_received = figures.packets_received,
                       .packets_lost = figures.packets_lost,
                       .jitter_us = figures.jitter_us};
  closing_.erase(side);
  if (!ended.leg_id.empty()) tools_.telephony.Tell(call_.identity().call_id, ended);
  if (last_word_.has_value() && closing_.empty()) {
    tools_.telephony.Tell(call_.identity().call_id, *std::exchange(last_word_, std::nullopt));
  }
}

}  // namespace lintel::media
