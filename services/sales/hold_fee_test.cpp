// The fee of a hold: booked, carried to the deposit, or given back.
#include "platform/status/status.h"
#include "services/sales/testing/sales_floor.h"

namespace lintel::sales {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

TEST_F(SalesFloor, AHoldWithAFeeIsNeverReleasedByTheScheduler) {  // CFG-01
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_, [](v1::Hold& asked) { *asked.mutable_fee() = ToProto(Yuan(5000)); });
  now_ += hours(72);
  RunDue();
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::ACTIVE);
  EXPECT_EQ(sales_db_.Value("SELECT count(*) FROM outbox WHERE type LIKE '%ReminderDue'"), "2");
}

TEST_F(SalesFloor, AHoldWhoseFeeWasPaidIsReleasedOnlyAfterItWasGivenBack) {  // CFG-01
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_, [](v1::Hold& asked) { *asked.mutable_fee() = ToProto(Yuan(5000)); });
  ASSERT_TRUE(hold.ok()) << hold.status();
  const auto paid = PayFee(hold->name(), 5000);
  ASSERT_TRUE(paid.ok()) << paid.status();
  EXPECT_EQ(Differences(), 0);
  v1::ReleaseHoldRequest request;
  request.set_name(hold->name());
  const auto release = [&] { return Send<v1::Hold>("sales.v1.HoldsService/ReleaseHold", request, anna_); };
  const auto refused = release();
  EXPECT_EQ(ReasonOf(refused.status()), "HOLD_HAS_MONEY");
  EXPECT_EQ(MetadataOf(refused.status())["amount"], "5000.00");
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::ACTIVE);
  EXPECT_EQ(RoomState(room), "HELD " + hold->name());
  ASSERT_TRUE(GiveBack(paid->name()).ok());
  const auto released = release();
  ASSERT_TRUE(released.ok()) << released.status();
  EXPECT_EQ(released->state(), v1::RELEASED);
  EXPECT_EQ(RoomState(room), "AVAILABLE");
  EXPECT_EQ(ReasonOf(PayFee(hold->name(), 1).status()), "ACCOUNT_CLOSED");
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, APaidFeeIsPartOfTheSubscriptionsDeposit) {  // CFG-01, CFG-02
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_, [](v1::Hold& asked) { *asked.mutable_fee() = ToProto(Yuan(5000)); });
  ASSERT_TRUE(PayFee(hold->name(), 2000).ok());
  ASSERT_TRUE(PayFee(hold->name(), 3000).ok());
  const auto subscription = Subscribe(room, hold->name(), anna_);
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  EXPECT_EQ(finance_db_.Value("SELECT paid_minor FROM receivables WHERE kind = 'DEPOSIT'"), "500000");
  EXPECT_EQ(finance_db_.Value("SELECT sum(amount_minor) FROM ledger_lines WHERE ledger_account = 224101"), "0");
  const auto late = PayFee(hold->name(), 1);
  EXPECT_EQ(ReasonOf(late.status()), "HOLD_CARRIED");
  EXPECT_EQ(MetadataOf(late.status())["subscription"], subscription->name());
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, AFeeStaysTheHoldsWhenTheSubscriptionFails) {
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_, [](v1::Hold& asked) { *asked.mutable_fee() = ToProto(Yuan(5000)); });
  ASSERT_TRUE(PayFee(hold->name(), 5000).ok());
  EXPECT_FALSE(Subscribe(room, hold->name(), anna_, [](v1::Subscription& asked) {
                 *asked.mutable_deposit() = ToProto(Yuan(200'001));
               }).ok());
  EXPECT_EQ(finance_db_.Value("SELECT held_minor FROM hold_accounts"), "500000");
  EXPECT_TRUE(Subscribe(room, hold->name(), anna_).ok());
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, AHoldWithAFeeThatFailedLeavesNoAccountOpen) {
  const std::string room = GivenRoom();
  const auto fee = [](v1::Hold& asked) { *asked.mutable_fee() = ToProto(Yuan(5000)); };
  ASSERT_TRUE(Hold(room, anna_, fee).ok());
  EXPECT_EQ(ReasonOf(Hold(room, boris_, fee).status()), "ROOM_TAKEN");
  EXPECT_EQ(finance_db_.Value("SELECT count(*) FROM hold_accounts WHERE NOT closed"), "1");
  EXPECT_EQ(Differences(), 0);
}

}  // namespace
}  // namespace lintel::sales
