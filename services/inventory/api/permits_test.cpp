// Presale permits (INV-09, DOMAIN §1): given, listed, ended early; and what is refused.
#include "platform/wire/values.h"
#include "services/inventory/testing/rooms_fixture.h"

namespace lintel::inventory {
namespace {

class PermitsTest : public RoomsServiceTest {
 protected:
  static v1::Permit PermitOf(const std::string& number, const std::string& from, const std::string& until = "",
                             const std::vector<std::string>& buildings = {}) {
    v1::Permit permit;
    permit.set_number(number);
    *permit.mutable_valid_from() = ToProto(*ParseDate(from));
    if (!until.empty()) *permit.mutable_valid_until() = ToProto(*ParseDate(until));
    for (const std::string& building : buildings) permit.add_buildings(building);
    return permit;
  }
  absl::StatusOr<v1::Permit> Create(const v1::Permit& permit, const Principal& who) {
    v1::CreatePermitRequest request;
    request.set_parent(project_);
    *request.mutable_permit() = permit;
    return As<v1::Permit>(who, "ProjectsService/CreatePermit", request);
  }
  absl::StatusOr<v1::Permit> Create(const v1::Permit& permit) { return Create(permit, manager_); }
  absl::StatusOr<v1::Permit> Revoke(const v1::Permit& permit, const Principal& who, const std::string& etag = "",
                                    const std::string& reason = "主管部门撤销") {
    v1::RevokePermitRequest request;
    request.set_name(permit.name());
    request.set_reason(reason);
    request.set_etag(etag);
    return As<v1::Permit>(who, "ProjectsService/RevokePermit", request);
  }
  std::string Kept() { return database_.Value("SELECT count(*) FROM permits"); }
  bool RoomMayBeSold(const std::string& room) {
    v1::GetRoomRequest request;
    request.set_name(room);
    return Send<v1::Room>("GetRoom", request)->permit_valid();
  }
};

TEST_F(PermitsTest, APermitCoversItsBuildingsInItsTimeAndAnEndedOneCoversNothing) {  // INV-09
  const std::string room = Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(1))->rooms(0).name();
  EXPECT_FALSE(RoomMayBeSold(room));
  ASSERT_TRUE(Create(PermitOf("示预字 2025-1", "2020-01-01", "2020-12-31")).ok());
  EXPECT_FALSE(RoomMayBeSold(room)) << "it is over";
  const auto permit = Create(PermitOf("示预字 2026-1", "2020-01-01", "", {"3栋"}));
  ASSERT_TRUE(permit.ok()) << permit.status();
  EXPECT_TRUE(RoomMayBeSold(room));
  const auto revoked = Revoke(*permit, manager_, permit->etag());
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_TRUE(revoked->revoked());
  EXPECT_FALSE(RoomMayBeSold(room));
  EXPECT_EQ(Revoke(*permit, manager_)->etag(), revoked->etag()) << "once more changes nothing";
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE type = 'lintel.inventory.v1.PermitChanged'"), "3");
}

TEST_F(PermitsTest, ANumberStandsOnceInItsProject) {  // INV-09
  ASSERT_TRUE(Create(PermitOf("示预字 2026-1", "2026-01-01")).ok());
  EXPECT_EQ(ReasonOf(Create(PermitOf("示预字 2026-1", "2027-01-01")).status()), "ALREADY_PRESENT");
  v1::CreateProjectRequest twice;
  twice.mutable_project()->set_display_name("另一苑");
  *twice.mutable_project()->add_permits() = PermitOf("示预字 2026-2", "2026-01-01");
  *twice.mutable_project()->add_permits() = PermitOf("示预字 2026-2", "2026-06-01");
  EXPECT_EQ(ReasonOf(As<v1::Project>(manager_, "ProjectsService/CreateProject", twice).status()), "ALREADY_PRESENT");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM projects"), "1") << "all of it or nothing";
  twice.mutable_project()->mutable_permits()->RemoveLast();
  EXPECT_TRUE(As<v1::Project>(manager_, "ProjectsService/CreateProject", twice).ok());
}

TEST_F(PermitsTest, WhatIsWrongWithAPermitIsNamed) {  // INV-09
  EXPECT_EQ(FieldOf(Create(PermitOf("", "2026-01-01")).status()), "permit.number");
  EXPECT_EQ(FieldOf(Create(PermitOf("示预字 1", "2026-02-01", "2026-01-31")).status()), "permit.valid_until");
  EXPECT_TRUE(Create(PermitOf("示预字 1", "2026-02-01", "2026-02-01")).ok()) << "one day is a time";
  v1::Permit no_day = PermitOf("示预字 2", "2026-02-01");
  no_day.mutable_valid_from()->set_day(30);
  EXPECT_EQ(FieldOf(Create(no_day).status()), "permit.valid_from");
  ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(1)).ok());
  EXPECT_EQ(FieldOf(Create(PermitOf("示预字 3", "2026-01-01", "", {"3栋", "8栋"})).status()), "permit.buildings[1]");
  EXPECT_EQ(Kept(), "1");
}

TEST_F(PermitsTest, IsEndedWithAReasonByWhoSawItAsItIs) {  // INV-09
  const v1::Permit permit = *Create(PermitOf("示预字 1", "2026-01-01"));
  EXPECT_EQ(FieldOf(Revoke(permit, manager_, "", "").status()), "reason");
  EXPECT_EQ(ReasonOf(Revoke(permit, manager_, "7").status()), "STALE_ETAG");
  v1::Permit unknown = permit;
  unknown.set_name(project_ + "/permits/" + NewId());
  EXPECT_EQ(Revoke(unknown, manager_).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM permits WHERE revoked"), "0");
}

TEST_F(PermitsTest, OnlyManagersOfTheProjectGiveAndEndThem) {  // INV-09, NFR-01
  const v1::Permit permit = *Create(PermitOf("示预字 1", "2026-01-01"));
  const v1::Permit wanted = PermitOf("示预字 2", "2026-01-01");
  const Principal reader = testing::OperatorWith({"room.read"});
  EXPECT_EQ(Create(wanted, reader).status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Revoke(permit, reader).status().code(), absl::StatusCode::kPermissionDenied);
  const Principal stranger = testing::OperatorWith({"project.manage", "room.read"}, 2);
  for (const Principal& who : {Elsewhere(), stranger}) {
    EXPECT_EQ(Create(wanted, who).status().code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(Revoke(permit, who).status().code(), absl::StatusCode::kNotFound);
    v1::ListPermitsRequest list;
    list.set_parent(project_);
    EXPECT_EQ(As<v1::ListPermitsResponse>(who, "ProjectsService/ListPermits", list).status().code(),
              absl::StatusCode::kNotFound);
  }
  EXPECT_EQ(Kept(), "1");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM permits WHERE revoked"), "0");
}

TEST_F(PermitsTest, AProjectKeepsItsEscrowAccountAndKnowsItsBuildings) {  // INV-09
  ASSERT_TRUE(Send<v1::GenerateRoomsResponse>("GenerateRooms", Tower(2)).ok());
  v1::UpdateProjectRequest update;
  update.mutable_project()->set_name(project_);
  update.mutable_project()->set_escrow_account("示例银行 6222 0000");
  update.mutable_update_mask()->add_paths("escrow_account");
  const auto project = As<v1::Project>(manager_, "ProjectsService/UpdateProject", update);
  ASSERT_TRUE(project.ok()) << project.status();
  EXPECT_EQ(project->escrow_account(), "示例银行 6222 0000");
  EXPECT_EQ(project->display_name(), "示例苑") << "the mask does not name it";
  EXPECT_EQ(project->room_count(), 100);
  update.mutable_project()->set_etag("0");
  EXPECT_EQ(ReasonOf(As<v1::Project>(manager_, "ProjectsService/UpdateProject", update).status()), "STALE_ETAG");
  v1::ListBuildingsRequest list;
  list.set_parent(project_);
  const auto buildings = As<v1::ListBuildingsResponse>(manager_, "ProjectsService/ListBuildings", list);
  ASSERT_EQ(buildings->buildings_size(), 1);
  EXPECT_EQ(buildings->buildings(0).display_name(), "3栋");
  EXPECT_EQ(buildings->buildings(0).entrances(0), "1单元");
  EXPECT_EQ(buildings->buildings(0).highest_floor(), 2);
}

}  // namespace
}  // namespace lintel::inventory
