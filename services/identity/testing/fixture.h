// Identity as its callers see it, on real PostgreSQL: a live gate and two tenants.
#pragma once

#include <gtest/gtest.h>

#include <thread>

#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/folder.h"
#include "platform/testing/server.h"
#include "services/identity/api/identity.h"
#include "services/identity/app/bootstrap.h"
#include "services/identity/embedded.h"

namespace lintel::identity {

inline constexpr char kPassword[] = "correct horse";
inline const std::string kSessions = "lintel.identity.v1.SessionsService/";
inline const std::string kOperators = "lintel.identity.v1.OperatorsService/";
inline const std::string kInternal = "lintel.identity.v1.IdentityService/";

// A whole identity with its own gate, and two tenants.
class IdentityTest : public ::testing::Test {
 protected:
  // `age`: how long the gate's cache keeps an answer that nothing revokes.
  explicit IdentityTest(std::chrono::milliseconds age = PrincipalCache::kLongestAge)
      : principals_([this](const auth::TokenClaims& claims) { return identity_.Resolve(claims); }, age) {
    identity_.Register(server_);
    const absl::Status started = server_.Start();
    if (!started.ok()) throw std::runtime_error(std::string(started.message()));
    channel_ = std::make_unique<Channel>("127.0.0.1:" + std::to_string(server_.port()), "sales", "identity", tokens_);
    first_ = Found("First", {"admin", "consultant", "agent"});
    second_ = Found("Second", {"admin-b", "manager-b"});
  }
  ~IdentityTest() override { server_.Stop(std::chrono::seconds(2)); }

  int64_t Found(const std::string& tenant, const std::vector<std::string>& operators) {
    const auto result =
        Bootstrap(database_.job(), database_.app(), identity_.hasher(), identity_.rights(), identity_.code_tables(),
                  {.tenant = tenant, .language = "en", .operators = operators, .password = kPassword}, WallClock());
    if (!result.ok()) throw std::runtime_error(std::string(result.status().message()));
    return result->tenant;
  }

  CallOptions Options(const std::string& token = "", const std::string& address = "10.0.0.1") const {
    return {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20),
            .operator_token = token,
            .language = "en",
            .metadata = {{"x-lintel-client-address", address}}};
  }
  CallOptions AsService(int64_t tenant) const {
    return {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20), .tenant = tenant};
  }
  absl::StatusOr<v1::Session> SignIn(const std::string& name, const std::string& password = kPassword,
                                     const std::string& address = "10.0.0.1") {
    v1::CreateSessionRequest request;
    request.set_operator_(name);
    request.set_password(password);
    return channel_->Call<v1::Session>(kSessions + "CreateSession", request, Options("", address));
  }
  void FailTimes(int times, const std::string& name) {
    for (int i = 0; i < times; ++i) EXPECT_EQ(ReasonOf(SignIn(name, "wrong").status()), "SIGN_IN_REFUSED") << i;
  }
  absl::StatusOr<v1::Session> Refresh(const std::string& token) {
    v1::RefreshSessionRequest request;
    request.set_refresh_token(token);
    return channel_->Call<v1::Session>(kSessions + "RefreshSession", request, Options());
  }
  absl::StatusOr<v1::Me> Me(const std::string& token) {
    return channel_->Call<v1::Me>(kOperators + "GetMe", v1::GetMeRequest(), Options(token));
  }
  template <class Reply, class Request>
  absl::StatusOr<Reply> Do(const std::string& token, const std::string& method, const Request& request) {
    return channel_->Call<Reply>("lintel.identity.v1." + method, request, Options(token));
  }
  absl::StatusOr<v1::Operator> Create(const std::string& token, const std::string& name,
                                      const std::string& group = "") {
    v1::CreateOperatorRequest request;
    request.mutable_operator_()->set_sign_in_name(name);
    request.mutable_operator_()->set_display_name("Somebody");
    if (!group.empty()) request.mutable_operator_()->add_operator_groups(group);
    request.set_password(kPassword);
    return Do<v1::Operator>(token, "OperatorsService/CreateOperator", request);
  }
  void ChangePassword(const std::string& token, const std::string& to) {
    v1::ChangePasswordRequest request;
    request.set_old_password(kPassword);
    request.set_new_password(to);
    ASSERT_TRUE(Do<v1::ChangePasswordResponse>(token, "OperatorsService/ChangePassword", request).ok());
  }
  // The token of an operator of a new group "Helpers" that may manage operators as far as `reach`, and nothing else.
  std::string NewHelper(const std::string& admin, auth::Scope reach) {
    v1::CreateOperatorGroupRequest request;
    request.mutable_operator_group()->set_display_name("Helpers");
    auto* grant = request.mutable_operator_group()->add_rights();
    grant->set_right("operator.manage");
    grant->set_scope(reach);
    const auto helpers = Do<v1::OperatorGroup>(admin, "OperatorsService/CreateOperatorGroup", request);
    EXPECT_TRUE(helpers.ok()) << helpers.status();
    EXPECT_TRUE(Create(admin, "helper", helpers->name()).ok());
    ChangePassword(SignIn("helper")->access_token(), "a helping hand");
    return SignIn("helper", "a helping hand")->access_token();
  }
  v1::OperatorGroup GroupNamed(const std::string& token, const std::string& name) {
    const auto groups = Do<v1::ListOperatorGroupsResponse>(token, "OperatorsService/ListOperatorGroups",
                                                           v1::ListOperatorGroupsRequest());
    for (const auto& group : groups->operator_groups()) {
      if (group.display_name() == name) return group;
    }
    return {};
  }
  v1::Operator OperatorNamed(const std::string& token, const std::string& sign_in_name) {
    v1::ListOperatorsRequest request;
    request.set_filter("sign_in_name = " + sign_in_name);
    const auto found = Do<v1::ListOperatorsResponse>(token, "OperatorsService/ListOperators", request);
    return found.ok() && found->operators_size() == 1 ? found->operators(0) : v1::Operator();
  }
  // Passes once the gate no longer admits the token.
  bool IsLockedOutSoon(const std::string& token) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(6);
    while (std::chrono::steady_clock::now() < deadline) {
      if (Me(token).status().code() == absl::StatusCode::kUnauthenticated) return true;
      std::this_thread::yield();
    }
    return false;
  }

  const SigningKey key_ = NewSigningKey();
  const testing::Folder folder_;
  const lintel::Tokens tokens_{RandomHex(32), key_.public_hex, WallClock};
  const Reasons reasons_{ReasonTexts()};
  lintel::Metrics metrics_{"identity"};
  testing::TestDatabase database_{"identity", Migrations()};
  Blobs blobs_{folder_.path() + "/blob", folder_.path() + "/tenant.key"};
  std::chrono::seconds ahead_{0};
  const Config config_{.signing_secret_hex = key_.secret_hex,
                       .token_lifetime = std::chrono::minutes(5),
                       .hash_cost = {.passes = 1, .memory_bytes = 8192},
                       .largest_upload_bytes = 1 << 20,
                       .test_mode = false,
                       .scanner_socket = ""};
  Identity identity_{config_,
                     database_.app(),
                     database_.job(),
                     blobs_,
                     metrics_,
                     [this] { return WallClock() + ahead_; },
                     [this] { return WallClock() + ahead_; }};
  PrincipalCache principals_;
  Server server_{{.address = "127.0.0.1:0"}, tokens_, principals_, reasons_, metrics_};
  std::unique_ptr<Channel> channel_;
  int64_t first_ = 0;
  int64_t second_ = 0;
};

}  // namespace lintel::identity
