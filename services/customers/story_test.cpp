// The one story of a customer, what others tell of it, and its end.
#include "services/customers/testing/fixture.h"

#include "lintel/finance/v1/events.pb.h"
#include "lintel/identity/v1/events.pb.h"
#include "lintel/sales/v1/events.pb.h"
#include "lintel/telephony/v1/events.pb.h"
#include "platform/relay/chain.h"
#include "platform/relay/relay.h"
#include "services/customers/consumers/consumers.h"

namespace lintel::customers {
namespace {

// Erasing, the chain, and events of others.
class StoryTest : public CustomersTest {
 protected:
  template <class Payload>
  void Tell(Consumer& consumer, const Payload& payload) {
    event::v1::Event event;
    event.set_epoch(1);
    event.set_position(++position_);
    event.set_tenant_id(1);
    event.set_type(Payload::descriptor()->full_name());
    event.mutable_occurred_time()->set_seconds(1900000000 + position_);
    event.set_payload(payload.SerializeAsString());
    const std::string id = "1-" + std::to_string(position_);
    ASSERT_TRUE(redis_.Run({"XADD", stream_, id, "e", event.SerializeAsString()}, Soon()).ok());
    const auto moved = consumer.Turn(std::chrono::milliseconds(2000));
    ASSERT_TRUE(moved.ok()) << moved.status();
  }
  ~StoryTest() override { (void)redis_.Run({"DEL", stream_}, Soon()); }
  static Redis::Deadline Soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(10); }

  const std::string stream_ = "test:" + RandomHex(8);
  int64_t position_ = 0;
  Redis redis_{testing::TestRedis()};
  lintel::Metrics metrics_{"customers"};
};

TEST_F(CustomersTest, VisitsStandInTheTimelineAndTheFirstOneIsMarked) {  // CUS-10
  const auto made = Register(manager_, "Visitor", kCanary);
  v1::CreateVisitRequest request;
  request.set_parent(made->name());
  request.mutable_visit()->set_kind("visit");
  request.mutable_visit()->set_note("likes the south side");
  request.mutable_visit()->mutable_next_contact_time()->set_seconds(4102444800);
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(As<v1::Visit>(manager_, "CreateVisit", request).ok());
  const auto timeline = Timeline(manager_, made->name());
  ASSERT_EQ(timeline.size(), 3u);
  EXPECT_EQ(timeline[0].kind(), "visit");
  EXPECT_EQ(timeline[0].note(), "likes the south side");
  EXPECT_EQ(timeline[2].kind(), "customer.registered");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM jobs WHERE kind = 'customers.follow-up'"), "2");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM visits v WHERE v::text LIKE '%' || encode('south', 'hex') || '%'"),
            "0");
  request.mutable_visit()->mutable_visit_time()->set_seconds(4102444800);
  EXPECT_EQ(FieldOf(As<v1::Visit>(manager_, "CreateVisit", request).status()), "visit.visit_time");
}

TEST_F(CustomersTest, AConsentIsKeptWithItsWordingAndCanBeWithdrawnOnce) {
  const auto made = Register(manager_, "Consenting", "");
  v1::RecordConsentRequest request;
  request.set_parent(made->name());
  request.mutable_consent()->set_purpose("marketing");
  request.mutable_consent()->set_text_version("2026-11");
  const auto consent = As<v1::Consent>(manager_, "RecordConsent", request);
  ASSERT_TRUE(consent.ok()) << consent.status();
  v1::WithdrawConsentRequest withdraw;
  withdraw.set_name(consent->name());
  const auto first = As<v1::Consent>(manager_, "WithdrawConsent", withdraw);
  const auto second = As<v1::Consent>(manager_, "WithdrawConsent", withdraw);
  EXPECT_TRUE(first->has_withdraw_time());
  EXPECT_EQ(first->withdraw_time().nanos(), second->withdraw_time().nanos());
}

TEST_F(StoryTest, AnErasedCustomerIsGoneEverywhereAndTheChainStillVerifies) {
  Relay relay({.connection = database_.job_pool().options(), .stream = stream_}, redis_, metrics_);
  const auto made = Register(manager_, "Canary", kCanary);
  v1::CreateVisitRequest visit;
  visit.set_parent(made->name());
  visit.mutable_visit()->set_kind("call");
  visit.mutable_visit()->set_note("a secret");
  ASSERT_TRUE(As<v1::Visit>(manager_, "CreateVisit", visit).ok());
  ASSERT_TRUE(relay.Seal().ok());
  const auto before = VerifyChain(database_.job());
  ASSERT_TRUE(before.ok()) << before.status();

  v1::EraseCustomerRequest erase;
  erase.set_name(made->name());
  EXPECT_EQ(ReasonOf(As<v1::Customer>(agent_, "EraseCustomer", erase).status()), "RIGHT_MISSING");
  const auto erased = As<v1::Customer>(manager_, "EraseCustomer", erase);
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->state(), v1::CUSTOMER_ERASED);
  ASSERT_TRUE(As<v1::Customer>(manager_, "EraseCustomer", erase).ok());

  EXPECT_EQ(Get(manager_, made->name())->display_name(), "");
  EXPECT_EQ(Find(manager_, "canary")->customers_size(), 0);
  EXPECT_EQ(Find(manager_, "5678")->customers_size(), 0);
  EXPECT_EQ(Timeline(manager_, made->name())[0].note(), "");
  for (const char* table : {"customers", "phones", "tokens", "visits", "outbox", "requests"}) {
    for (const char* word : {"Canary", "12345678", "a secret"}) {
      EXPECT_EQ(database_.Value(std::string("SELECT count(*) FROM ") + table + " t WHERE t::text ILIKE '%" + word +
                                "%' OR t::text LIKE '%' || encode('" + word + "', 'hex') || '%'"),
                "0")
          << table << " " << word;
    }
  }
  ASSERT_TRUE(relay.Seal().ok());
  const auto after = VerifyChain(database_.job());
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_GT(after->erased, 0);
  EXPECT_TRUE(Register(manager_, "Somebody new", kCanary).ok());
}

TEST_F(StoryTest, DealsMoneyAndCallsOfOthersBecomeOneStoryAndASignedContractForbidsErasing) {  // CUS-10
  const auto made = Register(manager_, "Buyer", kCanary);
  Consumer sales("sales", host_.channel(), redis_, database_.job(), metrics_, stream_);
  ListenToSales(sales);
  sales::v1::HoldPlaced hold;
  hold.set_hold("holds/" + NewId());
  hold.set_customer(made->name());
  hold.set_room("projects/a/rooms/b");
  Tell(sales, hold);
  sales::v1::ContractSigned contract;
  contract.set_contract("contracts/" + NewId());
  contract.add_customers(made->name());
  contract.mutable_price()->set_minor_units(123456700);
  Tell(sales, contract);
  const auto timeline = Timeline(manager_, made->name());
  ASSERT_EQ(timeline.size(), 3u);
  EXPECT_EQ(timeline[0].kind(), "sales.contract-signed");
  EXPECT_EQ(timeline[0].values().at("price"), "123456700");
  EXPECT_EQ(timeline[1].resource(), hold.hold());
  v1::EraseCustomerRequest erase;
  erase.set_name(made->name());
  EXPECT_EQ(ReasonOf(As<v1::Customer>(manager_, "EraseCustomer", erase).status()), "CUSTOMER_IN_CONTRACT");
}

TEST_F(StoryTest, ReceiptsAndCallsAreToldToo) {  // CUS-10
  const auto made = Register(manager_, "Buyer", kCanary);
  Consumer finance("finance", host_.channel(), redis_, database_.job(), metrics_, stream_);
  ListenToFinance(finance);
  finance::v1::ReceiptBooked receipt;
  receipt.set_receipt("receipts/" + NewId());
  receipt.set_customer(made->name());
  receipt.mutable_amount()->set_minor_units(5000000);
  Tell(finance, receipt);
  EXPECT_EQ(Timeline(manager_, made->name())[0].kind(), "finance.receipt-booked");
  Consumer telephony("telephony", host_.channel(), redis_, database_.job(), metrics_, stream_);
  ListenToTelephony(telephony);
  telephony::v1::CallRecorded call;
  call.set_call("calls/" + NewId());
  call.set_customer(made->name());
  call.set_outcome("answered");
  call.set_talk_ms(61500);
  Tell(telephony, call);
  const v1::TimelineEntry entry = Timeline(manager_, made->name())[0];
  EXPECT_EQ(entry.kind(), "call.ended");
  EXPECT_EQ(entry.values().at("talkSeconds"), "61");
}

TEST_F(StoryTest, CustomersFollowTheirConsultantIntoAnotherTeamAndNoneGoToADisabledOne) {
  const auto made = Register(manager_, "Follower", "");
  Consumer identity("identity", host_.channel(), redis_, database_.job(), metrics_, stream_);
  ListenToIdentity(identity);
  identity::v1::OperatorChanged changed;
  changed.set_operator_(manager_.operator_name);
  changed.set_active(true);
  changed.set_team("teams/" + NewId());
  Tell(identity, changed);
  EXPECT_EQ(Get(manager_, made->name())->owner_team(), changed.team());
  changed.set_active(false);
  Tell(identity, changed);
  v1::AssignCustomerRequest assign;
  assign.set_name(made->name());
  assign.set_owner(manager_.operator_name);
  EXPECT_EQ(ReasonOf(As<v1::Customer>(manager_, "AssignCustomer", assign).status()), "OWNER_INACTIVE");
}

}  // namespace
}  // namespace lintel::customers
