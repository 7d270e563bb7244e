// UserAgent on sofia-sip. Internal to telephony/media/sip.
#pragma once

#include <map>

#include "telephony/media/sip/sofia.h"
#include "telephony/media/sip/user_agent.h"

namespace lintel::media {

// Owns a nua_handle_t.
class Handle {
 public:
  Handle() = default;
  explicit Handle(nua_handle_t* handle) : handle_(handle) {}
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() {
    if (handle_ != nullptr) nua_handle_destroy(handle_);
  }
  nua_handle_t* get() const { return handle_; }

 private:
  nua_handle_t* handle_ = nullptr;
};

class SofiaAgent final : public UserAgent {
 public:
  explicit SofiaAgent(SipEvents& events) : events_(events) {}
  ~SofiaAgent() override;
  absl::Status Open(const UserAgentConfig& config);

  void Accept(SipLegId leg, const std::string& sdp) override;
  void Ring(SipLegId leg) override;
  void Refuse(SipLegId leg, int sip_code) override;
  SipLegId Invite(const std::string& uri, const std::string& sdp, const std::vector<std::string>& headers) override;
  void End(SipLegId leg) override;
  void SetDraining() override { draining_ = true; }
  size_t legs() const override { return legs_.size(); }
  void Watch(int descriptor, std::function<void()> ready) override;
  void Every(int milliseconds, std::function<void()> tick) override;
  void Run() override;
  void Stop() override;

 private:
  struct Leg {
    Handle handle;
    bool outgoing = false;
    bool established = false;
    bool ended = false;  // The application knows, or ended it itself.
  };
  struct Watched {
    su_wait_t wait;
    std::function<void()> ready;
  };

  static void OnEvent(nua_event_t event, int status, const char* phrase, nua_t* nua, nua_magic_t* magic,
                      nua_handle_t* handle, nua_hmagic_t* leg, const sip_t* sip, tagi_t* tags);
  void Dispatch(nua_event_t event, int status, nua_handle_t* handle, SipLegId leg, const sip_t* sip);
  void TakeInvite(nua_handle_t* handle, SipLegId id, const sip_t* sip);
  void TakeInviteReply(SipLegId id, int status, const sip_t* sip);
  void AnswerProbe(nua_handle_t* handle);
  void TakeInfo(SipLegId id, const sip_t* sip);
  void TellEnded(SipLegId id, int sip_code);
  bool FromTrustedHost() const;
  SipLegId Keep(nua_handle_t* handle, bool outgoing);
  Leg* Find(SipLegId id);

  SipEvents& events_;
  UserAgentConfig config_;
  su_home_t home_[1] = {SU_HOME_INIT(home_)};
  su_root_t* root_ = nullptr;
  nua_t* nua_ = nullptr;
  SipLegId next_ = 1;
  std::map<SipLegId, Leg> legs_;
  std::vector<std::unique_ptr<Watched>> watched_;
  std::vector<std::pair<su_timer_t*, std::unique_ptr<std::function<void()>>>> timers_;
  bool draining_ = false;
  bool shut_down_ = false;
};

}  // namespace lintel::media
