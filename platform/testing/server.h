// A real server on a free port with principals that the test chooses, and channels that call it as them.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "platform/client/channel.h"
#include "platform/server/server.h"

namespace lintel::testing {

// An operator of tenant 1 with these rights over all projects of the tenant.
Principal OperatorWith(const std::vector<std::string>& rights, int64_t tenant = 1);

class TestServer {
 public:
  // The address of `options` is a free port of loopback, whatever it says.
  explicit TestServer(std::span<const EmbeddedFile> reasons = {}, ServerOptions options = {});
  ~TestServer();

  // Register handlers on it, then Start().
  Server& server() { return *server_; }
  // Throws what Server::Start refuses.
  void Start();

  // A signed-in operator; the principal is what the server's cache will resolve.
  CallOptions As(const Principal& principal);
  // A service of this installation acting for `tenant`.
  CallOptions AsService(const std::string& service, int64_t tenant = 1);
  Channel& channel() { return *channel_; }
  const Tokens& tokens() const { return tokens_; }
  std::string address() const;

 private:
  absl::StatusOr<Principal> Resolve(const auth::TokenClaims& claims);

  const SigningKey key_;
  const std::string service_key_;
  Tokens tokens_;
  std::mutex mutex_;
  std::map<std::string, Principal> by_session_;
  PrincipalCache principals_;
  Reasons reasons_;
  Metrics metrics_{"test"};
  std::unique_ptr<Server> server_;
  std::unique_ptr<Channel> channel_;
};

}  // namespace lintel::testing
