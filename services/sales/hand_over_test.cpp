// A consultant leaves: what they have open goes to a successor (INV-04).
#include "platform/status/status.h"
#include "services/sales/testing/hand_over_fixture.h"

namespace lintel::sales {
namespace {

TEST_F(HandingOver, OpenHoldsAndSubscriptionsGoToTheSuccessorAndWhatIsSignedStays) {  // INV-04
  const auto hold = Hold(GivenRoom(), anna_);
  const auto waiting = Subscribe(GivenRoom(), "", anna_);
  const auto signed_one = Subscribe(GivenRoom(), "", anna_);
  GivenNumbers(1, 9);
  ASSERT_TRUE(Sign(signed_one->name()).ok());
  const auto done = HandOver(FromAnnaToBoris());
  ASSERT_TRUE(done.ok()) << done.status();
  ASSERT_EQ(done->documents_size(), 2);
  EXPECT_EQ(done->documents(0), hold->name());
  EXPECT_EQ(done->documents(1), waiting->name());
  EXPECT_EQ(ReadHold(hold->name()).consultant(), boris_name_);
  v1::GetSubscriptionRequest get;
  get.set_name(waiting->name());
  EXPECT_EQ(Send<v1::Subscription>("sales.v1.SubscriptionsService/GetSubscription", get, manager_)->consultant(),
            boris_name_);
  EXPECT_EQ(DealsOf(anna_name_), "0 1") << "the signed one";
  EXPECT_EQ(Events("DealReassigned"), "2");
}

TEST_F(HandingOver, TheSuccessorGoesOnWhereTheOtherStopped) {  // INV-04
  const auto hold = Hold(GivenRoom(), anna_);
  ASSERT_TRUE(HandOver(FromAnnaToBoris()).ok());
  Principal own = boris_;
  own.rights["deal.read"] = auth::OWN;
  v1::ListHoldsRequest list;
  EXPECT_EQ(Send<v1::ListHoldsResponse>("sales.v1.HoldsService/ListHolds", list, own)->holds_size(), 1);
  v1::ReleaseHoldRequest release;
  release.set_name(hold->name());
  EXPECT_EQ(ReasonOf(Send<v1::Hold>("sales.v1.HoldsService/ReleaseHold", release, anna_).status()), "NOT_YOUR_HOLD");
  const auto subscription = Subscribe(hold->room(), hold->name(), boris_);
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  EXPECT_EQ(subscription->consultant(), boris_name_);
}

TEST_F(HandingOver, ALeaveDateIsWrittenInTheSameStep) {  // INV-04
  const std::string room = GivenRoom();
  v1::HandOverDealsRequest request = FromAnnaToBoris();
  *request.mutable_leave_date() = ToProto(*DateIn(now_, "Asia/Shanghai"));
  const auto done = HandOver(request);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->documents_size(), 0) << "nothing was open";
  EXPECT_TRUE(Read(anna_name_).has_leave_date());
  EXPECT_EQ(Read(anna_name_).etag(), done->consultant().etag());
  EXPECT_EQ(ReasonOf(Hold(room, anna_).status()), "CONSULTANT_LEFT");
  v1::HandOverDealsRequest back;
  back.set_name(boris_name_);
  back.set_successor(anna_name_);
  EXPECT_EQ(ReasonOf(HandOver(back).status()), "CONSULTANT_LEFT");
}

TEST_F(HandingOver, NothingChangesHandsWhileOneDocumentIsBeingWorkedOn) {  // INV-04
  ASSERT_TRUE(Hold(GivenRoom(), anna_).ok());
  const auto busy = Hold(GivenRoom(), anna_);
  sales_db_.Execute("UPDATE holds SET busy = 'extend' WHERE id = '" + busy->name().substr(6) + "'");
  v1::HandOverDealsRequest request = FromAnnaToBoris();
  *request.mutable_leave_date() = ToProto(*DateIn(now_, "Asia/Shanghai"));
  const auto refused = HandOver(request);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(refused.status()), "DOCUMENT_BUSY");
  EXPECT_EQ(DealsOf(anna_name_), "2 0");
  EXPECT_FALSE(Read(anna_name_).has_leave_date());
  EXPECT_EQ(Events("DealReassigned"), "0");
  EXPECT_EQ(TellingsThatAre("forward"), "0");
  RunDue();
  EXPECT_TRUE(notices_.empty());
}

TEST_F(HandingOver, TheSuccessorFindsANoticeOfEachDocumentInTheirInbox) {  // INV-04
  const auto hold = Hold(GivenRoom(), anna_);
  const auto subscription = Subscribe(GivenRoom(), "", anna_);
  inboxes_away_ = true;
  ASSERT_TRUE(HandOver(FromAnnaToBoris()).ok());
  RunDue();
  EXPECT_TRUE(notices_.empty());
  inboxes_away_ = false;
  now_ += std::chrono::minutes(1);
  RunDue();
  RunDue();
  ASSERT_EQ(notices_.size(), 2u) << "once each, when the inbox is back";
  std::map<std::string, identity::v1::SendNoticeRequest> about;
  for (const auto& notice : notices_) about[notice.subject()] = notice;
  const auto& of_hold = about[hold->name()];
  ASSERT_EQ(of_hold.operators_size(), 1);
  EXPECT_EQ(of_hold.operators(0), boris_.operator_name);
  EXPECT_EQ(of_hold.kind(), "deal.handed_over");
  EXPECT_EQ(of_hold.title_zh(), "3栋 1806 的保留已移交给您");
  EXPECT_EQ(of_hold.title_en(), "3栋 1806: the hold is yours now");
  EXPECT_EQ(of_hold.body_zh(), "原置业顾问：顾问 A1");
  EXPECT_EQ(of_hold.body_en(), "Until now 顾问 A1 had it.");
  EXPECT_EQ(about[subscription->name()].title_zh(), "3栋 1806 的认购已移交给您");
}

TEST_F(HandingOver, WhoTakesOverFromAnotherThemselvesIsNotTold) {  // INV-04
  v1::HandOverDealsRequest request = FromAnnaToBoris();
  request.set_successor(GivenConsultant("M1", manager_, "经理"));
  ASSERT_TRUE(Hold(GivenRoom(), anna_).ok());
  ASSERT_TRUE(HandOver(request).ok());
  RunDue();
  EXPECT_TRUE(notices_.empty());
}

TEST_F(HandingOver, WhatIsWrongIsNamedAndARepeatedRequestHappensOnce) {  // INV-04
  ASSERT_TRUE(Hold(GivenRoom(), anna_).ok());
  v1::HandOverDealsRequest request = FromAnnaToBoris();
  request.set_successor(anna_name_);
  EXPECT_EQ(FieldOf(HandOver(request).status()), "successor");
  request.set_successor("consultants/0193a1b2-0000-7000-8000-0000000000aa");
  EXPECT_EQ(FieldOf(HandOver(request).status()), "successor");
  request = FromAnnaToBoris();
  request.set_etag("7");
  EXPECT_EQ(ReasonOf(HandOver(request).status()), "STALE_ETAG");
  request.clear_etag();
  request.mutable_leave_date()->set_year(2026);
  EXPECT_EQ(FieldOf(HandOver(request).status()), "leave_date");
  EXPECT_EQ(DealsOf(anna_name_), "1 0");
  request = FromAnnaToBoris();
  request.set_request_id("0193a1b2-0000-7000-8000-0000000000bb");
  ASSERT_TRUE(HandOver(request).ok());
  EXPECT_EQ(HandOver(request)->documents_size(), 1) << "the first answer again";
  EXPECT_EQ(Events("DealReassigned"), "1");
}

TEST_F(HandingOver, OnlyWhoManagesTheFirmsConsultantsMayDoIt) {  // INV-04, NFR-01
  ASSERT_TRUE(Hold(GivenRoom(), anna_).ok());
  EXPECT_EQ(HandOver(FromAnnaToBoris(), anna_).status().code(), absl::StatusCode::kPermissionDenied);
  Principal stranger = NewOperator({"consultant.manage"});
  stranger.tenant = 2;
  EXPECT_EQ(HandOver(FromAnnaToBoris(), stranger).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(DealsOf(anna_name_), "1 0");
}

}  // namespace
}  // namespace lintel::sales
