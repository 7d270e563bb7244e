// Carrying out what the flow commands.
#include <utility>

#include "platform/ids/ids.h"
#include "telephony/media/call/call.h"

namespace lintel::media {

void Call::Execute(const flow::Commands& commands, Moment now) {
  for (const flow::Command& command : commands) {
    if (over()) return;
    Do(command, now);
  }
}

void Call::Do(const flow::Command& command, Moment now) {
  if (const auto* play = std::get_if<flow::PlayPrompts>(&command)) {
    port_.PlayToCaller(play->play_id, play->language, play->parts);
  } else if (std::holds_alternative<flow::StopPrompts>(command)) {
    port_.StopPlaying();
  } else if (const auto* action = std::get_if<flow::RunAction>(&command)) {
    if (action->action == "may_dial") permission_id_ = action->action_id;
    port_.AskAction(action->action_id, action->action, action->arguments, action->time_limit, flow_->language());
  } else if (const auto* enter = std::get_if<flow::EnterQueue>(&command)) {
    EnterQueue(*enter, now);
  } else if (const auto* leave = std::get_if<flow::LeaveQueue>(&command)) {
    if (std::holds_alternative<Ringing>(state_)) {
      port_.EndAgent();
      OnAgentFailed(487, now);
    }
    if (waited_.runs()) LeaveTheQueue(leave->reason, now);
    state_ = InFlow{.deadline = now.monotonic + kFlowLimit};
    port_.StopPlaying();
  } else if (const auto* dial = std::get_if<flow::Dial>(&command)) {
    // Where a number leads is `telephony`'s to say: it allowed the call and named the address.
    const auto uri = permission_.values.find("sip_uri");
    if (uri == permission_.values.end()) {
      return Feed(flow::DialEnded{.dial_id = dial->dial_id, .outcome = flow::DialOutcome::kFailed}, now);
    }
    const auto device = permission_.values.find("device");
    const bool browser = device != permission_.values.end() && device->second == "browser";
    port_.PlayRingback();
    StartRinging({.leg_id = NewId(),
                  .sip_uri = uri->second,
                  .device = browser ? AgentDevice::kBrowser : AgentDevice::kPhone,
                  .ring_limit = dial->ring_limit,
                  .call_reference = identity_.call_id,
                  .record = route_.record},
                 dial->dial_id, now);
  } else if (const auto* hang_up = std::get_if<flow::HangUp>(&command)) {
    Finish(agent_left_last_ ? "agent" : "system", hang_up->sip_code, now);
  } else if (const auto* step = std::get_if<flow::Step>(&command)) {
    port_.Tell(FlowStepped{.node = step->node, .edge = step->edge, .digits = step->digits});
  }
}

void Call::EnterQueue(const flow::EnterQueue& command, Moment now) {
  queue_ = command.queue;
  music_ = command.music;
  queued_at_ = now.wall;
  waited_.Start(now.monotonic);
  state_ = Queued{.deadline = now.monotonic + kQueueLimit, .since = now.monotonic};
  port_.Tell(QueueEntered{.queue = queue_, .language = speech::ToTag(flow_->language())});
  port_.PlayMusic(music_);
}

}  // namespace lintel::media
