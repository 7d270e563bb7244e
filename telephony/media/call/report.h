// What a call tells `telephony`, in order. The same facts as CallEvent of call_control.proto, without protobuf.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "telephony/media/call/live_call.h"

namespace lintel::media {

struct CallStarted {
  int64_t tenant = 0;
  std::string called_number, caller_number, trunk, leg_id, flow;
};
struct FlowStepped {
  std::string node, edge, digits;
};
struct QueueEntered {
  std::string queue, language;
};
struct QueueLeft {
  std::string queue, reason;
};  // "abandoned", "digit", "timeout", "unavailable"
struct AgentRinging {
  std::string leg_id, agent;
};
struct AgentAnswered {
  std::string leg_id, agent;
};
struct AgentFailed {
  std::string leg_id, agent;
  int sip_code = 0;
};
struct LegEnded {
  std::string leg_id;
  int sip_code = 0;
  int q850_cause = 0;
  uint64_t packets_received = 0, packets_lost = 0;
  uint32_t jitter_us = 0;
};
struct HoldChanged {
  std::string leg_id;
  bool on_hold = false;
};
struct CallEnded {
  std::string hung_up_by;  // "caller", "agent", "system"
  int sip_code = 0;
  int q850_cause = 0;
  bool recorded = false;
  LiveCall call;  // In its last moment
};

using Report = std::variant<CallStarted, FlowStepped, QueueEntered, QueueLeft, AgentRinging, AgentAnswered, AgentFailed,
                            LegEnded, HoldChanged, CallEnded>;

// The ISDN cause of a SIP status (RFC 4497 §8.4.4 and ITU-T Q.850), for call records.
int Q850CauseOf(int sip_code);

}  // namespace lintel::media
