// What each call has reported of its legs and its way through the flow, for its end to say it once more: who writes the
// record need not be who heard the reports. Not for several threads at once.
#pragma once

#include <map>
#include <string>

#include "lintel/telephony/v1/call_control.pb.h"

namespace lintel::media {

class CallTraces {
 public:
  // Every report in its order. What belongs to the trace is noted; an end gets what was noted of its call.
  void Take(telephony::v1::CallEvent& event);

  size_t calls() const { return traces_.size(); }

 private:
  using Trace = google::protobuf::RepeatedPtrField<telephony::v1::CallEvent>;
  std::map<std::string, Trace> traces_;  // By call, from CallStarted to CallEnded.
};

}  // namespace lintel::media
