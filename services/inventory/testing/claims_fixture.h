// Claims as sales sees them, on real PostgreSQL through a real server.
#pragma once

#include <gtest/gtest.h>

#include "platform/ids/ids.h"
#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/inventory/api/claims_service.h"
#include "services/inventory/api/projects_service.h"
#include "services/inventory/embedded.h"
#include "services/inventory/store/claim_store.h"

namespace lintel::inventory {

inline constexpr char kClaims[] = "lintel.inventory.v1.ClaimsService/";

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
    return GivenRoomIn(project_id, "1806");
  }
  // Another one beside it.
  std::string GivenRoomIn(const std::string& project_id, const std::string& number) {
    const Room room{.id = NewId(),
                    .project_id = project_id,
                    .place = {.building = "3栋", .floor = 18, .number = number},
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
  // The undo of an advance to `undone` from the stage before `from`.
  absl::StatusOr<v1::Claim> Retreat(const std::string& claim, v1::RoomState from, const std::string& undone,
                                    const std::string& document) {
    v1::RetreatClaimRequest request;
    request.set_claim_id(claim);
    request.set_from(from);
    request.set_undone_document(undone);
    request.set_document(document);
    *request.mutable_until() = ToProto(WallClock() + std::chrono::hours(1));
    return Send("RetreatClaim", request);
  }
  absl::StatusOr<v1::Claim> Advance(const std::string& claim, v1::RoomState from, const std::string& document) {
    v1::AdvanceClaimRequest request;
    request.set_claim_id(claim);
    request.set_from(from);
    request.set_document(document);
    return Send("AdvanceClaim", request);
  }
  // The deal's `hand_over`th, to `team`.
  absl::StatusOr<v1::Claim> Reassign(const std::string& claim, const std::string& team, int64_t hand_over) {
    v1::ReassignClaimRequest request;
    request.set_claim_id(claim);
    request.set_team(team);
    request.set_hand_over(hand_over);
    return Send("ReassignClaim", request);
  }
  // What somebody else learns of who has the room.
  std::string TeamTold(const std::string& room) {
    const auto refused = Send("OpenClaim", HoldOf(room, NewId(), "others"));
    EXPECT_EQ(ReasonOf(refused.status()), "ROOM_TAKEN");
    return MetadataOf(refused.status())["team"];
  }

  testing::TestDatabase database_{"inventory", InventoryMigrations()};
  Commands commands_{database_.app(), WallClock};
  ClaimsService claims_{commands_};
  ProjectsService projects_{commands_};
  testing::TestServer host_{InventoryReasons()};
};

}  // namespace lintel::inventory
