// Anna leaves, Boris follows; Dora is of a team whose name only identity knows.
#pragma once

#include "platform/status/status.h"
#include "services/sales/testing/sales_floor.h"

namespace lintel::sales {

inline constexpr char kDorasTeam[] = "teams/0193a1b2-0000-7000-8000-0000000000dd";

class HandingOver : public SalesFloor {
 protected:
  HandingOver() {
    anna_name_ = GivenConsultant("A1", anna_, "一组");
    boris_name_ = GivenConsultant("B1", boris_, "二组");
    team_names_ = {{kDorasTeam, "三组"}};
  }
  v1::HandOverDealsRequest FromAnnaToBoris() {
    v1::HandOverDealsRequest request;
    request.set_name(anna_name_);
    request.set_successor(boris_name_);
    return request;
  }
  absl::StatusOr<v1::HandOverDealsResponse> HandOver(const v1::HandOverDealsRequest& request, const Principal& who) {
    return Send<v1::HandOverDealsResponse>("sales.v1.ConsultantsService/HandOverDeals", request, who);
  }
  absl::StatusOr<v1::HandOverDealsResponse> HandOver(const v1::HandOverDealsRequest& request) {
    return HandOver(request, manager_);
  }
  v1::Consultant Read(const std::string& name) {
    v1::GetConsultantRequest request;
    request.set_name(name);
    return *Send<v1::Consultant>("sales.v1.ConsultantsService/GetConsultant", request, manager_);
  }
  // How many holds and subscriptions, open or not, are this consultant's.
  std::string DealsOf(const std::string& consultant) {
    const std::string id = consultant.substr(12);
    return sales_db_.Value("SELECT (SELECT count(*) FROM holds WHERE consultant_id = '" + id +
                           "') || ' ' || (SELECT count(*) FROM subscriptions WHERE consultant_id = '" + id + "')");
  }
  // What somebody else learns of who has the room.
  std::string TeamTold(const std::string& room) {
    const auto refused = Hold(room, manager_);
    EXPECT_EQ(ReasonOf(refused.status()), "ROOM_TAKEN");
    return MetadataOf(refused.status())["team"];
  }
  // Held by Anna, and handed over to Boris, which inventory has not heard yet.
  std::string GivenRoomHandedOver() {
    const std::string room = GivenRoom();
    EXPECT_TRUE(Hold(room, anna_).ok());
    EXPECT_TRUE(HandOver(FromAnnaToBoris()).ok());
    return room;
  }
  // Held by Anna, and handed over to Dora, whose team's name only identity knows.
  std::string GivenRoomHandedOverToDora() {
    Principal dora = NewOperator();
    dora.team = kDorasTeam;
    dora_name_ = GivenConsultant("D1", dora, "");
    const std::string room = GivenRoom();
    EXPECT_TRUE(Hold(room, anna_).ok());
    v1::HandOverDealsRequest request = FromAnnaToBoris();
    request.set_successor(dora_name_);
    EXPECT_TRUE(HandOver(request).ok());
    return room;
  }
  std::string TellingsThatAre(const std::string& direction) {
    return sales_db_.Value("SELECT count(*) FROM processes WHERE kind = 'claim.reassign' AND direction = '" +
                           direction + "'");
  }
  std::string TeamNameOfTheHold() { return sales_db_.Value("SELECT team_name FROM holds WHERE state = 'ACTIVE'"); }
  // As if the time for the next try had come.
  void EndLeases() { sales_db_.Execute("UPDATE processes SET lease_until = '2000-01-01'"); }

  std::string anna_name_;
  std::string boris_name_;
  std::string dora_name_;
};

}  // namespace lintel::sales
