// Claims on real PostgreSQL through a real server: one room, one deal.
#include "services/inventory/api/claims_service.h"

#include <gtest/gtest.h>

#include <thread>

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/inventory/api/projects_service.h"
#include "services/inventory/embedded.h"

namespace lintel::inventory {
namespace {

constexpr char kClaims[] = "lintel.inventory.v1.ClaimsService/";

class ClaimsServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    claims_.Register(host_.server());
    projects_.Register(host_.server());
    host_.Start();
  }

  // A project with a permit from 2026 and one available room at 100 yuan.
  std::string GivenAvailableRoom(bool with_permit = true) {
    v1::CreateProjectRequest request;
    request.mutable_project()->set_display_name("示例苑 " + NewId());
    if (with_permit) {
      v1::Permit& permit = *request.mutable_project()->add_permits();
      permit.set_number("示预字 2026-1");
      *permit.mutable_valid_from() = ToProto(*ParseDate("2026-01-01"));
    }
    const auto project = host_.channel().Call<v1::Project>("lintel.inventory.v1.ProjectsService/CreateProject", request,
                                                           host_.As(testing::OperatorWith({"project.manage"})));
    const std::string project_id = project->name().substr(9);
    Room room{.id = NewId(),
              .project_id = project_id,
              .place = {.building = "3栋", .floor = 18, .number = "1806"},
              .built_area = Area{9642},
              .unit_price = Yuan(1),
              .list_price = Yuan(100),
              .availability = Available{},
              .state_time = WallClock()};
    const Scope scope{.tenant = 1, .all_projects = true};
    EXPECT_TRUE(database_.app()
                    .Execute({.tenant = 1},
                             [&](pg::Transaction& tx) {
                               return RoomStore(tx, scope).Insert({room}) ? absl::OkStatus()
                                                                          : absl::AbortedError("room");
                             })
                    .ok());
    return NameOf(room);
  }
  v1::OpenClaimRequest HoldOf(const std::string& room, const std::string& claim, const std::string& team = "一组") {
    v1::OpenClaimRequest request;
    request.set_claim_id(claim);
    request.set_room(room);
    request.set_stage(v1::HELD);
    request.set_hold_kind(v1::CUSTOMER);
    *request.mutable_until() = ToProto(WallClock() + std::chrono::hours(1));
    request.set_document("holds/" + claim);
    request.set_team(team);
    return request;
  }
  absl::StatusOr<v1::Claim> Send(const std::string& method, const google::protobuf::Message& request) {
    return host_.channel().Call<v1::Claim>(kClaims + method, request, host_.AsService("sales"));
  }
  absl::StatusOr<v1::Claim> Release(const std::string& room, const std::string& claim) {
    v1::ReleaseClaimRequest request;
    request.set_claim_id(claim);
    request.set_room(room);
    return Send("ReleaseClaim", request);
  }
  absl::StatusOr<v1::Claim> Advance(const std::string& claim, v1::RoomState from, const std::string& document) {
    v1::AdvanceClaimRequest request;
    request.set_claim_id(claim);
    request.set_from(from);
    request.set_document(document);
    return Send("AdvanceClaim", request);
  }

  testing::TestDatabase database_{"inventory", InventoryMigrations()};
  Commands commands_{database_.app(), WallClock};
  ClaimsService claims_{commands_};
  ProjectsService projects_{commands_};
  testing::TestServer host_{InventoryReasons()};
};

TEST_F(ClaimsServiceTest, GivesAContestedRoomToExactlyOneDealAndTellsTheOtherTheTeam) {  // BX-01
  const std::string room = GivenAvailableRoom();
  constexpr int kRivals = 8;
  std::vector<absl::StatusOr<v1::Claim>> answers(kRivals, absl::UnknownError(""));
  std::vector<std::thread> rivals;
  for (int i = 0; i < kRivals; ++i) {
    rivals.emplace_back([&, i] { answers[i] = Send("OpenClaim", HoldOf(room, NewId(), "team " + std::to_string(i))); });
  }
  for (std::thread& rival : rivals) rival.join();
  int winners = 0;
  for (const auto& answer : answers) {
    if (answer.ok()) {
      ++winners;
      continue;
    }
    EXPECT_EQ(ReasonOf(answer.status()), "ROOM_TAKEN");
    EXPECT_EQ(MetadataOf(answer.status()).size(), 1u);
    EXPECT_EQ(MetadataOf(answer.status()).at("team").rfind("team ", 0), 0u);
  }
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE type LIKE '%RoomStateChanged'"), "1");
}

TEST_F(ClaimsServiceTest, AClaimThatArrivesAfterItsReleaseFindsItsDoorShut) {
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  EXPECT_TRUE(Release(room, claim)->closed());
  EXPECT_EQ(ReasonOf(Send("OpenClaim", HoldOf(room, claim)).status()), "CLAIM_CLOSED");
}

TEST_F(ClaimsServiceTest, ARefusedClaimCanNeverClaimAgain) {
  const std::string room = GivenAvailableRoom();
  const std::string anna = NewId();
  const std::string boris = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, anna)).ok());
  EXPECT_EQ(ReasonOf(Send("OpenClaim", HoldOf(room, boris)).status()), "ROOM_TAKEN");
  ASSERT_TRUE(Release(room, anna).ok());
  EXPECT_EQ(ReasonOf(Send("OpenClaim", HoldOf(room, boris)).status()), "CLAIM_CLOSED");
}

TEST_F(ClaimsServiceTest, OpeningAndReleasingTwiceIsHarmless) {
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  ASSERT_TRUE(Release(room, claim).ok());
  ASSERT_TRUE(Release(room, claim).ok());
  EXPECT_EQ(database_.Value("SELECT count(*) FROM room_transitions"), "2");
}

TEST_F(ClaimsServiceTest, GoesFromHeldToSignedAndTheRoomIsNeverFreeBetween) {
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  EXPECT_EQ(Advance(claim, v1::HELD, "subscriptions/s")->stage(), v1::SUBSCRIBED);
  EXPECT_EQ(Advance(claim, v1::SUBSCRIBED, "contracts/c")->stage(), v1::SIGNED);
  EXPECT_EQ(Advance(claim, v1::SUBSCRIBED, "contracts/c")->stage(), v1::SIGNED);
  EXPECT_EQ(database_.Value("SELECT string_agg(to_state::text, ',' ORDER BY version) FROM room_transitions"), "3,4,5");
}

TEST_F(ClaimsServiceTest, WithoutAPermitARoomIsHeldButNotSubscribed) {  // DOMAIN §1
  const std::string room = GivenAvailableRoom(/*with_permit=*/false);
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  EXPECT_EQ(ReasonOf(Advance(claim, v1::HELD, "subscriptions/s").status()), "PERMIT_MISSING");
}

TEST_F(ClaimsServiceTest, SwapsTheRoomsOfADealInOneTransaction) {
  const std::string old_room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(old_room, claim)).ok());
  const std::string project_id = old_room.substr(9, 36);
  Room other{.id = NewId(),
             .project_id = project_id,
             .place = {.building = "3栋", .floor = 19, .number = "1906"},
             .built_area = Area{9642},
             .unit_price = Yuan(1),
             .list_price = Yuan(100),
             .availability = Available{},
             .state_time = WallClock()};
  const Scope scope{.tenant = 1, .all_projects = true};
  ASSERT_TRUE(database_.app()
                  .Execute({.tenant = 1},
                           [&](pg::Transaction& tx) {
                             return RoomStore(tx, scope).Insert({other}) ? absl::OkStatus()
                                                                         : absl::AbortedError("room");
                           })
                  .ok());
  v1::SwapClaimRequest request;
  request.set_claim_id(claim);
  request.set_to_room(NameOf(other));
  EXPECT_EQ(Send("SwapClaim", request)->room(), NameOf(other));
  EXPECT_EQ(database_.Value("SELECT string_agg(number || ':' || state, ' ' ORDER BY number) FROM rooms"),
            "1806:2 1906:3");
}

TEST_F(ClaimsServiceTest, OperatorsCannotClaimPastSales) {
  const auto denied =
      host_.channel().Call<v1::Claim>(std::string(kClaims) + "OpenClaim", HoldOf(GivenAvailableRoom(), NewId()),
                                      host_.As(testing::OperatorWith({"room.hold"})));
  EXPECT_EQ(ReasonOf(denied.status()), "INTERNAL_ONLY");
}

TEST_F(ClaimsServiceTest, BadInputNamesTheField) {
  v1::OpenClaimRequest request = HoldOf("projects/x/rooms/y", NewId());
  EXPECT_EQ(FieldOf(Send("OpenClaim", request).status()), "room");
  request.set_claim_id("1");
  EXPECT_EQ(FieldOf(Send("OpenClaim", request).status()), "claim_id");
}

}  // namespace
}  // namespace lintel::inventory
