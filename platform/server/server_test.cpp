#include "platform/server/server.h"

#include <gtest/gtest.h>

#include "lintel/event/v1/event.pb.h"
#include "lintel/operations/v1/operations.pb.h"
#include "platform/ids/ids.h"
#include "platform/server/gate.h"
#include "platform/server/mask.h"
#include "platform/testing/server.h"

namespace lintel {
namespace {

using operations::v1::CancelOperationRequest;
using operations::v1::GetOperationRequest;
using operations::v1::Operation;

constexpr char kGet[] = "lintel.operations.v1.OperationsService/GetOperation";
constexpr char kCancel[] = "lintel.operations.v1.OperationsService/CancelOperation";
constexpr char kRead[] = "lintel.event.v1.EventLogService/ReadEvents";

// Two services of the contract with handlers simple enough to see through.
class Handlers {
 public:
  absl::StatusOr<Operation> Get(const Call& call, const GetOperationRequest& request) {
    if (request.name() == "missing") return Missing("operation", "x");
    if (request.name() == "throws") throw std::runtime_error("relation secret does not exist");
    call.SetReplyMetadata("x-lintel-etag", "7");
    Operation operation;
    operation.set_name(request.name());
    operation.set_kind(call.principal().display_name);
    return operation;
  }
  absl::StatusOr<Operation> Cancel(const Call&, const CancelOperationRequest&) {
    return Refused("ROOM_HELD", "held", {{"team", "east"}});
  }
  absl::StatusOr<event::v1::ReadEventsResponse> Read(const Call& call, const event::v1::ReadEventsRequest&) {
    event::v1::ReadEventsResponse response;
    response.set_head_position(call.tenant());
    return response;
  }
};

class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    host_.server().Handle(kGet, &handlers_, &Handlers::Get);
    host_.server().Handle(kCancel, &handlers_, &Handlers::Cancel);
    host_.server().Handle(kRead, &handlers_, &Handlers::Read);
    host_.Start();
  }
  absl::StatusOr<Operation> Get(const std::string& name, const CallOptions& options) {
    GetOperationRequest request;
    request.set_name(name);
    return host_.channel().Call<Operation>(kGet, request, options);
  }
  Handlers handlers_;
  testing::TestServer host_;
};

TEST_F(ServerTest, AnswersASignedInOperator) {
  EXPECT_EQ(Get("operations/x", host_.As(testing::OperatorWith({})))->kind(), "Test operator");
}

TEST_F(ServerTest, RefusesWhoIsNotSignedInAndAForgedToken) {  // NFR-01
  CallOptions options = host_.As(testing::OperatorWith({}));
  options.operator_token += "x";
  EXPECT_EQ(ReasonOf(Get("x", options).status()), "TOKEN_INVALID");
}

TEST_F(ServerTest, AnInternalCallIsForServicesOnlyAndCarriesTheTenant) {
  const auto denied = host_.channel().Call<event::v1::ReadEventsResponse>(kRead, event::v1::ReadEventsRequest(),
                                                                          host_.As(testing::OperatorWith({})));
  EXPECT_EQ(ReasonOf(denied.status()), "INTERNAL_ONLY");
  const auto answer = host_.channel().Call<event::v1::ReadEventsResponse>(kRead, event::v1::ReadEventsRequest(),
                                                                          host_.AsService("sales", 42));
  EXPECT_EQ(answer->head_position(), 42);
}

TEST_F(ServerTest, ARefusalCrossesTheWireWithReasonAndMetadata) {
  const auto refused =
      host_.channel().Call<Operation>(kCancel, CancelOperationRequest(), host_.As(testing::OperatorWith({})));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused.status()), "ROOM_HELD");
  EXPECT_EQ(MetadataOf(refused.status()).at("team"), "east");
}

TEST_F(ServerTest, AnErrorOfOursIsInternalAndSaysNothingOfTheInside) {
  const auto failed = Get("throws", host_.As(testing::OperatorWith({})));
  EXPECT_EQ(failed.status().code(), absl::StatusCode::kInternal);
  EXPECT_EQ(failed.status().message().find("secret"), absl::string_view::npos);
}

TEST(Server, DoesNotStartWithoutAHandlerForEveryMethod) {
  Handlers handlers;
  testing::TestServer host;
  host.server().Handle(kGet, &handlers, &Handlers::Get);
  EXPECT_THROW(host.Start(), std::runtime_error);
}

TEST(Gate, ARightThatReachesLessThanTheWholeTenantOpensNoRpcForAllOfIt) {  // SYS-22
  const SigningKey key = NewSigningKey();
  const Tokens tokens(RandomHex(32), key.public_hex, WallClock);
  auth::TokenClaims claims;
  claims.set_session("sessions/s");
  claims.set_expire_unix_ms((WallClock() + std::chrono::minutes(1)).time_since_epoch() / std::chrono::milliseconds(1));
  const auto admitted = [&](auth::Scope granted, auth::Scope needed) {
    PrincipalCache principals([&](const auth::TokenClaims&) {
      return Principal{.tenant = 1, .rights = {{"operator.manage", granted}}};
    });
    auth::Rule rule;
    rule.set_right("operator.manage");
    rule.set_scope(needed);
    return Gate(tokens, principals).Admit(rule, SignOperator(claims, key.secret_hex)).status();
  };
  EXPECT_TRUE(admitted(auth::TENANT, auth::TENANT).ok());
  for (const auth::Scope narrow : {auth::OWN, auth::TEAM, auth::PROJECT}) {
    EXPECT_EQ(ReasonOf(admitted(narrow, auth::TENANT)), "RIGHT_MISSING") << narrow;
    EXPECT_TRUE(admitted(narrow, auth::PROJECT).ok()) << narrow << ": what it reaches is narrowed by the RPC";
  }
}

TEST(Gate, AMethodMustSayWhoMayCallIt) {
  EXPECT_FALSE(CheckRule(auth::Rule(), "m").ok());
  auth::Rule both;
  both.set_internal(true);
  both.set_right("room.hold");
  EXPECT_FALSE(CheckRule(both, "m").ok());
}

TEST(Mask, HidesTheMiddleOfAPhoneAndShortOnesEntirely) {  // CUS-11
  EXPECT_EQ(MaskPhone("13800002046"), "138****2046");
  EXPECT_EQ(MaskPhone("+8613800002046"), "+86138****2046");
  EXPECT_EQ(MaskPhone("95588"), "*****");
  EXPECT_EQ(MaskIdNumber("11010519491231002X"), "1****002X");
}

}  // namespace
}  // namespace lintel
