// The node's SIP user agent behind Kamailio (RFC 3261), on sofia-sip with its media engine off: offers and answers are
// the caller's of this class. Everything runs in the thread that calls Run(); legs are named by numbers, so that a late
// word about a leg that is gone harms nobody. sofia's handles and tags stay inside.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace lintel::media {

using SipLegId = uint64_t;  // 0: none

// An INVITE from outside any dialog.
struct IncomingInvite {
  std::string called_user;
  std::string caller_user;  // Empty when withheld ("anonymous").
  std::string trunk;        // X-Lintel-Trunk, which only Kamailio sets; empty for phones.
  std::string sdp;          // Empty: the caller expects our offer.
};

// What happens on legs. Called in the SIP thread; the methods of UserAgent may be called from inside.
class SipEvents {
 public:
  virtual ~SipEvents() = default;
  virtual void OnInvite(SipLegId leg, const IncomingInvite& invite) = 0;
  // A new description within the dialog: answer with Accept or Refuse.
  virtual void OnReinvite(SipLegId leg, const std::string& sdp) = 0;
  // Of a leg we invited.
  virtual void OnProgress(SipLegId leg, int sip_code) = 0;
  virtual void OnAnswer(SipLegId leg, const std::string& sdp) = 0;
  // The leg is over: cancelled, hung up, refused (`sip_code` >= 300) or broken. Once per leg, and never for one that
  // was ended by End().
  virtual void OnEnded(SipLegId leg, int sip_code) = 0;
  // A key sent as INFO (application/dtmf-relay), as some phones do.
  virtual void OnKey(SipLegId leg, char key) = 0;
};

struct UserAgentConfig {
  std::string host;  // IPv4
  uint16_t port = 0;
  std::string proxy;                       // Kamailio, host:port
  std::vector<std::string> trusted_hosts;  // Requests from other addresses get 403.
};

class UserAgent {
 public:
  // `events` outlives the agent. UNAVAILABLE when the address is taken.
  static absl::StatusOr<std::unique_ptr<UserAgent>> Make(const UserAgentConfig& config, SipEvents& events);
  virtual ~UserAgent() = default;

  // Answers an INVITE or re-INVITE with 200 and our description.
  virtual void Accept(SipLegId leg, const std::string& sdp) = 0;
  virtual void Ring(SipLegId leg) = 0;                  // 180
  virtual void Refuse(SipLegId leg, int sip_code) = 0;  // Of an INVITE the leg ends, of a re-INVITE it goes on.
  // Calls through Kamailio. `headers` are whole lines.
  virtual SipLegId Invite(const std::string& uri, const std::string& sdp, const std::vector<std::string>& headers) = 0;
  // CANCEL, BYE or a refusal, whichever fits.
  virtual void End(SipLegId leg) = 0;

  // Answers Kamailio's probes with 503, so that no new call comes.
  virtual void SetDraining() = 0;
  // Legs whose dialogs are still being taken down.
  virtual size_t legs() const = 0;

  // Calls `ready` in the SIP thread when the file descriptor is readable.
  virtual void Watch(int descriptor, std::function<void()> ready) = 0;
  // Calls `tick` about every `milliseconds`.
  virtual void Every(int milliseconds, std::function<void()> tick) = 0;
  virtual void Run() = 0;
  virtual void Stop() = 0;  // Makes Run return; from inside the SIP thread.
};

}  // namespace lintel::media
