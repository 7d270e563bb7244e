#include "platform/testing/server.h"

#include <fmt/format.h>

#include <stdexcept>

#include "platform/ids/ids.h"

namespace lintel::testing {
namespace {

constexpr auto kPatience = std::chrono::seconds(30);

ServerOptions OnLoopback(ServerOptions options) {
  options.address = "127.0.0.1:0";
  return options;
}

}  // namespace

Principal OperatorWith(const std::vector<std::string>& rights, int64_t tenant) {
  Principal principal{.tenant = tenant,
                      .operator_name = "operators/" + NewId(),
                      .display_name = "Test operator",
                      .session = "sessions/" + NewId(),
                      .team = "teams/" + NewId(),
                      .language = "en",
                      .all_projects = true};
  for (const std::string& right : rights) principal.rights[right] = auth::TENANT;
  return principal;
}

TestServer::TestServer(std::span<const EmbeddedFile> reasons, ServerOptions options)
    : key_(NewSigningKey()),
      service_key_(RandomHex(32)),
      tokens_(service_key_, key_.public_hex, WallClock),
      principals_([this](const auth::TokenClaims& claims) { return Resolve(claims); }),
      reasons_(reasons),
      server_(std::make_unique<Server>(OnLoopback(std::move(options)), tokens_, principals_, reasons_, metrics_)) {}

TestServer::~TestServer() { server_->Stop(std::chrono::seconds(2)); }

void TestServer::Start() {
  const absl::Status started = server_->Start();
  if (!started.ok()) throw std::runtime_error(std::string(started.message()));
  channel_ = std::make_unique<Channel>(address(), "test", "tested", tokens_);
}

std::string TestServer::address() const { return fmt::format("127.0.0.1:{}", server_->port()); }

CallOptions TestServer::As(const Principal& principal) {
  {
    const std::lock_guard lock(mutex_);
    by_session_[principal.session] = principal;
  }
  auth::TokenClaims claims;
  claims.set_tenant_id(principal.tenant);
  claims.set_operator_name(principal.operator_name);
  claims.set_session(principal.session);
  claims.set_expire_unix_ms((WallClock() + std::chrono::minutes(5)).time_since_epoch() / std::chrono::milliseconds(1));
  return {.deadline = std::chrono::steady_clock::now() + kPatience,
          .operator_token = SignOperator(claims, key_.secret_hex),
          .language = "en"};
}

CallOptions TestServer::AsService(const std::string&, int64_t tenant) {
  return {.deadline = std::chrono::steady_clock::now() + kPatience, .tenant = tenant, .language = "en"};
}

absl::StatusOr<Principal> TestServer::Resolve(const auth::TokenClaims& claims) {
  const std::lock_guard lock(mutex_);
  const auto found = by_session_.find(claims.session());
  if (found == by_session_.end()) return absl::UnauthenticatedError("no such session");
  return found->second;
}

}  // namespace lintel::testing
