// One room, one deal.
#include <thread>

#include "services/inventory/testing/claims_fixture.h"

namespace lintel::inventory {
namespace {

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
  const std::string new_room = GivenRoomIn(old_room.substr(9, 36), "1906");
  v1::SwapClaimRequest request;
  request.set_claim_id(claim);
  request.set_to_room(new_room);
  EXPECT_EQ(Send("SwapClaim", request)->room(), new_room);
  EXPECT_EQ(database_.Value("SELECT string_agg(number || ':' || state, ' ' ORDER BY number) FROM rooms"),
            "1806:2 1906:3");
}

TEST_F(ClaimsServiceTest, TheAuditPartOfATransitionHasStateAndDealBeforeAndAfter) {  // NFR-01
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  const auto audit = [&](const std::string& part) {
    return database_.Value("SELECT convert_from(audit, 'UTF8')::jsonb #>> '{" + part +
                           "}' FROM outbox WHERE type LIKE '%RoomStateChanged'");
  };
  EXPECT_EQ(audit("before,state"), "AVAILABLE");
  EXPECT_EQ(audit("before,deal"), "");
  EXPECT_EQ(audit("after,state"), "HELD");
  EXPECT_EQ(audit("after,deal"), "holds/" + claim);
  EXPECT_EQ(audit("after,holderTeam"), "一组");
  EXPECT_EQ(audit("after,holdKind"), "CUSTOMER");
  EXPECT_TRUE(ParseRfc3339(audit("after,heldUntil")).ok());
}

TEST_F(ClaimsServiceTest, ReadingAClaimWaitsForNobodyWhoIsChangingIt) {
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  const Scope scope{.tenant = 1, .all_projects = true};
  const absl::Status held = database_.app().Execute({.tenant = 1}, [&](pg::Transaction& tx) -> absl::Status {
    RETURN_IF_ERROR(ClaimStore(tx, 1).FindForUpdate(claim).status());
    RETURN_IF_ERROR(RoomStore(tx, scope).FindByClaimForUpdate(claim).status());
    v1::GetClaimRequest request;
    request.set_claim_id(claim);
    return host_.channel()
        .Call<v1::Claim>(std::string(kClaims) + "GetClaim", request, host_.AsService("sales"))
        .status();
  });
  EXPECT_TRUE(held.ok()) << held;
}

TEST_F(ClaimsServiceTest, AClaimThatWasReleasedIsReadAsClosedAndAnUnknownOneIsMissing) {
  const std::string room = GivenAvailableRoom();
  v1::GetClaimRequest request;
  request.set_claim_id(NewId());
  EXPECT_EQ(Send("GetClaim", request).status().code(), absl::StatusCode::kNotFound);
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, request.claim_id())).ok());
  EXPECT_EQ(Send("GetClaim", request)->stage(), v1::HELD);
  EXPECT_EQ(Send("GetClaim", request)->room(), room);
  ASSERT_TRUE(Release(room, request.claim_id()).ok());
  EXPECT_TRUE(Send("GetClaim", request)->closed());
}

TEST_F(ClaimsServiceTest, AListOfProjectsHasEachOnesOwnPermitsAndRooms) {
  const std::string with = GivenAvailableRoom();
  const std::string without = GivenAvailableRoom(/*with_permit=*/false);
  GivenRoomIn(without.substr(9, 36), "1807");
  const auto list = host_.channel().Call<v1::ListProjectsResponse>("lintel.inventory.v1.ProjectsService/ListProjects",
                                                                   v1::ListProjectsRequest(),
                                                                   host_.As(testing::OperatorWith({"room.read"})));
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->projects_size(), 2);
  for (const v1::Project& project : list->projects()) {
    const bool permitted = with.starts_with(project.name() + "/");
    EXPECT_EQ(project.permits_size(), permitted ? 1 : 0) << project.name();
    EXPECT_EQ(project.room_count(), permitted ? 1 : 2) << project.name();
  }
}

TEST_F(ClaimsServiceTest, ADealThatChangedHandsTellsOthersTheNewTeamAtOnceAndLater) {  // INV-04, BX-01
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim, "一组")).ok());
  const auto reassigned = Reassign(claim, "二组", 1);
  ASSERT_TRUE(reassigned.ok()) << reassigned.status();
  EXPECT_EQ(reassigned->stage(), v1::HELD);
  EXPECT_EQ(reassigned->document(), "holds/" + claim);
  EXPECT_EQ(TeamTold(room), "二组");
  ASSERT_TRUE(Advance(claim, v1::HELD, "subscriptions/s").ok());
  EXPECT_EQ(TeamTold(room), "二组");
  EXPECT_EQ(Reassign(claim, "三组", 2)->stage(), v1::SUBSCRIBED);
  EXPECT_EQ(TeamTold(room), "三组");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE type LIKE '%RoomStateChanged'"), "4");
  EXPECT_EQ(database_.Value("SELECT string_agg(to_state || reason, ',' ORDER BY version) FROM room_transitions"),
            "3,3handed over,4,4handed over");
}

TEST_F(ClaimsServiceTest, OperatorsCannotClaimPastSales) {
  const auto denied =
      host_.channel().Call<v1::Claim>(std::string(kClaims) + "OpenClaim", HoldOf(GivenAvailableRoom(), NewId()),
                                      host_.As(testing::OperatorWith({"room.hold"})));
  EXPECT_EQ(ReasonOf(denied.status()), "INTERNAL_ONLY");
  const auto reassigned =
      host_.channel().Call<v1::Claim>(std::string(kClaims) + "ReassignClaim", v1::ReassignClaimRequest(),
                                      host_.As(testing::OperatorWith({"room.hold.manager"})));
  EXPECT_EQ(ReasonOf(reassigned.status()), "INTERNAL_ONLY");
}

TEST_F(ClaimsServiceTest, BadInputNamesTheField) {
  v1::OpenClaimRequest request = HoldOf("projects/x/rooms/y", NewId());
  EXPECT_EQ(FieldOf(Send("OpenClaim", request).status()), "room");
  request.set_claim_id("1");
  EXPECT_EQ(FieldOf(Send("OpenClaim", request).status()), "claim_id");
  EXPECT_EQ(FieldOf(Reassign("1", "二组", 1).status()), "claim_id");
  EXPECT_EQ(FieldOf(Reassign(NewId(), "二组", 0).status()), "hand_over");
  EXPECT_EQ(Reassign(NewId(), "二组", 1).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace lintel::inventory
