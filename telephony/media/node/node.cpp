#include "telephony/media/node/node.h"

#include <utility>

#include "platform/log/log.h"

namespace lintel::media {
namespace {

constexpr int kNotAcceptable = 488;
constexpr int kBusyEverywhere = 503;
constexpr size_t kLongestNumber = 64;

}  // namespace

Node::Node(size_t capacity, std::function<std::string()> new_id) : capacity_(capacity), new_id_(std::move(new_id)) {}

void Node::OnInvite(SipLegId leg, const IncomingInvite& invite) {
  const absl::StatusOr<SessionDescription> offer = ParseSdp(invite.sdp);
  const absl::StatusOr<RemoteAudio> remote =
      offer.ok() ? ChooseAudio(*offer) : absl::StatusOr<RemoteAudio>(offer.status());
  const bool sane = invite.called_user.size() <= kLongestNumber && invite.caller_user.size() <= kLongestNumber;
  if (!remote.ok() || !sane || by_call_.size() >= capacity_) {
    ++counters_.refused;
    return tools_->sip.Refuse(leg, remote.ok() ? kBusyEverywhere : kNotAcceptable);
  }
  ++counters_.calls;
  CallIdentity identity{.call_id = new_id_(),
                        .caller_leg_id = new_id_(),
                        .called_number = invite.called_user,
                        .caller_number = invite.caller_user,
                        .started = tools_->now().wall};
  const auto session = std::make_shared<Session>(*tools_, identity, leg, invite.trunk, *offer, *remote);
  by_call_[identity.call_id] = session;
  call_of_leg_[leg] = identity.call_id;
  session->Start();
}

std::shared_ptr<Session> Node::OfLeg(SipLegId leg) {
  const auto call = call_of_leg_.find(leg);
  if (call == call_of_leg_.end()) return nullptr;
  const auto session = by_call_.find(call->second);
  return session == by_call_.end() ? nullptr : session->second;
}

std::shared_ptr<Session> Node::OfAudio(LegKey leg) {
  for (const auto& [id, session] : by_call_) {
    if (session->Owns(leg)) return session;
  }
  return nullptr;
}

// The agent's leg is made inside the session; its later events must find the way back.
void Node::NoteLegs(const std::shared_ptr<Session>& session) {
  if (session->agent_leg() != 0) call_of_leg_[session->agent_leg()] = session->call().identity().call_id;
}

void Node::OnReinvite(SipLegId leg, const std::string& sdp) {
  const auto session = OfLeg(leg);
  session == nullptr ? tools_->sip.Refuse(leg, 481) : session->OnReinvite(leg, sdp);
}

void Node::OnProgress(SipLegId leg, int sip_code) {
  if (const auto session = OfLeg(leg)) session->OnProgress(leg, sip_code);
}

void Node::OnAnswer(SipLegId leg, const std::string& sdp) {
  if (const auto session = OfLeg(leg)) session->OnAnswer(leg, sdp);
}

void Node::OnEnded(SipLegId leg, int sip_code) {
  const auto session = OfLeg(leg);
  call_of_leg_.erase(leg);
  if (session == nullptr) return;
  session->OnEnded(leg, sip_code);
  NoteLegs(session);
}

void Node::OnKey(SipLegId leg, char key) {
  const auto session = OfLeg(leg);
  if (session == nullptr || session->agent_leg() == leg) return;
  ++counters_.digits;
  session->OnKey(key);
}

void Node::OnOrder(const CallOrder& order) {
  int64_t& highest = epochs_[order.exchange];
  if (order.epoch < highest) {
    ++counters_.stale_orders;
    return;
  }
  highest = order.epoch;
  const auto found = by_call_.find(order.call_id);
  if (found == by_call_.end()) return;
  const std::shared_ptr<Session> session = found->second;
  if (session->call().route().exchange != order.exchange) {
    ++counters_.stale_orders;
    return;
  }
  session->call().OnOrder(order.order, tools_->now());
  NoteLegs(session);
}

void Node::OnAudio(WorkerEvent& event) {
  if (const auto* key = std::get_if<KeyPressed>(&event)) {
    const auto session = OfAudio(key->leg);
    if (session == nullptr || session->IsAgent(key->leg)) return;
    ++counters_.digits;
    session->OnKey(key->key);
    NoteLegs(session);
  } else if (const auto* ended = std::get_if<PlayEnded>(&event)) {
    if (const auto session = OfAudio(ended->leg)) session->OnPlayEnded(ended->leg, ended->playlist->play_id);
  } else if (const auto* secured = std::get_if<LegSecured>(&event)) {
    if (const auto session = OfAudio(secured->leg)) session->OnSecured(secured->leg);
  } else if (const auto* silent = std::get_if<LegSilent>(&event)) {
    if (const auto session = OfAudio(silent->leg)) session->OnSilent(silent->leg);
  } else if (const auto* removed = std::get_if<LegRemoved>(&event)) {
    const auto session = OfAudio(removed->leg->key);
    if (session == nullptr) return;
    session->OnRemoved(*removed->leg);
    if (session->gone()) Forget(session);
  }
}

void Node::OnTick() {
  const std::optional<MonotonicTime> away = tools_->telephony.AwaySince();
  const Moment now = tools_->now();
  std::vector<std::shared_ptr<Session>> sessions;
  for (const auto& [id, session] : by_call_) sessions.push_back(session);
  for (const auto& session : sessions) {
    session->call().OnTick(now, away);
    NoteLegs(session);
    if (session->gone()) Forget(session);
  }
}

void Node::Forget(const std::shared_ptr<Session>& session) {
  const std::string& id = session->call().identity().call_id;
  absl::erase_if(call_of_leg_, [&](const auto& entry) { return entry.second == id; });
  by_call_.erase(id);
}

void Node::EndAllCalls() {
  for (const auto& [id, session] : std::map(by_call_)) session->call().OnDrainOver(tools_->now());
}

std::vector<LiveCall> Node::LiveCalls() const {
  std::vector<LiveCall> live;
  for (const auto& [id, session] : by_call_) {
    const Call& call = session->call();
    if (call.over() || std::holds_alternative<Routing>(call.state())) continue;
    live.push_back(call.Live(tools_->now()));
  }
  return live;
}

}  // namespace lintel::media
