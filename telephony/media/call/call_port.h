// What a call asks of the world: its legs, its audio and `telephony`. The node carries it out; tests note it down.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "telephony/flow/flow.h"
#include "telephony/media/call/report.h"

namespace lintel::media {

// What a phone is offered: DTLS-SRTP (and plain RTP once it refuses that with 488), or plain RTP at once.
enum class AgentDevice { kBrowser, kPhone };

// An agent's phone, an extension or a number, to be rung through Kamailio.
struct Destination {
  std::string leg_id;
  std::string agent;  // agents/{a}; empty for others
  std::string sip_uri;
  AgentDevice device = AgentDevice::kBrowser;
  flow::Milliseconds ring_limit{20000};
  std::string call_reference;  // Goes to the agent's screen; never the caller's number.
  bool record = false;
};

class CallPort {
 public:
  virtual ~CallPort() = default;

  // The caller's leg. False: there is no audio for it.
  virtual bool AnswerCaller() = 0;
  virtual void EndCaller(int sip_code) = 0;  // 0: BYE; otherwise the INVITE is refused with it.
  virtual void PlayToCaller(int64_t play_id, speech::Language language, const speech::Spoken& parts) = 0;
  virtual void PlayMusic(const std::string& name) = 0;  // Looped until stopped; empty: the node's own.
  virtual void PlayRingback() = 0;
  virtual void StopPlaying() = 0;

  // The other leg: at most one at a time.
  virtual void InviteAgent(const Destination& destination) = 0;
  virtual void EndAgent() = 0;  // CANCEL or BYE, whichever fits.
  virtual void BridgeLegs(bool record) = 0;
  virtual void UnbridgeLegs() = 0;

  // `telephony`. The answers come back through the call's On... methods.
  virtual void AskAction(int64_t action_id, const std::string& action,
                         const std::map<std::string, std::string>& arguments, flow::Milliseconds time_limit,
                         speech::Language language) = 0;
  virtual void Tell(Report report) = 0;
};

}  // namespace lintel::media
