// What others learn of a deal that changed hands: its new team, whoever is away meanwhile (INV-04).
#include "platform/status/status.h"
#include "services/sales/testing/hand_over_fixture.h"

namespace lintel::sales {
namespace {

TEST_F(HandingOver, WhoWantsTheRoomIsToldTheSuccessorsTeam) {  // INV-04, BX-01
  const std::string held = GivenRoom();
  const auto hold = Hold(held, anna_);
  const std::string subscribed = GivenRoom();
  const auto subscription = Subscribe(subscribed, "", anna_);
  ASSERT_TRUE(HandOver(FromAnnaToBoris()).ok());
  RunDue();
  EXPECT_EQ(TeamTold(held), "二组");
  EXPECT_EQ(TeamTold(subscribed), "二组");
  EXPECT_EQ(RoomState(held), "HELD " + hold->name());
  EXPECT_EQ(RoomState(subscribed), "SUBSCRIBED " + subscription->name());
  const auto next = Subscribe(held, hold->name(), boris_);
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(TeamTold(held), "二组");
  EXPECT_EQ(TellingsThatAre("done"), "2");
  EXPECT_EQ(Differences(), 0);
}

TEST_F(HandingOver, ATeamThatTheConsultantsFileDoesNotNameIsCalledWhatIdentityCallsIt) {  // INV-04
  const std::string room = GivenRoomHandedOverToDora();
  RunDue();
  EXPECT_EQ(TeamTold(room), "三组");
}

TEST_F(HandingOver, AnIdentityThatIsAwayIsAskedForTheTeamsNameUntilItAnswers) {  // INV-04, BX-01
  names_away_ = true;
  const std::string room = GivenRoomHandedOverToDora();
  RunDue();
  EXPECT_EQ(TeamTold(room), "一组") << "rather than nobody";
  EXPECT_EQ(TellingsThatAre("forward"), "1");
  names_away_ = false;
  EndLeases();
  RunDue();
  EXPECT_EQ(TeamTold(room), "三组");
  EXPECT_EQ(TeamNameOfTheHold(), "三组");
  EXPECT_EQ(TellingsThatAre("done"), "1");
}

TEST_F(HandingOver, ATeamThatIdentityDoesNotKnowKeepsNobodyWaiting) {  // INV-04
  team_names_.clear();
  GivenRoomHandedOverToDora();
  RunDue();
  EXPECT_EQ(TellingsThatAre("done"), "1");
}

TEST_F(HandingOver, ANameThatComesLateIsNotThatOfTheTeamAfterNext) {  // INV-04
  names_away_ = true;
  const std::string room = GivenRoomHandedOverToDora();
  v1::HandOverDealsRequest onwards;
  onwards.set_name(dora_name_);
  onwards.set_successor(boris_name_);
  ASSERT_TRUE(HandOver(onwards).ok());
  names_away_ = false;
  RunDue();
  EXPECT_EQ(TellingsThatAre("done"), "2");
  EXPECT_EQ(TeamTold(room), "二组");
  EXPECT_EQ(TeamNameOfTheHold(), "二组");
}

TEST_F(HandingOver, AnInventoryThatIsAwayIsToldOnceItIsBackWhateverRestarts) {  // INV-04
  const std::string room = GivenRoomHandedOver();
  EXPECT_EQ(TeamTold(room), "一组") << "the process waits for its turn";
  testing::FakePeer away;
  int tries = 0;
  away.Answer<inventory::v1::Claim, inventory::v1::ReassignClaimRequest>(
      "lintel.inventory.v1.ClaimsService/ReassignClaim",
      [&](const inventory::v1::ReassignClaimRequest&) -> absl::StatusOr<inventory::v1::Claim> {
        ++tries;
        return absl::UnavailableError("away");
      });
  Peers peers{away.channel(), others_.channel(), backs_.channel(), others_.channel()};
  Processes before(commands_, sales_db_.job(), metrics_);
  DefineHandOverProcess(before, peers);
  EXPECT_TRUE(*before.SweepOne());
  EndLeases();
  EXPECT_TRUE(*before.SweepOne());
  EXPECT_GT(tries, 3) << "it goes on";
  EXPECT_EQ(TellingsThatAre("forward"), "1");
  EndLeases();
  RunDue();
  EXPECT_EQ(TeamTold(room), "二组");
  EXPECT_EQ(TellingsThatAre("done"), "1");
}

TEST_F(HandingOver, ACrashAfterTellingInventoryTellsItAgainAndItHappensOnce) {  // INV-04
  const std::string room = GivenRoomHandedOver();
  processes_.OnPlace([](const std::string& place, const std::string& kind, const std::string&) {
    if (place == "after_rpc" && kind == kReassignClaim) throw std::runtime_error("killed");
  });
  EXPECT_THROW(processes_.SweepOne().status().IgnoreError(), std::runtime_error);
  EXPECT_EQ(TellingsThatAre("forward"), "1");
  processes_.OnPlace({});
  EndLeases();
  RunDue();
  EXPECT_EQ(TellingsThatAre("done"), "1");
  EXPECT_EQ(TeamTold(room), "二组");
  EXPECT_EQ(inventory_db_.Value("SELECT count(*) FROM room_transitions WHERE reason = 'handed over'"), "1");
}

TEST_F(HandingOver, TheLastOfSeveralHandOversCountsInWhateverOrderTheyArrive) {  // INV-04
  const std::string room = GivenRoomHandedOver();
  sales_db_.Execute("UPDATE processes SET lease_until = '2001-01-01'");
  v1::HandOverDealsRequest back;
  back.set_name(boris_name_);
  back.set_successor(anna_name_);
  ASSERT_TRUE(HandOver(back).ok());
  sales_db_.Execute("UPDATE processes SET lease_until = '2000-01-01' WHERE lease_until > '2001-01-01'");
  EXPECT_TRUE(*processes_.SweepOne());
  EXPECT_EQ(TeamTold(room), "一组");
  EXPECT_TRUE(*processes_.SweepOne()) << "the first, late";
  EXPECT_EQ(TeamTold(room), "一组");
  EXPECT_EQ(TellingsThatAre("done"), "2");
}

TEST_F(HandingOver, ARoomThatWasGivenBackMeanwhileIsItsNextHolders) {  // INV-04
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  ASSERT_TRUE(HandOver(FromAnnaToBoris()).ok());
  v1::ReleaseHoldRequest release;
  release.set_name(hold->name());
  ASSERT_TRUE(Send<v1::Hold>("sales.v1.HoldsService/ReleaseHold", release, boris_).ok());
  ASSERT_TRUE(Hold(room, anna_).ok());
  RunDue();
  EXPECT_EQ(TellingsThatAre("done"), "1") << "nothing is left to be done";
  EXPECT_EQ(TeamTold(room), "一组");
}

TEST_F(HandingOver, WithinATeamThereIsNothingToTellInventory) {  // INV-04
  const Principal carl = NewOperator();
  v1::HandOverDealsRequest request = FromAnnaToBoris();
  request.set_successor(GivenConsultant("C1", carl, "一组"));
  ASSERT_TRUE(Hold(GivenRoom(), anna_).ok());
  ASSERT_TRUE(HandOver(request).ok());
  EXPECT_EQ(TellingsThatAre("forward"), "0");
}

}  // namespace
}  // namespace lintel::sales
