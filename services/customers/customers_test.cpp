// Customers as their callers see them, on real PostgreSQL.
#include <gtest/gtest.h>

#include "lintel/finance/v1/events.pb.h"
#include "lintel/identity/v1/events.pb.h"
#include "lintel/sales/v1/events.pb.h"
#include "lintel/telephony/v1/events.pb.h"
#include "platform/ids/ids.h"
#include "platform/relay/chain.h"
#include "platform/relay/relay.h"
#include "platform/status/status.h"
#include "platform/testing/database.h"
#include "platform/testing/server.h"
#include "services/customers/api/contacts_api.h"
#include "services/customers/api/customers_api.h"
#include "services/customers/api/look_up_api.h"
#include "services/customers/app/follow_up.h"
#include "services/customers/consumers/consumers.h"
#include "services/customers/embedded.h"

namespace lintel::customers {
namespace {

const std::string kService = "lintel.customers.v1.CustomersService/";
constexpr char kCanary[] = "13912345678";
constexpr char kCanaryTail[] = "12345678";
constexpr char kCanaryId[] = "11010519491231002X";

class CustomersTest : public ::testing::Test {
 protected:
  CustomersTest() {
    customers_.Register(host_.server());
    contacts_.Register(host_.server());
    look_up_.Register(host_.server());
    host_.Start();
  }

  template <class Reply, class Request>
  absl::StatusOr<Reply> As(const Principal& who, const std::string& method, const Request& request) {
    return host_.channel().Call<Reply>(kService + method, request, host_.As(who));
  }
  template <class Reply, class Request>
  absl::StatusOr<Reply> AsService(const std::string& method, const Request& request, int64_t tenant = 1) {
    return host_.channel().Call<Reply>(kService + method, request, host_.AsService("sales", tenant));
  }
  absl::StatusOr<v1::Customer> Register(const Principal& who, const std::string& name, const std::string& phone,
                                        const std::string& request_id = "") {
    v1::CreateCustomerRequest request;
    request.mutable_customer()->set_display_name(name);
    if (!phone.empty()) request.mutable_customer()->add_phones(phone);
    request.set_request_id(request_id);
    return As<v1::Customer>(who, "CreateCustomer", request);
  }
  absl::StatusOr<v1::ListCustomersResponse> Find(const Principal& who, const std::string& query) {
    v1::ListCustomersRequest request;
    request.set_query(query);
    return As<v1::ListCustomersResponse>(who, "ListCustomers", request);
  }
  absl::StatusOr<v1::Customer> Get(const Principal& who, const std::string& name) {
    v1::GetCustomerRequest request;
    request.set_name(name);
    return As<v1::Customer>(who, "GetCustomer", request);
  }
  std::vector<v1::TimelineEntry> Timeline(const Principal& who, const std::string& name) {
    v1::ListTimelineRequest request;
    request.set_parent(name);
    const auto answer = As<v1::ListTimelineResponse>(who, "ListTimeline", request);
    return answer.ok() ? std::vector<v1::TimelineEntry>(answer->entries().begin(), answer->entries().end())
                       : std::vector<v1::TimelineEntry>();
  }
  static Principal Consultant(Principal like) {
    like.rights = {{"customer.read", auth::OWN}, {"customer.write", auth::OWN}, {"customer.phone.read", auth::OWN}};
    return like;
  }

  const Vault vault_{std::string(64, 'a')};
  testing::TestDatabase database_{"customers", Migrations()};
  Commands commands_{database_.app(), WallClock};
  Commands job_commands_{database_.job(), WallClock};
  CustomersApi customers_{commands_, job_commands_, vault_, [](const Call&) { return 30; }};
  ContactsApi contacts_{commands_, vault_};
  LookUpApi look_up_{database_.app(), vault_, WallClock};
  testing::TestServer host_{ReasonTexts()};
  const Principal manager_ = testing::OperatorWith({"customer.read", "customer.write", "customer.assign",
                                                    "customer.phone.read", "customer.id.read", "customer.erase"});
  const Principal agent_ = testing::OperatorWith({"customer.read", "customer.write"});
};

TEST_F(CustomersTest, ARegisteredCustomerIsFoundByEveryWayOfAsking) {  // CUS-11
  const auto made = Register(manager_, "张三丰", "139-1234-5678");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->phones(0), "+8613912345678");
  EXPECT_EQ(made->phone_details(0).kind(), v1::MOBILE);
  EXPECT_EQ(made->owner(), manager_.operator_name);
  for (const char* query : {"张三", "丰", "zsf", "zhangsan", kCanary, "+86 139 1234 5678", "5678", "张 5678"}) {
    const auto found = Find(manager_, query);
    ASSERT_TRUE(found.ok()) << query << found.status();
    EXPECT_EQ(found->customers_size(), 1) << query;
  }
  EXPECT_EQ(Find(manager_, "5679")->customers_size(), 0);
  EXPECT_EQ(FieldOf(Find(manager_, "567").status()), "query");
}

TEST_F(CustomersTest, TheCanarysDigitsReachNobodyWithoutTheRight) {  // CUS-11
  v1::CreateCustomerRequest request;
  request.mutable_customer()->set_display_name("Canary");
  request.mutable_customer()->add_phones(kCanary);
  request.mutable_customer()->set_id_number(kCanaryId);
  request.set_request_id("canary-1");
  const auto made = As<v1::Customer>(manager_, "CreateCustomer", request);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->phones(0), "+8613912345678");
  EXPECT_EQ(made->id_number(), kCanaryId);

  std::vector<std::string> bytes;
  const auto keep = [&](const auto& answer) {
    bytes.push_back(answer.ok() ? answer->SerializeAsString() : answer.status().ToString());
  };
  keep(Get(agent_, made->name()));
  keep(Find(agent_, kCanary));
  keep(Find(agent_, "canary"));
  keep(Register(agent_, "Somebody else", kCanary));
  v1::FindDuplicatesRequest duplicates;
  duplicates.add_phones(kCanary);
  keep(As<v1::FindDuplicatesResponse>(agent_, "FindDuplicates", duplicates));
  v1::UpdateCustomerRequest update;
  update.mutable_customer()->set_name(made->name());
  update.mutable_customer()->set_remark("seen");
  keep(As<v1::Customer>(agent_, "UpdateCustomer", update));
  v1::ListTimelineRequest timeline;
  timeline.set_parent(made->name());
  keep(As<v1::ListTimelineResponse>(agent_, "ListTimeline", timeline));
  for (const std::string& answer : bytes) {
    EXPECT_EQ(answer.find(kCanaryTail), std::string::npos);
    EXPECT_EQ(answer.find("1231002"), std::string::npos);
  }
  EXPECT_EQ(Get(agent_, made->name())->phones(0), "+86139****5678");
}

TEST_F(CustomersTest, NoTableButThePrivateLogHoldsTheDigits) {
  ASSERT_TRUE(Register(manager_, "Canary", kCanary, "canary-1").ok());
  for (const char* table : {"customers", "phones", "tokens", "timeline", "requests"}) {
    EXPECT_EQ(database_.Value(std::string("SELECT count(*) FROM ") + table + " t WHERE t::text LIKE '%12345678%'" +
                              " OR t::text LIKE '%' || encode('12345678', 'hex') || '%'"),
              "0")
        << table;
  }
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE position('12345678'::bytea in payload) > 0"), "0");
}

TEST_F(CustomersTest, AMaskedNumberIsNotTakenForANumber) {
  const auto made = Register(manager_, "Canary", kCanary);
  v1::UpdateCustomerRequest update;
  *update.mutable_customer() = *Get(agent_, made->name());
  update.mutable_update_mask()->add_paths("phones");
  EXPECT_EQ(FieldOf(As<v1::Customer>(agent_, "UpdateCustomer", update).status()), "customer.phones[0]");
}

TEST_F(CustomersTest, ANumberBelongsToOneCustomerAndOnlyItsScopeLearnsWhose) {  // CUS-10
  const auto first = Register(manager_, "First", kCanary);
  const auto again = Register(manager_, "Second", "+86 139 1234 5678");
  EXPECT_EQ(ReasonOf(again.status()), "CUSTOMER_DUPLICATE");
  EXPECT_EQ(MetadataOf(again.status())["customer"], first->name());
  const Principal stranger = Consultant(testing::OperatorWith({}));
  const auto hidden = Register(stranger, "Third", kCanary);
  EXPECT_EQ(ReasonOf(hidden.status()), "CUSTOMER_DUPLICATE");
  EXPECT_FALSE(MetadataOf(hidden.status()).contains("customer"));
  EXPECT_EQ(MetadataOf(hidden.status())["team"], manager_.team);
  EXPECT_EQ(database_.Value("SELECT count(*) FROM customers"), "1");
}

TEST_F(CustomersTest, AConsultantSeesTheirOwnCustomersAndAfterAssigningTheOtherDoes) {  // SYS-22
  const Principal anna = Consultant(testing::OperatorWith({}));
  const Principal boris = Consultant(testing::OperatorWith({}));
  const auto made = Register(anna, "Hers", kCanary);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(Get(boris, made->name()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Find(boris, "hers")->customers_size(), 0);
  v1::AssignCustomerRequest assign;
  assign.set_name(made->name());
  assign.set_owner(boris.operator_name);
  EXPECT_EQ(ReasonOf(As<v1::Customer>(anna, "AssignCustomer", assign).status()), "RIGHT_MISSING");
  ASSERT_TRUE(As<v1::Customer>(manager_, "AssignCustomer", assign).ok());
  EXPECT_TRUE(Get(boris, made->name()).ok());
  EXPECT_EQ(Get(anna, made->name()).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(CustomersTest, TenantsAreWallsAndEachHasItsOwnNumbers) {  // NFR-01
  const auto made = Register(manager_, "First", kCanary);
  const Principal other = testing::OperatorWith({"customer.read", "customer.write", "customer.phone.read"}, 2);
  EXPECT_EQ(Get(other, made->name()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Find(other, "5678")->customers_size(), 0);
  EXPECT_TRUE(Register(other, "Theirs", kCanary).ok());
}

TEST_F(CustomersTest, TwoRegistrationsOfOneNumberAtOnceMakeOneCustomer) {
  std::vector<absl::Status> outcomes(2);
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&, i] { outcomes[i] = Register(manager_, "Both", kCanary).status(); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_NE(outcomes[0].ok(), outcomes[1].ok());
  EXPECT_EQ(database_.Value("SELECT count(*) FROM customers"), "1");
}

TEST_F(CustomersTest, AReplayedRegistrationAnswersWithTheSameCustomer) {
  const auto first = Register(manager_, "Once", kCanary, "r1");
  const auto again = Register(manager_, "Once", kCanary, "r1");
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(ReasonOf(Register(manager_, "Another", kCanary, "r1").status()), "REQUEST_ID_REUSED");
}

TEST_F(CustomersTest, AnOddPhoneIsKeptWithAWarningAndAStaleEtagIsRefused) {
  const auto made = Register(manager_, "Odd", "139123");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_TRUE(Register(manager_, "Odder", "13912345").ok());
  v1::UpdateCustomerRequest update;
  update.mutable_customer()->set_name(made->name());
  update.mutable_customer()->set_level("a");
  update.mutable_customer()->set_etag(made->etag());
  EXPECT_EQ(As<v1::Customer>(manager_, "UpdateCustomer", update)->level(), "a");
  EXPECT_EQ(ReasonOf(As<v1::Customer>(manager_, "UpdateCustomer", update).status()), "STALE_ETAG");
}

TEST_F(CustomersTest, BadFieldsAreNamed) {
  const auto refused = [&](const std::function<void(v1::Customer&)>& spoil) {
    v1::CreateCustomerRequest request;
    request.mutable_customer()->set_display_name("Somebody");
    spoil(*request.mutable_customer());
    return FieldOf(As<v1::Customer>(manager_, "CreateCustomer", request).status());
  };
  EXPECT_EQ(refused([](v1::Customer& c) { c.set_display_name("　 "); }), "customer.display_name");
  EXPECT_EQ(refused([](v1::Customer& c) { c.set_display_name(std::string(61, 'x')); }), "customer.display_name");
  EXPECT_EQ(refused([](v1::Customer& c) { c.set_display_name(std::string("a\0b", 3)); }), "customer.display_name");
  EXPECT_EQ(refused([](v1::Customer& c) { c.add_phones("12"); }), "customer.phones[0]");
  EXPECT_EQ(refused([](v1::Customer& c) { for (int i = 0; i < 9; ++i) c.add_phones("1391234567"); }), "customer.phones");
  EXPECT_EQ(refused([](v1::Customer& c) { c.set_source("Not A Code"); }), "customer.source");
  EXPECT_EQ(refused([](v1::Customer& c) { c.set_gender("x"); }), "customer.gender");
  EXPECT_EQ(refused([](v1::Customer& c) { c.add_projects("projects/1"); }), "customer.projects[0]");
  EXPECT_EQ(refused([](v1::Customer& c) { c.set_id_number("1****002X"); }), "customer.id_number");
}

TEST_F(CustomersTest, PagesGoOnWhereTheyEndedAndAreBoundToTheQuery) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(Register(manager_, "Page " + std::to_string(i), "").ok());
  v1::ListCustomersRequest request;
  request.set_page_size(2);
  request.set_query("page");
  std::set<std::string> seen;
  for (int page = 0; page < 3; ++page) {
    const auto answer = As<v1::ListCustomersResponse>(manager_, "ListCustomers", request);
    ASSERT_TRUE(answer.ok()) << answer.status();
    for (const auto& customer : answer->customers()) seen.insert(customer.name());
    request.set_page_token(answer->next_page_token());
  }
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(request.page_token(), "");
  request.set_page_token(As<v1::ListCustomersResponse>(manager_, "ListCustomers", request)->next_page_token());
  request.set_query("other");
  EXPECT_EQ(FieldOf(As<v1::ListCustomersResponse>(manager_, "ListCustomers", request).status()), "page_token");
}

TEST_F(CustomersTest, ACallerIsKnownByTheirNumberAndAWithheldOneIsNobody) {  // IVR, CUS-10
  const auto made = Register(manager_, "Caller", kCanary);
  v1::LookUpCallerRequest request;
  request.set_number("013912345678");
  const auto known = AsService<v1::LookUpCallerResponse>("LookUpCaller", request);
  ASSERT_TRUE(known.ok()) << known.status();
  EXPECT_EQ(known->customer(), made->name());
  EXPECT_EQ(known->display_name(), "Caller");
  EXPECT_EQ(known->masked_number(), "+86139****5678");
  request.set_number("");
  EXPECT_FALSE(AsService<v1::LookUpCallerResponse>("LookUpCaller", request)->found());
  request.set_number("anonymous");
  EXPECT_FALSE(AsService<v1::LookUpCallerResponse>("LookUpCaller", request)->found());
  request.set_number(kCanary);
  EXPECT_FALSE(AsService<v1::LookUpCallerResponse>("LookUpCaller", request, 2)->found());
  EXPECT_EQ(ReasonOf(As<v1::LookUpCallerResponse>(manager_, "LookUpCaller", request).status()), "INTERNAL_ONLY");
}

TEST_F(CustomersTest, BuyersArePrintedWholeAndEachReadingIsOnRecord) {
  const auto made = Register(manager_, "Buyer", kCanary);
  v1::GetBuyersRequest request;
  request.add_names(made->name());
  const auto buyers = AsService<v1::GetBuyersResponse>("GetBuyers", request);
  ASSERT_TRUE(buyers.ok()) << buyers.status();
  EXPECT_EQ(buyers->buyers(0).phone(), "+8613912345678");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE type = '' AND action LIKE '%GetBuyers'"), "1");
  ASSERT_TRUE(Get(manager_, made->name()).ok());
  EXPECT_EQ(database_.Value("SELECT count(*) FROM outbox WHERE type = '' AND action LIKE '%GetCustomer'"), "1");
}

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
  EXPECT_EQ(timeline[0].kind(), "visit.visit");
  EXPECT_EQ(timeline[0].note(), "likes the south side");
  EXPECT_EQ(timeline[2].kind(), "customer.registered");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM jobs WHERE kind = 'customers.follow-up'"), "2");
  EXPECT_EQ(database_.Value("SELECT count(*) FROM visits v WHERE v::text LIKE '%' || encode('south', 'hex') || '%'"), "0");
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
  EXPECT_EQ(timeline[0].values().at("priceMinorUnits"), "123456700");
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
