// Calls that began before this process knew of them, as their nodes describe them.
#include <utility>

#include "platform/ids/ids.h"
#include "services/telephony/app/call_book.h"

namespace lintel::telephony {
namespace {

// A leg of which at most the end is known.
void Describe(v1::CallLeg& leg, const std::string& id, const std::string& agent,
              const google::protobuf::Timestamp& answered) {
  if (leg.has_answer_time()) return;
  leg.set_leg_id(id);
  leg.set_agent(agent);
  *leg.mutable_start_time() = answered;
  *leg.mutable_answer_time() = answered;
}

}  // namespace

std::vector<v1::LiveCall> CallBook::Attach(const v1::AttachRequest& request) {
  const std::lock_guard lock(mutex_);
  attached_at_[request.node()] = request.last_sequence();
  // Should one of these come to its end yet, that tells all that matters.
  std::erase_if(calls_, [&](const auto& one) { return one.second.node == request.node() && !one.second.is_known(); });
  std::vector<v1::LiveCall> restored;
  for (const v1::LiveCall& from : request.calls()) {
    if (!IsId(from.call_id())) continue;
    const auto [place, is_new] = calls_.try_emplace(from.call_id());
    Live& live = place->second;
    live.node = request.node();
    if (!is_new) continue;
    live.told_until = live.past_until = request.last_sequence();
    Fill(live, from.call_id(), from);
    restored.push_back(from);
  }
  return restored;
}

void CallBook::Fill(Live& live, const std::string& call_id, const v1::LiveCall& from) {
  v1::PhoneCall& call = live.facts.call;
  live.facts.tenant = from.tenant_id();
  live.facts.queued_time = from.queued_time();
  live.wait_us = from.wait_us();
  live.talk_us = from.talk_us();
  if (from.state() == v1::QUEUED || from.state() == v1::RINGING_AGENT) live.queued_us = from.monotonic_us();
  if (from.state() == v1::BRIDGED) live.answered_us = from.monotonic_us();
  call.set_name("calls/" + call_id);
  call.set_caller_number(from.caller_number());
  call.set_called_number(from.called_number());
  call.set_trunk(from.trunk());
  call.set_flow(from.flow());
  call.set_queue(from.queue());
  *call.mutable_start_time() = from.start_time();
  if (!from.leg_id().empty()) Describe(live.legs[from.leg_id()], from.leg_id(), "", from.start_time());
  if (!from.has_answer_time()) return;
  *call.mutable_answer_time() = from.answer_time();
  if (from.state() == v1::RINGING_AGENT) return;  // The agent is another one than who talked
  SetTalk(live, from.agent(), from.answer_time());
  const std::string& leg = from.queue_leg_id();
  if (!leg.empty()) Describe(live.legs[leg], leg, from.agent(), from.answer_time());
}

// In the place of what was heard of it, which may be a part.
void CallBook::Retrace(Live& live, const v1::CallEnded& ended) {
  if (ended.trace().empty()) return;
  v1::PhoneCall& call = live.facts.call;
  live.legs.clear();
  call.clear_steps();
  bool is_first_talk = true;
  for (const v1::CallEvent& event : ended.trace()) {
    NoteTrace(live, event);
    if (event.has_started()) *call.mutable_start_time() = event.occurred_time();
    if (!event.has_agent_answered()) continue;
    if (std::exchange(is_first_talk, false)) call.clear_answer_time();  // A LiveCall knows the last one's.
    SetTalk(live, event.agent_answered().agent(), event.occurred_time());
  }
}

}  // namespace lintel::telephony
