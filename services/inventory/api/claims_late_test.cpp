// Requests that arrive after what undid them: they find their door shut (DESIGN 3.1).
#include "services/inventory/testing/claims_fixture.h"

namespace lintel::inventory {
namespace {

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

TEST_F(ClaimsServiceTest, AnAdvanceThatArrivesAfterItsUndoFindsItsDoorShut) {  // DESIGN 3.1
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  EXPECT_EQ(Retreat(claim, v1::SUBSCRIBED, "subscriptions/lost", "holds/h")->stage(), v1::HELD);
  EXPECT_EQ(ReasonOf(Advance(claim, v1::HELD, "subscriptions/lost").status()), "CLAIM_CLOSED");
  EXPECT_EQ(Advance(claim, v1::HELD, "subscriptions/next")->stage(), v1::SUBSCRIBED);
  EXPECT_EQ(Retreat(claim, v1::SIGNED, "contracts/lost", "subscriptions/next")->stage(), v1::SUBSCRIBED);
  EXPECT_EQ(ReasonOf(Advance(claim, v1::SUBSCRIBED, "contracts/lost").status()), "CLAIM_CLOSED");
  EXPECT_EQ(Advance(claim, v1::SUBSCRIBED, "contracts/next")->stage(), v1::SIGNED);
}

TEST_F(ClaimsServiceTest, ACopyOfAnAdvanceThatWasTakenBackIsRefusedToo) {  // DESIGN 3.1
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  ASSERT_TRUE(Advance(claim, v1::HELD, "subscriptions/s").ok());
  EXPECT_EQ(Retreat(claim, v1::SUBSCRIBED, "subscriptions/s", "holds/h")->document(), "holds/h");
  EXPECT_EQ(ReasonOf(Advance(claim, v1::HELD, "subscriptions/s").status()), "CLAIM_CLOSED");
  EXPECT_EQ(database_.Value("SELECT string_agg(to_state::text, ',' ORDER BY version) FROM room_transitions"), "3,4,3");
}

TEST_F(ClaimsServiceTest, AnAdvanceThatArrivesAfterTheReleaseIsRefused) {  // DESIGN 3.1
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  ASSERT_TRUE(Release(room, claim).ok());
  EXPECT_EQ(ReasonOf(Advance(claim, v1::HELD, "subscriptions/s").status()), "CLAIM_CLOSED");
  EXPECT_EQ(database_.Value("SELECT state FROM rooms"), "2");
}

TEST_F(ClaimsServiceTest, ALateCopyOfAnUndoDoesNotTakeBackTheNextDocument) {  // DESIGN 3.1
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  ASSERT_TRUE(Advance(claim, v1::HELD, "subscriptions/first").ok());
  ASSERT_TRUE(Retreat(claim, v1::SUBSCRIBED, "subscriptions/first", "holds/h").ok());
  ASSERT_TRUE(Advance(claim, v1::HELD, "subscriptions/second").ok());
  const auto late = Retreat(claim, v1::SUBSCRIBED, "subscriptions/first", "holds/h");
  EXPECT_EQ(late->stage(), v1::SUBSCRIBED);
  EXPECT_EQ(late->document(), "subscriptions/second");
}

TEST_F(ClaimsServiceTest, AnUndoThatIsRefusedStillShutsTheDoor) {  // DESIGN 3.1
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim)).ok());
  EXPECT_EQ(ReasonOf(Retreat(claim, v1::SIGNED, "contracts/lost", "subscriptions/s").status()), "CLAIM_STAGE");
  ASSERT_TRUE(Advance(claim, v1::HELD, "subscriptions/s").ok());
  EXPECT_EQ(ReasonOf(Advance(claim, v1::SUBSCRIBED, "contracts/lost").status()), "CLAIM_CLOSED");
}

TEST_F(ClaimsServiceTest, NewsOfAnOlderHandOverAndACopyOfItChangeNothing) {  // INV-04
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim, "一组")).ok());
  const int64_t version = Reassign(claim, "三组", 2)->version();
  EXPECT_EQ(Reassign(claim, "二组", 1)->version(), version) << "the first, late";
  EXPECT_EQ(Reassign(claim, "二组", 2)->version(), version) << "a copy of the second";
  EXPECT_EQ(TeamTold(room), "三组");
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim, "一组")).ok()) << "a copy of the claim itself";
  EXPECT_EQ(TeamTold(room), "三组");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM room_transitions"), "2");
}

TEST_F(ClaimsServiceTest, AHandOverThatArrivesAfterTheReleaseIsRefusedAndTheNextHolderKeepsTheirTeam) {  // INV-04
  const std::string room = GivenAvailableRoom();
  const std::string claim = NewId();
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, claim, "一组")).ok());
  ASSERT_TRUE(Release(room, claim).ok());
  EXPECT_EQ(ReasonOf(Reassign(claim, "二组", 1).status()), "CLAIM_CLOSED");
  EXPECT_EQ(database_.Value("SELECT state || team FROM rooms"), "2");
  ASSERT_TRUE(Send("OpenClaim", HoldOf(room, NewId(), "三组")).ok());
  EXPECT_EQ(ReasonOf(Reassign(claim, "二组", 2).status()), "CLAIM_CLOSED");
  EXPECT_EQ(TeamTold(room), "三组");
}

}  // namespace
}  // namespace lintel::inventory
