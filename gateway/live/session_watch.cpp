#include "gateway/live/session_watch.h"

#include "gateway/limits.h"
#include "platform/client/wire_status.h"
#include "platform/status/status.h"

namespace lintel::gateway {
namespace {

constexpr char kService[] = "gateway";
constexpr auto kTokenLife = std::chrono::minutes(1);

absl::Status CannotAsk(const std::string& why) {
  return WithReason(absl::StatusCode::kUnavailable, "PRINCIPAL_UNKNOWN", why);
}

absl::Status TooMany() {
  return WithReason(absl::StatusCode::kResourceExhausted, "TOO_MANY_STREAMS", "too many streams are open");
}

// Whether an answer says that the session is over, and not that nobody could tell.
bool IsOver(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnauthenticated || status.code() == absl::StatusCode::kNotFound ||
         status.code() == absl::StatusCode::kPermissionDenied;
}

}  // namespace

SessionWatch::Ticket::~Ticket() { watch_.Close(session_, id_); }

std::shared_ptr<const Principal> SessionWatch::Ticket::principal() const {
  const std::lock_guard lock(watch_.mutex_);
  const auto found = watch_.sessions_.find(session_);
  return found == watch_.sessions_.end() ? std::make_shared<const Principal>() : found->second.principal;
}

std::string SessionWatch::ServiceToken(const auth::TokenClaims& on_behalf_of) const {
  auth::TokenClaims claims = on_behalf_of;
  claims.set_service(kService);
  const auto expires = WallClock() + kTokenLife;
  claims.set_expire_unix_ms(std::chrono::duration_cast<std::chrono::milliseconds>(expires.time_since_epoch()).count());
  return tokens_.SignService(claims);
}

void SessionWatch::Ask(const auth::TokenClaims& claims, CallMetadata metadata,
                       std::function<void(absl::StatusOr<Principal>)> done) {
  const Method* method = core_.contract->principal();
  Backend* backend = method == nullptr ? nullptr : core_.backends->Find(method->backend);
  if (backend == nullptr) return done(CannotAsk("no service answers principals"));
  metadata["authorization"] = "Bearer " + ServiceToken(claims);
  backend->Call(method->path, grpc::ByteBuffer(ToBuffer("")), metadata, limits::kSessionCheckTime,
                [done = std::move(done)](Backend::Answer answer) {
                  if (!answer.status.ok()) return done(FromGrpc(answer.status));
                  auth::Principal principal;
                  if (!principal.ParseFromString(ToBytes(answer.bytes)))
                    return done(CannotAsk("the principal cannot be read"));
                  done(FromProto(principal));
                });
}

void SessionWatch::Open(const std::string& token, const CallMetadata& metadata, std::function<void()> ended,
                        std::function<void(absl::StatusOr<std::shared_ptr<Ticket>>)> done) {
  const auto claims = tokens_.Verify(token);
  if (!claims.ok()) return done(claims.status());
  if (!claims->service().empty())
    return done(WithReason(absl::StatusCode::kUnauthenticated, "TOKEN_INVALID", "a service listens elsewhere"));
  Ask(*claims, metadata,
      [this, claims = *claims, ended = std::move(ended), done = std::move(done)](absl::StatusOr<Principal> principal) {
        if (principal.ok()) return done(Register(claims, *principal, ended));
        done(IsOver(principal.status()) ? principal.status() : CannotAsk(std::string(principal.status().message())));
      });
}

absl::StatusOr<std::shared_ptr<SessionWatch::Ticket>> SessionWatch::Register(const auth::TokenClaims& claims,
                                                                             const Principal& principal,
                                                                             std::function<void()> ended) {
  const std::lock_guard lock(mutex_);
  if (open_ >= limits::kMostLiveStreams) return TooMany();
  Watched& watched = sessions_[claims.session()];
  if (watched.open.size() >= limits::kMostStreamsOfOneSession) return TooMany();
  watched.claims = claims;
  watched.principal = std::make_shared<const Principal>(principal);
  const int64_t id = next_id_++;
  watched.open[id] = std::move(ended);
  ++open_;
  return std::shared_ptr<Ticket>(new Ticket(*this, claims.session(), id));
}

void SessionWatch::Close(const std::string& session, int64_t id) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(session);
  if (found == sessions_.end() || found->second.open.erase(id) == 0) return;
  --open_;
  if (found->second.open.empty()) sessions_.erase(found);
}

void SessionWatch::End(const std::string& session) {
  std::map<int64_t, std::function<void()>> open;
  {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(session);
    if (found == sessions_.end()) return;
    open = std::move(found->second.open);
    open_ -= open.size();
    sessions_.erase(found);
  }
  for (const auto& [id, ended] : open) ended();
}

void SessionWatch::CheckAll() {
  std::vector<auth::TokenClaims> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [session, watched] : sessions_) all.push_back(watched.claims);
  }
  for (const auth::TokenClaims& claims : all) {
    Ask(claims, {}, [this, session = claims.session()](absl::StatusOr<Principal> principal) {
      if (!principal.ok()) {
        if (IsOver(principal.status())) End(session);
        return;  // Nobody could tell: what is open stays open.
      }
      const std::lock_guard lock(mutex_);
      const auto found = sessions_.find(session);
      if (found != sessions_.end()) found->second.principal = std::make_shared<const Principal>(*principal);
    });
  }
}

size_t SessionWatch::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

}  // namespace lintel::gateway
