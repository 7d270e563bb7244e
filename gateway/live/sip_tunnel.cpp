#include "gateway/live/sip_tunnel.h"

#include "gateway/limits.h"
#include "gateway/text/websocket_meter.h"
#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

constexpr auto kHandshakePatience = std::chrono::seconds(3);
constexpr auto kSilence =
    std::chrono::minutes(5);  // SIP over WebSocket sends keep-alives more often (RFC 5626, RFC 7118).
constexpr char kPolicyClose[] = "\x88\x02\x03\xF0";  // A close frame with 1008.
constexpr size_t kLongestAnswer = 8 << 10;

absl::Status NoUpgrade() {
  return WithReason(absl::StatusCode::kInvalidArgument, "UPGRADE_EXPECTED", "a WebSocket for sip is expected");
}
absl::Status PhoneAway() {
  return WithReason(absl::StatusCode::kUnavailable, "PHONE_AWAY", "the SIP proxy cannot be reached");
}

bool HasToken(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const size_t comma = list.find(',');
    std::string_view one = list.substr(0, comma);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (SameHeaderName(one, token)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

absl::Status CheckHandshake(const Request& request) {
  const Headers& headers = request.headers;
  const std::string_view key = headers.Get("Sec-WebSocket-Key");
  const bool key_fits =
      key.size() == 24 && key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
                              std::string_view::npos;
  const bool upgrade = request.verb == "GET" && HasToken(headers.Get("Upgrade"), "websocket") &&
                       HasToken(headers.Get("Connection"), "upgrade");
  if (!upgrade || !key_fits || headers.Get("Sec-WebSocket-Version") != "13" ||
      !HasToken(headers.Get("Sec-WebSocket-Protocol"), "sip"))
    return NoUpgrade();
  return CheckOrigin(request);
}

// The proxy answers the browser's own key, so its Sec-WebSocket-Accept is passed on as it is.
std::string Handshake(const Request& request, const SipProxy& proxy) {
  const std::string host = proxy.host + ":" + std::to_string(proxy.port);
  return "GET /sip HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " +
         std::string(request.headers.Get("Sec-WebSocket-Key")) +
         "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n";
}

class Tunnel : public std::enable_shared_from_this<Tunnel> {
 public:
  Tunnel(std::shared_ptr<Turn> turn, std::unique_ptr<Duplex> proxy)
      : turn_(std::move(turn)), proxy_(std::move(proxy)) {}

  void Start(std::shared_ptr<SessionWatch::Ticket> ticket, const std::string& handshake) {
    ticket_ = std::move(ticket);
    proxy_->Write(handshake, [self = shared_from_this()](bool sent) {
      sent ? self->ReadAnswer() : self->turn_->Fail(PhoneAway());
    });
  }

  // The session ended. Threads: any.
  void Close() {
    ended_ = true;
    Duplex* client = client_.load();
    if (client == nullptr) return;
    log::Info("phone tunnel closed", {{"requestId", turn_->request_id()}, {"reason", "the session is over"}});
    client->Close();
    proxy_->Close();
  }

 private:
  void ReadAnswer() {
    proxy_->Read(kHandshakePatience, [self = shared_from_this()](std::string bytes) {
      self->answer_ += bytes;
      const bool complete = self->answer_.find("\r\n\r\n") != std::string::npos;
      if (bytes.empty() || self->answer_.size() > kLongestAnswer) return self->turn_->Fail(PhoneAway());
      if (!complete) return self->ReadAnswer();
      if (!self->answer_.starts_with("HTTP/1.1 101")) return self->turn_->Fail(PhoneAway());
      self->Connect();
    });
  }

  void Connect() {
    std::string early;
    owned_client_ = turn_->exchange().TakeOver(&early);
    client_ = owned_client_.get();
    if (ended_) return End();
    owned_client_->Write(std::move(answer_), [self = shared_from_this(), early = std::move(early)](bool sent) {
      if (!sent) return self->End();
      self->FromProxy();
      early.empty() ? self->FromClient() : self->Forward(early);
    });
  }

  void FromClient() {
    owned_client_->Read(kSilence, [self = shared_from_this()](std::string bytes) {
      bytes.empty() ? self->End() : self->Forward(std::move(bytes));
    });
  }

  void Forward(std::string bytes) {
    const absl::Status status = meter_.Feed(bytes, std::chrono::steady_clock::now());
    if (!status.ok()) {
      log::Warn("phone tunnel closed", {{"requestId", turn_->request_id()}, {"reason", std::string(status.message())}});
      proxy_->Close();
      return owned_client_->Write(std::string(kPolicyClose, 4), [self = shared_from_this()](bool) { self->End(); });
    }
    proxy_->Write(std::move(bytes),
                  [self = shared_from_this()](bool sent) { sent ? self->FromClient() : self->End(); });
  }

  void FromProxy() {
    proxy_->Read(kSilence, [self = shared_from_this()](std::string bytes) {
      if (bytes.empty()) return self->End();
      self->owned_client_->Write(std::move(bytes), [self](bool sent) { sent ? self->FromProxy() : self->End(); });
    });
  }

  void End() {
    owned_client_->Close();
    proxy_->Close();
  }

  const std::shared_ptr<Turn> turn_;
  const std::unique_ptr<Duplex> proxy_;
  std::unique_ptr<Duplex> owned_client_;
  std::atomic<Duplex*> client_{nullptr};
  std::atomic<bool> ended_{false};
  std::shared_ptr<SessionWatch::Ticket> ticket_;
  std::string answer_;
  WebSocketMeter meter_{{.largest_message = limits::kLargestSipMessage,
                         .per_second = limits::kSipMessagesPerSecond,
                         .burst = limits::kSipBurst},
                        std::chrono::steady_clock::now()};
};

// Where the end of a session finds its tunnel, which is made after the session was found good.
class Place {
 public:
  void Put(const std::shared_ptr<Tunnel>& tunnel) {
    const std::lock_guard lock(mutex_);
    tunnel_ = tunnel;
    if (ended_) tunnel->Close();
  }
  void End() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    if (const auto tunnel = tunnel_.lock()) tunnel->Close();
  }

 private:
  std::mutex mutex_;
  bool ended_ = false;
  std::weak_ptr<Tunnel> tunnel_;
};

}  // namespace

void ServeSip(std::shared_ptr<Turn> turn, const SipProxy& proxy, HttpServer& server, SessionWatch& sessions) {
  if (absl::Status status = CheckHandshake(turn->request()); !status.ok()) return turn->Fail(status);
  if (turn->credentials().from_cookie && turn->request().headers.Get("Origin").empty()) {
    return turn->Fail(WithReason(absl::StatusCode::kPermissionDenied, "ORIGIN_FOREIGN", "a browser names its origin"));
  }
  if (proxy.host.empty()) return turn->Fail(PhoneAway());
  auto place = std::make_shared<Place>();
  const auto ended = [place] { place->End(); };
  sessions.Open(turn->credentials().token, turn->ServiceMetadata(), ended,
                [turn, proxy, &server, place](absl::StatusOr<std::shared_ptr<SessionWatch::Ticket>> ticket) {
                  if (!ticket.ok()) return turn->Fail(ticket.status());
                  server.Connect(proxy.host, proxy.port, proxy.source,
                                 [turn, proxy, place, ticket = *std::move(ticket)](std::unique_ptr<Duplex> connected) {
                                   if (connected == nullptr) return turn->Fail(PhoneAway());
                                   auto tunnel = std::make_shared<Tunnel>(turn, std::move(connected));
                                   place->Put(tunnel);
                                   tunnel->Start(ticket, Handshake(turn->request(), proxy));
                                 });
                });
}

}  // namespace lintel::gateway
