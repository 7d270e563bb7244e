// Deadlines that make themselves heard: of holds, and of subscriptions that wait for their contract.
#include "services/sales/testing/sales_floor.h"

namespace lintel::sales {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

class Reminding : public SalesFloor {
 protected:
  // Nothing is said now; a microsecond later once, and the list says so too.
  void ExpectRemindedOnceFromNextMicrosecond(const std::string& document) {
    RunDue();
    EXPECT_TRUE(notices_.empty());
    now_ += microseconds(1);
    RunDue();
    RunDue();
    EXPECT_EQ(notices_.size(), 1u);
    EXPECT_EQ(Events("ReminderDue"), "1");
    const auto due =
        Send<v1::ListRemindersResponse>("sales.v1.PoliciesService/ListReminders", v1::ListRemindersRequest(), manager_);
    ASSERT_TRUE(due.ok()) << due.status();
    EXPECT_EQ(due->reminders(0).document(), document);
    EXPECT_TRUE(due->reminders(0).fired());
  }
};

TEST_F(Reminding, AReminderFiresOnceAndSurvivesARestart) {  // CFG-04, SAL-13b
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  now_ += hours(46) - microseconds(1);
  ExpectRemindedOnceFromNextMicrosecond(hold->name());
}

TEST_F(Reminding, TheMasterSwitchSilencesReminders) {  // CFG-05
  const std::string room = GivenRoom();
  GivenPolicy([](v1::Policy& policy) { policy.set_alerts_off(true); });
  ASSERT_TRUE(Hold(room, anna_).ok());
  now_ += hours(47);
  RunDue();
  EXPECT_TRUE(notices_.empty());
  EXPECT_EQ(Events("ReminderDue"), "0");
}

TEST_F(Reminding, ASubscriptionThatWaitsForItsContractIsRemindedOfOnceBeforeItsLastDay) {  // CFG-09, SAL-14b
  const auto subscription = Subscribe(GivenRoom(), "", anna_);
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  const Instant sign_by = now_ + hours(7 * 24);
  EXPECT_EQ(subscription->sign_by_time().seconds(), ToProto(sign_by).seconds());
  now_ = sign_by - hours(2) - microseconds(1);
  ExpectRemindedOnceFromNextMicrosecond(subscription->name());
}

TEST_F(Reminding, ThePolicySaysHowManyDaysThereAreToSign) {  // CFG-09
  const std::string room = GivenRoom();
  GivenPolicy([](v1::Policy& policy) { policy.mutable_subscription_period()->set_seconds(3 * 24 * 3600); });
  const auto subscription = Subscribe(room, "", anna_);
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  EXPECT_EQ(subscription->sign_by_time().seconds(), ToProto(now_ + hours(3 * 24)).seconds());
}

TEST_F(Reminding, ASignedSubscriptionIsNotRemindedOf) {  // CFG-09
  const auto subscription = Subscribe(GivenRoom(), "", anna_);
  GivenNumbers(1, 9);
  ASSERT_TRUE(Sign(subscription->name()).ok());
  now_ += hours(8 * 24);
  RunDue();
  EXPECT_TRUE(notices_.empty());
  EXPECT_EQ(Events("ReminderDue"), "0");
}

}  // namespace
}  // namespace lintel::sales
