// One call on this node: its machine (call/), its two SIP legs and their audio, tied together. SIP thread only.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "telephony/media/call/call.h"
#include "telephony/media/node/audio_hub.h"
#include "telephony/media/node/prompts.h"
#include "telephony/media/node/telephony_port.h"
#include "telephony/media/recording/recorder.h"
#include "telephony/media/sip/user_agent.h"

namespace lintel::media {

// What all sessions of a node share; all of it outlives them.
struct SessionTools {
  UserAgent& sip;
  AudioHub& audio;
  Prompts& prompts;
  TelephonyPort& telephony;
  Recorder& recorder;
  std::function<Moment()> now;
};

class Session final : public CallPort, public std::enable_shared_from_this<Session> {
 public:
  Session(const SessionTools& tools, CallIdentity identity, SipLegId caller, std::string trunk,
          SessionDescription offer, RemoteAudio remote);

  // Asks `telephony` how to answer.
  void Start();

  // ---- SIP ----
  void OnProgress(SipLegId leg, int sip_code);
  void OnAnswer(SipLegId leg, const std::string& sdp);
  void OnReinvite(SipLegId leg, const std::string& sdp);
  void OnEnded(SipLegId leg, int sip_code);
  void OnKey(char key) { call_.OnKey(key, tools_.now()); }

  // ---- Audio ----
  void OnPlayEnded(LegKey leg, int64_t play_id);
  void OnSecured(LegKey leg);
  void OnSilent(LegKey leg);
  void OnRemoved(const Leg& leg);

  Call& call() { return call_; }
  // Nothing is left of it: the call is over and its audio legs are closed.
  bool gone() const { return call_.over() && caller_.closed() && agent_.closed() && closing_.empty(); }
  bool Owns(LegKey leg) const;
  bool IsAgent(LegKey leg) const { return leg == agent_.key(); }
  SipLegId agent_leg() const { return agent_.sip; }

  // ---- CallPort ----
  bool AnswerCaller() override;
  void EndCaller(int sip_code) override;
  void PlayToCaller(int64_t play_id, speech::Language language, const speech::Spoken& parts) override;
  void PlayMusic(const std::string& name) override;
  void PlayRingback() override;
  void StopPlaying() override;
  void InviteAgent(const Destination& destination) override;
  void EndAgent() override;
  void BridgeLegs(bool record) override;
  void UnbridgeLegs() override;
  void AskAction(int64_t action_id, const std::string& action, const std::map<std::string, std::string>& arguments,
                 flow::Milliseconds time_limit, speech::Language language) override;
  void Tell(Report report) override;

 private:
  struct Side {
    SipLegId sip = 0;
    std::string leg_id;  // Empty: an attempt that is not told of.
    std::optional<OpenedLeg> audio;
    int sip_code = 0;
    bool secure = false;
    LegKey key() const { return audio.has_value() ? audio->key : LegKey{}; }
    bool closed() const { return !audio.has_value(); }
  };

  void OfferAgent(bool secure);
  void CloseAudio(Side& side, int sip_code);
  void PlayList(int64_t play_id, const PromptList& list, bool loop);
  void AgentFailed(int sip_code);

  const SessionTools& tools_;
  Call call_;
  const std::string trunk_;
  const SessionDescription offer_;
  RemoteAudio caller_remote_;
  Side caller_;
  Side agent_;
  Destination rung_;                 // Whose leg `agent_` is.
  std::vector<Side> closing_;        // Legs whose last figures are still to come.
  int64_t wanted_play_ = 0;          // The prompt being rendered or played; older ones are not played any more.
  uint64_t recording_ = 0;           // One for all talks of the call; open until its end.
  std::optional<Report> last_word_;  // CallEnded waits for the figures of the legs.
};

}  // namespace lintel::media
