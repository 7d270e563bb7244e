// Deals on real PostgreSQL with the real inventory and finance beside sales.
#include <thread>

#include "platform/status/status.h"
#include "services/sales/testing/sales_floor.h"

namespace lintel::sales {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

TEST_F(SalesFloor, ADealGoesFromHoldToSubscriptionToContractOnOneClaim) {  // SAL-13a, SAL-14a, SAL-14b, SAL-15
  const std::string room = GivenRoom();
  GivenNumbers(1, 9);
  GivenConsultant("A1", anna_, "一组");
  const auto hold = Hold(room, anna_);
  ASSERT_TRUE(hold.ok()) << hold.status();
  EXPECT_EQ(hold->state(), v1::ACTIVE);
  EXPECT_EQ(hold->room_label(), "3栋 1806");
  EXPECT_EQ(RoomState(room), "HELD " + hold->name());

  const auto subscription = Subscribe(room, hold->name(), anna_, [](v1::Subscription& asked) {
    v1::Discount& line = *asked.add_discounts();
    line.set_kind(v1::MULTIPLY);
    line.set_ppm(990'000);
  });
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  EXPECT_EQ(subscription->price().minor_units(), 99'000'000);
  EXPECT_EQ(subscription->deal(), hold->deal());
  int64_t due = 0;
  for (const v1::ScheduleLine& line : subscription->schedule()) due += line.amount().minor_units();
  EXPECT_EQ(due, 99'000'000) << "the schedule adds up to the fen";
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::CONVERTED);
  EXPECT_EQ(RoomState(room), "SUBSCRIBED " + subscription->name());

  const auto contract = Sign(subscription->name());
  ASSERT_TRUE(contract.ok()) << contract.status();
  EXPECT_EQ(contract->number(), "HT-0001");
  EXPECT_EQ(contract->state(), v1::ACTIVE);
  EXPECT_EQ(contract->price().minor_units(), 99'000'000);
  EXPECT_EQ(RoomState(room), "SIGNED " + contract->name());
  EXPECT_EQ(ReasonOf(Sign(subscription->name()).status()), "SUBSCRIPTION_NOT_ACTIVE");
  EXPECT_EQ(Events("HoldPlaced") + Events("SubscriptionActivated") + Events("ContractSigned"), "111");
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, AContestedRoomGoesToExactlyOneAndTheOtherLearnsTheTeamAndNoMore) {  // SAL-13a, BX-01
  const std::string room = GivenRoom();
  GivenConsultant("A1", anna_, "一组");
  GivenConsultant("B1", boris_, "二组");
  absl::StatusOr<v1::Hold> first;
  absl::StatusOr<v1::Hold> second;
  std::thread other([&] { first = Hold(room, anna_); });
  second = Hold(room, boris_);
  other.join();
  ASSERT_NE(first.ok(), second.ok());
  const absl::Status lost = first.ok() ? second.status() : first.status();
  EXPECT_EQ(ReasonOf(lost), "ROOM_TAKEN");
  EXPECT_EQ(MetadataOf(lost), (Metadata{{"team", first.ok() ? "一组" : "二组"}}));
  EXPECT_EQ(Events("HoldPlaced"), "1");
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, AReplayedHoldIsTheFirstOne) {
  const std::string room = GivenRoom();
  const auto first = Hold(room, anna_, {}, "same");
  const auto again = Hold(room, anna_, {}, "same");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(Events("HoldPlaced"), "1");
}

TEST_F(SalesFloor, WhatIsWrongWithAHoldIsNamed) {  // SAL-13a
  const std::string room = GivenRoom();
  const auto field = [&](const std::function<void(v1::Hold&)>& change) {
    return FieldOf(Hold(room, anna_, change).status());
  };
  EXPECT_EQ(field([](v1::Hold& hold) { hold.set_room("rooms/1"); }), "hold.room");
  EXPECT_EQ(field([](v1::Hold& hold) { hold.clear_customer(); }), "hold.customer");
  EXPECT_EQ(field([](v1::Hold& hold) { hold.set_customer("customers/0193a1b2-0000-7000-8000-0000000000ff"); }),
            "hold.customer");
  EXPECT_EQ(field([](v1::Hold& hold) { hold.set_consultant("consultants/0193a1b2-0000-7000-8000-0000000000ff"); }),
            "hold.consultant");
  EXPECT_EQ(field([&](v1::Hold& hold) { *hold.mutable_expire_time() = ToProto(now_); }), "hold.expire_time");
  EXPECT_EQ(field([](v1::Hold& hold) { hold.mutable_fee()->set_minor_units(-1); }), "hold.fee");
  const auto managers = Hold(room, anna_, [](v1::Hold& hold) {
    hold.set_kind(inventory::v1::MANAGER);
    hold.set_reason("领导看房");
  });
  EXPECT_EQ(ReasonOf(managers.status()), "RIGHT_MISSING");
  EXPECT_EQ(RoomState(room), "AVAILABLE");
}

TEST_F(SalesFloor, AnExpiredHoldBlocksUntilTheSchedulerReleasesIt) {  // CFG-08
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  now_ += hours(48) - microseconds(1);
  RunDue();
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::ACTIVE);
  now_ += microseconds(1);
  EXPECT_EQ(ReasonOf(Hold(room, boris_).status()), "ROOM_TAKEN");
  RunDue();
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::EXPIRED);
  EXPECT_EQ(RoomState(room), "AVAILABLE");
  EXPECT_TRUE(Hold(room, boris_).ok());
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, AnExtensionMovesTheEndAndOnlyOnesOwnOrAManagerMayMakeIt) {  // SAL-13b, CFG-08
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  v1::ExtendHoldRequest request;
  request.set_name(hold->name());
  *request.mutable_expire_time() = ToProto(now_ + hours(96));
  request.set_etag("0");
  const auto extend = [&](const Principal& who) {
    return Send<v1::Hold>("sales.v1.HoldsService/ExtendHold", request, who);
  };
  EXPECT_EQ(ReasonOf(extend(boris_).status()), "NOT_YOUR_HOLD");
  EXPECT_EQ(ReasonOf(extend(anna_).status()), "STALE_ETAG");
  request.set_etag(hold->etag());
  const auto extended = extend(anna_);
  ASSERT_TRUE(extended.ok()) << extended.status();
  EXPECT_EQ(extended->extensions(), 1);
  now_ += hours(49);
  RunDue();
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::ACTIVE);
  now_ += hours(48);
  RunDue();
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::EXPIRED);
}

TEST_F(SalesFloor, AReleasedHoldFreesTheRoomAndCannotBeReleasedAgain) {  // SAL-13b
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  v1::ReleaseHoldRequest request;
  request.set_name(hold->name());
  request.set_reason("客户放弃");
  EXPECT_EQ(ReasonOf(Send<v1::Hold>("sales.v1.HoldsService/ReleaseHold", request, boris_).status()), "NOT_YOUR_HOLD");
  EXPECT_EQ(Send<v1::Hold>("sales.v1.HoldsService/ReleaseHold", request, manager_)->state(), v1::RELEASED);
  EXPECT_EQ(RoomState(room), "AVAILABLE");
  EXPECT_EQ(ReasonOf(Send<v1::Hold>("sales.v1.HoldsService/ReleaseHold", request, manager_).status()),
            "HOLD_NOT_ACTIVE");
  EXPECT_EQ(ReasonOf(Subscribe(room, hold->name(), anna_).status()), "HOLD_NOT_ACTIVE");
}

TEST_F(SalesFloor, ASubscriptionWithoutAHoldClaimsTheRoomItself) {  // SAL-14a
  const std::string room = GivenRoom();
  const auto subscription = Subscribe(room, "", anna_);
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  EXPECT_EQ(RoomState(room), "SUBSCRIBED " + subscription->name());
  EXPECT_EQ(ReasonOf(Subscribe(room, "", boris_).status()), "ROOM_TAKEN");
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, ADepositBeyondTheLawUndoesTheSubscriptionAndTheHoldStands) {  // CFG-02
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  const auto deposit = [&](int64_t yuan, v1::DepositKind kind) {
    return Subscribe(room, hold->name(), anna_, [=](v1::Subscription& asked) {
      *asked.mutable_deposit() = ToProto(Yuan(yuan));
      asked.set_deposit_kind(kind);
    });
  };
  EXPECT_FALSE(deposit(200'001, v1::EARNEST).ok());
  EXPECT_EQ(ReadHold(hold->name()).state(), v1::ACTIVE);
  EXPECT_EQ(RoomState(room), "HELD " + hold->name());
  EXPECT_EQ(Differences(), 0);
  EXPECT_TRUE(deposit(200'001, v1::PREPAYMENT).ok());
}

TEST_F(SalesFloor, APermitThatEndsInBetweenUndoesEverythingInReverse) {
  const std::string room = GivenRoom();
  when_customers_are_asked_ = [this] { RevokePermits(); };  // After the terms were read.
  EXPECT_EQ(ReasonOf(Subscribe(room, "", anna_).status()), "PERMIT_MISSING");
  EXPECT_EQ(RoomState(room), "AVAILABLE");
  EXPECT_EQ(sales_db_.Value("SELECT state || ' ' || failure_reason FROM subscriptions"), "FAILED PERMIT_MISSING");
  EXPECT_EQ(finance_db_.Value("SELECT closed FROM accounts"), "t");
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, ADealWhoseSubscriptionFailedIsSubscribedAnew) {  // SAL-14a
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  ASSERT_TRUE(hold.ok()) << hold.status();
  when_customers_are_asked_ = [this] { RevokePermits(); };  // After the terms were read.
  EXPECT_EQ(ReasonOf(Subscribe(room, hold->name(), anna_).status()), "PERMIT_MISSING");
  EXPECT_EQ(RoomState(room), "HELD " + hold->name());
  when_customers_are_asked_ = {};
  inventory_db_.Execute("UPDATE permits SET revoked = false");
  const auto again = Subscribe(room, hold->name(), anna_);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(RoomState(room), "SUBSCRIBED " + again->name());
  EXPECT_EQ(finance_db_.Value("SELECT string_agg(closed::text, ',' ORDER BY created_time) FROM accounts"),
            "true,false");
  EXPECT_EQ(Differences(), 0);
}

TEST_F(SalesFloor, ADiscountEndsWhereTheOperatorsRightDoes) {  // SAL-14a
  const std::string room = GivenRoom();
  const auto points = [](int64_t ppm) {
    return [=](v1::Subscription& asked) {
      asked.add_discounts()->set_kind(v1::POINTS);
      asked.mutable_discounts(0)->set_ppm(ppm);
    };
  };
  EXPECT_EQ(ReasonOf(Subscribe(room, "", anna_, points(20'001)).status()), "DISCOUNT_BEYOND_RIGHT");
  EXPECT_EQ(ReasonOf(Subscribe(room, "", manager_, points(100'001)).status()), "DISCOUNT_BEYOND_RIGHT");
  EXPECT_EQ(Subscribe(room, "", manager_, points(100'000))->price().minor_units(), 90'000'000);
}

TEST_F(SalesFloor, SeveralBuyersShareAWhole) {  // SAL-14a
  const std::string room = GivenRoom();
  const auto shares = [&](int32_t first, int32_t second) {
    return FieldOf(Subscribe(room, "", anna_, [=](v1::Subscription& asked) {
                     asked.mutable_buyers(0)->set_share_ppm(first);
                     v1::Buyer& partner = *asked.add_buyers();
                     partner.set_customer("customers/0193a1b2-0000-7000-8000-00000000000d");
                     partner.set_share_ppm(second);
                   }).status());
  };
  EXPECT_EQ(shares(500'000, 499'999), "subscription.buyers");
  EXPECT_EQ(shares(500'000, 500'000), "subscription.buyers") << "the second is no customer of ours";
  EXPECT_EQ(
      FieldOf(Subscribe(room, "", anna_, [](v1::Subscription& asked) { asked.add_buyers()->set_customer(Customer()); })
                  .status()),
      "subscription.buyers[1].customer");
}

TEST_F(SalesFloor, ANumberOfAContractThatFailedStaysVoidAndTheGapIsSeen) {  // INV-02
  const std::string room = GivenRoom();
  const auto subscription = Subscribe(room, "", anna_);
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  EXPECT_EQ(ReasonOf(Sign(subscription->name()).status()), "NUMBERS_EXHAUSTED");
  GivenNumbers(7, 8);
  finance_db_.Execute("UPDATE accounts SET closed = true");
  EXPECT_EQ(ReasonOf(Sign(subscription->name()).status()), "ACCOUNT_CLOSED");
  finance_db_.Execute("UPDATE accounts SET closed = false");
  const auto contract = Sign(subscription->name());
  ASSERT_TRUE(contract.ok()) << contract.status();
  EXPECT_EQ(contract->number(), "HT-0008");
  const auto ranges = Send<v1::ListContractNumberRangesResponse>("sales.v1.ContractsService/ListContractNumberRanges",
                                                                 v1::ListContractNumberRangesRequest(), manager_);
  ASSERT_TRUE(ranges.ok()) << ranges.status();
  EXPECT_EQ(ranges->contract_number_ranges(0).voided(), 1);
  EXPECT_EQ(ranges->contract_number_ranges(0).next(), 9);
  v1::ListContractNumbersRequest list;
  list.set_parent(ranges->contract_number_ranges(0).name());
  const auto numbers =
      Send<v1::ListContractNumbersResponse>("sales.v1.ContractsService/ListContractNumbers", list, manager_);
  ASSERT_TRUE(numbers.ok()) << numbers.status();
  EXPECT_EQ(numbers->numbers(0).state() + " " + numbers->numbers(1).state(), "VOID USED");
}

TEST_F(SalesFloor, RangesOfAProjectDoNotOverlap) {  // INV-02
  GivenRoom();
  GivenNumbers(1, 9);
  v1::CreateContractNumberRangeRequest request;
  v1::ContractNumberRange& range = *request.mutable_contract_number_range();
  range.set_project(project_);
  range.set_prefix("HT-");
  range.set_first(9);
  range.set_last(20);
  range.set_digits(4);
  const auto make = [&] {
    return Send<v1::ContractNumberRange>("sales.v1.ContractsService/CreateContractNumberRange", request, manager_);
  };
  EXPECT_EQ(ReasonOf(make().status()), "NUMBERS_OVERLAP");
  range.set_first(10);
  EXPECT_TRUE(make().ok());
}

TEST_F(SalesFloor, AConsultantsCodeIsUniqueAndWhoLeftTakesNoNewDeal) {  // INV-04
  const std::string room = GivenRoom();
  const std::string name = GivenConsultant("A1", anna_, "一组");
  v1::CreateConsultantRequest twin;
  twin.mutable_consultant()->set_code("A1");
  twin.mutable_consultant()->set_display_name("另一人");
  const auto taken = Send<v1::Consultant>("sales.v1.ConsultantsService/CreateConsultant", twin, manager_);
  EXPECT_EQ(ReasonOf(taken.status()), "CONSULTANT_CODE_TAKEN") << taken.status();
  twin.mutable_consultant()->set_code("A2");
  twin.mutable_consultant()->set_operator_name(anna_.operator_name);
  const auto double_role = Send<v1::Consultant>("sales.v1.ConsultantsService/CreateConsultant", twin, manager_);
  EXPECT_EQ(ReasonOf(double_role.status()), "CONSULTANT_OPERATOR_TAKEN") << double_role.status();
  v1::UpdateConsultantRequest leave;
  leave.mutable_consultant()->set_name(name);
  leave.mutable_consultant()->set_display_name("顾问 A1");
  leave.mutable_consultant()->set_operator_name(anna_.operator_name);
  *leave.mutable_consultant()->mutable_leave_date() = ToProto(*DateIn(now_, "Asia/Shanghai"));
  const auto left = Send<v1::Consultant>("sales.v1.ConsultantsService/UpdateConsultant", leave, manager_);
  ASSERT_TRUE(left.ok()) << left.status();
  EXPECT_EQ(left->code(), "A1");
  EXPECT_EQ(ReasonOf(Hold(room, anna_).status()), "CONSULTANT_LEFT");
}

TEST_F(SalesFloor, PoliciesAreDatedRowsAndAStaleOneIsRefused) {  // CFG-08
  GivenRoom();
  const v1::Policy first = GivenPolicy([](v1::Policy& policy) { policy.mutable_hold_period()->set_seconds(3600); });
  EXPECT_EQ(first.etag(), "1");
  v1::UpdatePolicyRequest stale;
  *stale.mutable_policy() = first;
  stale.mutable_policy()->set_etag("0");
  EXPECT_EQ(ReasonOf(Send<v1::Policy>("sales.v1.PoliciesService/UpdatePolicy", stale, manager_).status()),
            "STALE_ETAG");
  stale.mutable_policy()->set_etag("1");
  stale.mutable_policy()->mutable_hold_period()->set_seconds(1);
  EXPECT_EQ(FieldOf(Send<v1::Policy>("sales.v1.PoliciesService/UpdatePolicy", stale, manager_).status()),
            "policy.hold_period");
  EXPECT_EQ(sales_db_.Value("SELECT count(*) FROM policies"), "1");
}

TEST_F(SalesFloor, AnotherProjectAndAnotherTenantSeeNothing) {  // NFR-01
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  Principal elsewhere = NewOperator();
  elsewhere.all_projects = false;
  elsewhere.project_ids = {"0193a1b2-0000-7000-8000-0000000000aa"};
  Principal other_tenant = NewOperator();
  other_tenant.tenant = 2;
  v1::GetHoldRequest get;
  get.set_name(hold->name());
  for (const Principal& who : {elsewhere, other_tenant}) {
    EXPECT_EQ(Send<v1::Hold>("sales.v1.HoldsService/GetHold", get, who).status().code(), absl::StatusCode::kNotFound);
    const auto list = Send<v1::ListHoldsResponse>("sales.v1.HoldsService/ListHolds", v1::ListHoldsRequest(), who);
    ASSERT_TRUE(list.ok()) << list.status();
    EXPECT_EQ(list->holds_size(), 0);
  }
  EXPECT_EQ(Hold(room, elsewhere).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(SalesFloor, HoldsAreListedByExpiryWithAFilter) {  // SAL-13b
  const auto early =
      Hold(GivenRoom(), anna_, [&](v1::Hold& hold) { *hold.mutable_expire_time() = ToProto(now_ + hours(1)); });
  const auto late = Hold(GivenRoom(), anna_);
  v1::ListHoldsRequest request;
  request.set_filter("state = ACTIVE");
  request.set_order_by("expire_time");
  request.set_page_size(1);
  auto page = Send<v1::ListHoldsResponse>("sales.v1.HoldsService/ListHolds", request, anna_);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->holds(0).name(), early->name());
  request.set_page_token(page->next_page_token());
  page = Send<v1::ListHoldsResponse>("sales.v1.HoldsService/ListHolds", request, anna_);
  EXPECT_EQ(page->holds(0).name(), late->name());
  EXPECT_EQ(page->next_page_token(), "");
}

TEST_F(SalesFloor, TheReconciliationFindsWhatWentOutOfStep) {
  const std::string room = GivenRoom();
  const auto hold = Hold(room, anna_);
  EXPECT_EQ(Differences(), 0);
  inventory::v1::ReleaseClaimRequest release;
  release.set_claim_id(hold->deal());
  release.set_room(room);
  ASSERT_TRUE(peers_->Release(backs_.AsService("sales"), release).ok());  // Behind sales' back.
  EXPECT_EQ(Differences(), 1);
  const Principal reader = testing::OperatorWith({"report.run"});
  v1::ListReconciliationsRequest request;
  const auto runs = [&](const Principal& who) {
    return Send<v1::ListReconciliationsResponse>("sales.v1.ReconciliationsService/ListReconciliations", request, who);
  };
  request.set_filter("difference_count > 0 AND project = \"" + project_ + "\"");
  const auto found = runs(reader);
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->reconciliations_size(), 1);
  EXPECT_EQ(found->reconciliations(0).deals(), 1);
  EXPECT_EQ(found->reconciliations(0).differences(0).subject(), hold->name());
  EXPECT_EQ(found->reconciliations(0).differences(0).what(), "CLAIM_MISSING");
  request.clear_filter();
  EXPECT_EQ(runs(reader)->reconciliations_size(), 2) << "the run without a difference is kept, too";
  EXPECT_EQ(ReasonOf(runs(anna_).status()), "RIGHT_MISSING");
  Principal elsewhere = testing::OperatorWith({"report.run"});
  elsewhere.all_projects = false;
  EXPECT_EQ(runs(elsewhere)->reconciliations_size(), 0);
  EXPECT_EQ(runs(testing::OperatorWith({"report.run"}, 2))->reconciliations_size(), 0);
}

}  // namespace
}  // namespace lintel::sales
