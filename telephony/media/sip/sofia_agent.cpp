#include "telephony/media/sip/sofia_agent.h"

#include <arpa/inet.h>
#include <strings.h>

#include <algorithm>
#include <cstring>
#include <string>

#include <fmt/format.h>

#include "absl/strings/numbers.h"
#include "telephony/media/sip/info_key.h"

namespace lintel::media {
namespace {

constexpr char kAllowed[] = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE";
constexpr char kSdpType[] = "application/sdp";
constexpr unsigned kLongestRequest = 65535;  // Never switch to TCP because of a long description.

std::string Text(const char* text) { return text == nullptr ? "" : text; }

std::string PayloadOf(const sip_t* sip) {
  if (sip == nullptr || sip->sip_payload == nullptr || sip->sip_payload->pl_data == nullptr) return "";
  return std::string(sip->sip_payload->pl_data, sip->sip_payload->pl_len);
}

// The value of a header sofia does not know.
std::string UnknownHeader(const sip_t* sip, const char* name) {
  for (const sip_unknown_t* header = sip->sip_unknown; header != nullptr; header = header->un_next) {
    if (header->un_name != nullptr && strcasecmp(header->un_name, name) == 0) return Text(header->un_value);
  }
  return "";
}

// Whether `network` is this address, or one that holds it ("10.1.0.0/16"). What is neither holds nobody.
bool Holds(const std::string& network, in_addr address) {
  const size_t slash = network.find('/');
  in_addr base{};
  int bits = 32;
  if (inet_pton(AF_INET, network.substr(0, slash).c_str(), &base) != 1) return false;
  if (slash != std::string::npos && !absl::SimpleAtoi(network.substr(slash + 1), &bits)) return false;
  if (bits < 0 || bits > 32) return false;
  const uint32_t different = ntohl(base.s_addr) ^ ntohl(address.s_addr);
  return bits == 0 || different >> (32 - bits) == 0;
}

void Silence(void*, const char*, va_list) {}

}  // namespace

absl::StatusOr<std::unique_ptr<UserAgent>> UserAgent::Make(const UserAgentConfig& config, SipEvents& events) {
  auto agent = std::make_unique<SofiaAgent>(events);
  const absl::Status opened = agent->Open(config);
  if (!opened.ok()) return opened;
  return std::unique_ptr<UserAgent>(std::move(agent));
}

absl::Status SofiaAgent::Open(const UserAgentConfig& config) {
  config_ = config;
  su_init();
  su_log_redirect(nullptr, &Silence, nullptr);  // Malformed packets are counted by nobody's log.
  su_home_init(home_);
  root_ = su_root_create(this);
  if (root_ == nullptr) return absl::UnavailableError("sofia-sip has no event loop");
  su_root_threading(root_, 0);  // The stack runs in this thread: half the processor time of its own one.
  const std::string url = fmt::format("sip:{}:{};transport=udp", config.host, config.port);
  const std::string proxy = fmt::format("sip:{};transport=udp", config.proxy);
  nua_ = nua_create(root_, &SofiaAgent::OnEvent, this, NUTAG_URL(url.c_str()), NUTAG_PROXY(proxy.c_str()),
                    NUTAG_MEDIA_ENABLE(0), NUTAG_AUTOALERT(0), NUTAG_AUTOANSWER(0), NUTAG_AUTOACK(1),
                    NUTAG_ALLOW(kAllowed), NUTAG_APPL_METHOD("OPTIONS"), NUTAG_OUTBOUND("no-natify no-outbound"),
                    NUTAG_SESSION_TIMER(0), NUTAG_SESSION_REFRESHER(nua_remote_refresher), NUTAG_UPDATE_REFRESH(1),
                    NUTAG_ENABLEMESSAGE(0), NUTAG_ENABLEMESSENGER(0), NTATAG_UDP_MTU(kLongestRequest),
                    SIPTAG_USER_AGENT_STR("lintel"), TAG_END());
  if (nua_ == nullptr)
    return absl::UnavailableError(fmt::format("{}:{} cannot be listened on", config.host, config.port));
  return absl::OkStatus();
}

SofiaAgent::~SofiaAgent() {
  legs_.clear();
  for (auto& [timer, action] : timers_) su_timer_destroy(timer);
  if (nua_ != nullptr) {
    nua_shutdown(nua_);
    for (int steps = 0; !shut_down_ && steps < 50; ++steps) su_root_step(root_, 20);
    nua_destroy(nua_);
  }
  for (auto& watched : watched_) {
    su_root_unregister(root_, &watched->wait, nullptr, watched.get());
    su_wait_destroy(&watched->wait);
  }
  if (root_ != nullptr) su_root_destroy(root_);
  su_home_deinit(home_);
  su_deinit();
}

void SofiaAgent::OnEvent(nua_event_t event, int status, const char*, nua_t*, nua_magic_t* magic, nua_handle_t* handle,
                         nua_hmagic_t* leg, const sip_t* sip, tagi_t*) {
  static_cast<SofiaAgent*>(magic)->Dispatch(event, status, handle, reinterpret_cast<SipLegId>(leg), sip);
}

void SofiaAgent::Dispatch(nua_event_t event, int status, nua_handle_t* handle, SipLegId leg, const sip_t* sip) {
  switch (event) {
    case nua_i_invite:
      return TakeInvite(handle, leg, sip);
    case nua_r_invite:
      return TakeInviteReply(leg, status, sip);
    case nua_i_options:
      return AnswerProbe(handle);
    case nua_i_info:
      return TakeInfo(leg, sip);
    case nua_i_bye:
      return TellEnded(leg, 0);
    case nua_i_cancel:
      return TellEnded(leg, 487);
    case nua_i_terminated:
      TellEnded(leg, status >= 300 ? status : 0);
      legs_.erase(leg);
      return;
    case nua_r_shutdown:
      shut_down_ |= status >= 200;
      return;
    default:
      // Other requests outside a dialog leave a handle nobody asked for.
      if (leg == 0 && handle != nullptr && event < nua_r_set_params) nua_handle_destroy(handle);
      return;
  }
}

SofiaAgent::Leg* SofiaAgent::Find(SipLegId id) {
  const auto found = legs_.find(id);
  return found == legs_.end() ? nullptr : &found->second;
}

SipLegId SofiaAgent::Keep(nua_handle_t* handle, bool outgoing) {
  const SipLegId id = next_++;
  Leg& leg = legs_[id];
  leg.handle = Handle(handle);
  leg.outgoing = outgoing;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): sofia carries it for us and gives it back.
  nua_handle_bind(handle, reinterpret_cast<nua_hmagic_t*>(id));
  return id;
}

bool SofiaAgent::FromTrustedHost() const {
  msg_t* const request = nua_current_request(nua_);
  const su_sockaddr_t* const source = request == nullptr ? nullptr : msg_addr(request);
  if (source == nullptr || source->su_family != AF_INET) return false;
  return std::any_of(config_.trusted_hosts.begin(), config_.trusted_hosts.end(),
                     [&](const std::string& host) { return Holds(host, source->su_sin.sin_addr); });
}

void SofiaAgent::TakeInvite(nua_handle_t* handle, SipLegId id, const sip_t* sip) {
  if (Leg* const leg = Find(id)) {
    if (leg->ended) return;
    return events_.OnReinvite(id, PayloadOf(sip));
  }
  if (!FromTrustedHost()) {
    nua_respond(handle, SIP_403_FORBIDDEN, NUTAG_WITH_THIS(nua_), TAG_END());
    nua_handle_destroy(handle);
    return;
  }
  id = Keep(handle, /*outgoing=*/false);
  if (draining_) return Refuse(id, 503);
  const std::string caller = Text(sip->sip_from == nullptr ? nullptr : sip->sip_from->a_url->url_user);
  events_.OnInvite(id, {.called_user = Text(sip->sip_request->rq_url->url_user),
                        .caller_user = caller == "anonymous" ? "" : caller,
                        .trunk = UnknownHeader(sip, "X-Lintel-Trunk"),
                        .sdp = PayloadOf(sip)});
}

void SofiaAgent::TakeInviteReply(SipLegId id, int status, const sip_t* sip) {
  Leg* const leg = Find(id);
  if (leg == nullptr || leg->ended) return;
  if (status > 100 && status < 200) return events_.OnProgress(id, status);
  if (status >= 300) return TellEnded(id, status);
  if (status < 200 || leg->established) return;
  leg->established = true;
  events_.OnAnswer(id, PayloadOf(sip));
}

void SofiaAgent::AnswerProbe(nua_handle_t* handle) {
  const int code = draining_ ? 503 : 200;
  nua_respond(handle, code, sip_status_phrase(code), NUTAG_WITH_THIS(nua_), SIPTAG_ALLOW_STR(kAllowed), TAG_END());
  nua_handle_destroy(handle);
}

void SofiaAgent::TakeInfo(SipLegId id, const sip_t* sip) {
  const Leg* const leg = Find(id);
  if (leg == nullptr || leg->ended || sip == nullptr || sip->sip_content_type == nullptr) return;
  const std::optional<char> key = KeyOfInfo(Text(sip->sip_content_type->c_type), PayloadOf(sip));
  if (key.has_value()) events_.OnKey(id, *key);
}

void SofiaAgent::TellEnded(SipLegId id, int sip_code) {
  Leg* const leg = Find(id);
  if (leg == nullptr || leg->ended) return;
  leg->ended = true;
  events_.OnEnded(id, sip_code);
}

void SofiaAgent::Accept(SipLegId id, const std::string& sdp) {
  Leg* const leg = Find(id);
  if (leg == nullptr) return;
  leg->established = true;
  nua_respond(leg->handle.get(), SIP_200_OK, SIPTAG_CONTENT_TYPE_STR(kSdpType), SIPTAG_PAYLOAD_STR(sdp.c_str()),
              TAG_END());
}

void SofiaAgent::Ring(SipLegId id) {
  if (Leg* const leg = Find(id)) nua_respond(leg->handle.get(), SIP_180_RINGING, TAG_END());
}

void SofiaAgent::Refuse(SipLegId id, int sip_code) {
  Leg* const leg = Find(id);
  if (leg == nullptr) return;
  if (!leg->established) leg->ended = true;
  nua_respond(leg->handle.get(), sip_code, sip_status_phrase(sip_code), TAG_END());
}

SipLegId SofiaAgent::Invite(const std::string& uri, const std::string& sdp, const std::vector<std::string>& headers) {
  const std::string from = fmt::format("<sip:lintel@{}>", config_.host);
  const std::string to = fmt::format("<{}>", uri);
  nua_handle_t* const handle =
      nua_handle(nua_, nullptr, SIPTAG_TO_STR(to.c_str()), SIPTAG_FROM_STR(from.c_str()), TAG_END());
  if (handle == nullptr) return 0;
  const SipLegId id = Keep(handle, /*outgoing=*/true);
  std::string lines;
  for (const std::string& header : headers) lines += header + "\r\n";
  nua_invite(handle, NUTAG_URL(uri.c_str()), SIPTAG_CONTENT_TYPE_STR(kSdpType), SIPTAG_PAYLOAD_STR(sdp.c_str()),
             TAG_IF(!lines.empty(), SIPTAG_HEADER_STR(lines.c_str())), TAG_END());
  return id;
}

void SofiaAgent::End(SipLegId id) {
  Leg* const leg = Find(id);
  if (leg == nullptr || leg->ended) return;
  leg->ended = true;
  if (leg->established) {
    nua_bye(leg->handle.get(), TAG_END());
  } else if (leg->outgoing) {
    nua_cancel(leg->handle.get(), TAG_END());
  } else {
    nua_respond(leg->handle.get(), SIP_480_TEMPORARILY_UNAVAILABLE, TAG_END());
  }
}

void SofiaAgent::Watch(int descriptor, std::function<void()> ready) {
  auto watched = std::make_unique<Watched>();
  watched->ready = std::move(ready);
  su_wait_create(&watched->wait, descriptor, SU_WAIT_IN);
  const auto wakeup = [](su_root_magic_t*, su_wait_t*, su_wakeup_arg_t* argument) {
    static_cast<Watched*>(argument)->ready();
    return 0;
  };
  su_root_register(root_, &watched->wait, wakeup, watched.get(), 0);
  watched_.push_back(std::move(watched));
}

void SofiaAgent::Every(int milliseconds, std::function<void()> tick) {
  su_timer_t* const timer = su_timer_create(su_root_task(root_), milliseconds);
  auto action = std::make_unique<std::function<void()>>(std::move(tick));
  const auto expired = [](su_root_magic_t*, su_timer_t*, su_timer_arg_t* argument) {
    (*static_cast<std::function<void()>*>(argument))();
  };
  su_timer_set_for_ever(timer, expired, action.get());
  timers_.emplace_back(timer, std::move(action));
}

void SofiaAgent::Run() { su_root_run(root_); }

void SofiaAgent::Stop() { su_root_break(root_); }

}  // namespace lintel::media
