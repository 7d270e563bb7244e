#include "services/inventory/domain/room.h"

#include <gtest/gtest.h>

#include "platform/status/status.h"

namespace lintel::inventory {
namespace {

const Instant kNoon = *ParseRfc3339("2026-11-23T12:00:00Z");

Room AvailableRoom() { return Room{.id = "r", .list_price = Yuan(100), .availability = Available{}}; }
ClaimRequest HoldBy(const std::string& claim) {
  return {.claim_id = claim, .stage = Stage::kHeld, .until = kNoon, .document = "holds/" + claim, .team = "一组"};
}
Room RoomHeldBy(const std::string& claim) { return *OpenClaim(AvailableRoom(), HoldBy(claim)); }
Stage StageOf(const Room& room) { return std::get<Taken>(room.availability).stage; }

TEST(Claim, TakesAnAvailableRoom) {  // SAL-13a
  EXPECT_EQ(StageOf(RoomHeldBy("anna")), Stage::kHeld);
}

TEST(Claim, IsRefusedWhileAnotherDealHasTheRoomAndTellsTheTeamAndNoMore) {  // BX-01
  const auto refused = OpenClaim(RoomHeldBy("anna"), HoldBy("boris"));
  EXPECT_EQ(ReasonOf(refused.status()), "ROOM_TAKEN");
  EXPECT_EQ(MetadataOf(refused.status()), (Metadata{{"team", "一组"}}));
}

TEST(Claim, OfTheSameDealIsAnsweredAsItIs) { EXPECT_TRUE(OpenClaim(RoomHeldBy("anna"), HoldBy("anna")).ok()); }

TEST(Claim, IsRefusedOnALockedAndOnAnUnpricedRoom) {
  Room locked = AvailableRoom();
  locked.availability = Locked{"court"};
  EXPECT_EQ(ReasonOf(OpenClaim(locked, HoldBy("anna")).status()), "ROOM_LOCKED");
  Room unpriced = AvailableRoom();
  unpriced.list_price.reset();
  EXPECT_EQ(ReasonOf(OpenClaim(unpriced, HoldBy("anna")).status()), "ROOM_UNPRICED");
}

TEST(Claim, GoesOneStageAtATime) {
  const Room held = RoomHeldBy("anna");
  EXPECT_EQ(ReasonOf(AdvanceClaim(held, "anna", Stage::kSubscribed, "contracts/c").status()), "CLAIM_STAGE");
  const Room subscribed = *AdvanceClaim(held, "anna", Stage::kHeld, "subscriptions/s");
  EXPECT_EQ(StageOf(subscribed), Stage::kSubscribed);
  EXPECT_FALSE(std::get<Taken>(subscribed.availability).held_until);
  EXPECT_EQ(StageOf(*AdvanceClaim(subscribed, "anna", Stage::kSubscribed, "contracts/c")), Stage::kSigned);
}

TEST(Claim, AdvancedTwiceForTheSameDocumentIsAdvancedOnce) {
  const Room once = *AdvanceClaim(RoomHeldBy("anna"), "anna", Stage::kHeld, "subscriptions/s");
  EXPECT_EQ(StageOf(*AdvanceClaim(once, "anna", Stage::kHeld, "subscriptions/s")), Stage::kSubscribed);
}

TEST(Claim, IsNotAdvancedByAnotherDeal) {
  EXPECT_EQ(ReasonOf(AdvanceClaim(RoomHeldBy("anna"), "boris", Stage::kHeld, "subscriptions/s").status()),
            "ROOM_TAKEN");
}

TEST(Claim, RetreatsOneStageForAnUndo) {
  const Room subscribed = *AdvanceClaim(RoomHeldBy("anna"), "anna", Stage::kHeld, "subscriptions/s");
  Retreat undo{.undone_document = "subscriptions/s", .document = "holds/anna", .until = kNoon};
  EXPECT_EQ(StageOf(*RetreatClaim(subscribed, "anna", undo)), Stage::kHeld);
  undo.undone_document = "subscriptions/another";
  EXPECT_EQ(StageOf(*RetreatClaim(subscribed, "anna", undo)), Stage::kSubscribed);
  undo = {.undone_document = "subscriptions/s", .document = "holds/anna"};
  EXPECT_EQ(FieldOf(RetreatClaim(subscribed, "anna", undo).status()), "until");
}

TEST(Claim, ReleasedLeavesTheRoomAvailableOrLocked) {
  EXPECT_EQ(StateCode(ReleaseClaim(RoomHeldBy("anna"), "anna", false, "")->availability), 2);
  EXPECT_EQ(StateCode(ReleaseClaim(RoomHeldBy("anna"), "anna", true, "withdrawn")->availability), 1);
  EXPECT_EQ(ReasonOf(ReleaseClaim(RoomHeldBy("anna"), "boris", false, "").status()), "ROOM_TAKEN");
}

TEST(Claim, OnlyAHoldIsExtended) {
  const Room subscribed = *AdvanceClaim(RoomHeldBy("anna"), "anna", Stage::kHeld, "subscriptions/s");
  EXPECT_EQ(ReasonOf(ExtendClaim(subscribed, "anna", kNoon).status()), "CLAIM_STAGE");
  EXPECT_TRUE(ExtendClaim(RoomHeldBy("anna"), "anna", kNoon).ok());
}

TEST(Claim, ReassignedTellsTheNewTeamAndStandsWhereItStood) {  // INV-04
  const Room subscribed = *AdvanceClaim(RoomHeldBy("anna"), "anna", Stage::kHeld, "subscriptions/s");
  for (const Room& room : {RoomHeldBy("anna"), subscribed}) {
    const Room after = *ReassignClaim(room, "anna", "二组");
    EXPECT_EQ(StageOf(after), StageOf(room));
    EXPECT_EQ(MetadataOf(OpenClaim(after, HoldBy("boris")).status()), (Metadata{{"team", "二组"}}));
  }
  EXPECT_EQ(ReasonOf(ReassignClaim(subscribed, "boris", "二组").status()), "ROOM_TAKEN");
  EXPECT_EQ(ReasonOf(ReassignClaim(AvailableRoom(), "anna", "二组").status()), "ROOM_STATE");
}

TEST(Room, InADealIsNeitherLockedNorReleasedNorEdited) {  // INV-08
  EXPECT_EQ(ReasonOf(Lock(RoomHeldBy("anna"), "x").status()), "ROOM_STATE");
  EXPECT_EQ(ReasonOf(ReleaseForSale(RoomHeldBy("anna")).status()), "ROOM_STATE");
  EXPECT_EQ(ReasonOf(MayEdit(RoomHeldBy("anna"))), "ROOM_IN_DEAL");
  EXPECT_TRUE(MayEdit(AvailableRoom()).ok());
}

}  // namespace
}  // namespace lintel::inventory
