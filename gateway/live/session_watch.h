// Sessions that have something open: a live stream, a phone's tunnel. Each is asked after again and again, so that what
// is open ends within five seconds of the session (DESIGN 3.7) and rights that change are seen.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/call/core.h"
#include "platform/auth/principal.h"
#include "platform/auth/token.h"

namespace lintel::gateway {

class SessionWatch {
 public:
  // What stays open for one session. Ends its registration when destroyed.
  class Ticket {
   public:
    ~Ticket();
    // As of the last check. Threads: any.
    std::shared_ptr<const Principal> principal() const;
    const std::string& session() const { return session_; }

   private:
    friend class SessionWatch;
    Ticket(SessionWatch& watch, std::string session, int64_t id)
        : watch_(watch), session_(std::move(session)), id_(id) {}
    SessionWatch& watch_;
    const std::string session_;
    const int64_t id_;
  };

  // `tokens` signs as a service and verifies operators' tokens. Both must outlive the watch.
  SessionWatch(Core& core, const Tokens& tokens) : core_(core), tokens_(tokens) {}

  // Who `token` belongs to, by the method of the contract that answers principals. `ended` is called at most once, from
  // any thread, when the session is over. `done` may run on a thread of gRPC's. UNAUTHENTICATED; UNAVAILABLE
  // PRINCIPAL_UNKNOWN when it cannot be found out; RESOURCE_EXHAUSTED TOO_MANY_STREAMS.
  void Open(const std::string& token, const CallMetadata& metadata, std::function<void()> ended,
            std::function<void(absl::StatusOr<std::shared_ptr<Ticket>>)> done);

  // Asks after every session that has something open. Call every limits::kSessionCheck.
  void CheckAll();
  // An event said that the session is over.
  void End(const std::string& session);
  size_t open() const;
  // A token of this process for calls of its own.
  std::string ServiceToken(const auth::TokenClaims& on_behalf_of) const;

 private:
  struct Watched {
    auth::TokenClaims claims;
    std::shared_ptr<const Principal> principal;
    std::map<int64_t, std::function<void()>> open;
  };
  void Ask(const auth::TokenClaims& claims, CallMetadata metadata, std::function<void(absl::StatusOr<Principal>)> done);
  absl::StatusOr<std::shared_ptr<Ticket>> Register(const auth::TokenClaims& claims, const Principal& principal,
                                                   std::function<void()> ended);
  void Close(const std::string& session, int64_t id);

  Core& core_;
  const Tokens& tokens_;
  mutable std::mutex mutex_;
  std::map<std::string, Watched> sessions_;
  int64_t next_id_ = 1;
  size_t open_ = 0;
};

}  // namespace lintel::gateway
