#include "telephony/media/control/call_traces.h"

namespace lintel::media {
namespace {

using telephony::v1::CallEvent;

constexpr int kMostSteps = 500;    // A flow that runs in circles must not use up the place of the legs.
constexpr int kMostEvents = 2000;  // Two hours in a queue, an agent rung every twenty seconds.

bool BelongsToTrace(const CallEvent& event) {
  switch (event.event_case()) {
    case CallEvent::kStarted:
    case CallEvent::kFlowStep:
    case CallEvent::kAgentRinging:
    case CallEvent::kAgentAnswered:
    case CallEvent::kAgentFailed:
    case CallEvent::kLegEnded:
      return true;
    default:
      return false;
  }
}

}  // namespace

void CallTraces::Take(CallEvent& event) {
  if (event.has_started()) traces_[event.call_id()].Clear();
  const auto found = traces_.find(event.call_id());
  if (found == traces_.end()) return;
  Trace& trace = found->second;
  if (event.has_ended()) {
    event.mutable_ended()->mutable_trace()->Swap(&trace);
    traces_.erase(found);
    return;
  }
  if (!BelongsToTrace(event) || trace.size() >= (event.has_flow_step() ? kMostSteps : kMostEvents)) return;
  CallEvent& noted = *trace.Add();
  noted = event;
  noted.clear_call_id();
}

}  // namespace lintel::media
