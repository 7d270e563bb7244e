// Registering, finding, masking, scopes and walls.
#include "absl/strings/escaping.h"
#include "lintel/customers/v1/events.pb.h"
#include "services/customers/testing/fixture.h"

namespace lintel::customers {
namespace {

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

TEST_F(CustomersTest, ATeamLeaderSeesTheTeamsCustomersAndNoOthers) {  // SYS-22
  const Principal anna = Consultant(testing::OperatorWith({}));
  const Principal boris = Consultant(testing::OperatorWith({}));  // Of another team.
  Principal leader = testing::OperatorWith({});
  leader.team = anna.team;
  leader.rights = {{"customer.read", auth::TEAM}};
  const auto ours = Register(anna, "Ours", kCanary);
  const auto theirs = Register(boris, "Theirs", "13912345679");
  ASSERT_TRUE(ours.ok() && theirs.ok()) << ours.status() << theirs.status();
  const auto seen = As<v1::ListCustomersResponse>(leader, "ListCustomers", v1::ListCustomersRequest());
  ASSERT_TRUE(seen.ok()) << seen.status();
  ASSERT_EQ(seen->customers_size(), 1);
  EXPECT_EQ(seen->customers(0).name(), ours->name());
  EXPECT_EQ(Get(leader, theirs->name()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Find(anna, "theirs")->customers_size(), 0);
}

TEST_F(CustomersTest, EveryEventSaysWhoseCustomerItIsAbout) {  // Live events reach no further than lists.
  const v1::Customer made = *Register(manager_, "Hers", kCanary);
  const std::string event =
      database_.Value("SELECT encode(payload, 'hex') FROM outbox WHERE type LIKE '%CustomerRegistered'");
  v1::CustomerRegistered registered;
  ASSERT_TRUE(registered.ParseFromString(absl::HexStringToBytes(event)));
  EXPECT_EQ(registered.owner(), manager_.operator_name);
  EXPECT_EQ(registered.owner_team(), manager_.team);
  const auto* file = v1::CustomerRegistered::descriptor()->file();
  for (int i = 0; i < file->message_type_count(); ++i) {
    const auto* type = file->message_type(i);
    const auth::EventTopic& topic = type->options().GetExtension(auth::event);
    EXPECT_NE(type->FindFieldByName(topic.operator_field()), nullptr) << type->name();
    EXPECT_NE(type->FindFieldByName(topic.team_field()), nullptr) << type->name();
  }
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
  EXPECT_EQ(refused([](v1::Customer& c) {
              for (int i = 0; i < 9; ++i) c.add_phones("1391234567");
            }),
            "customer.phones");
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

}  // namespace
}  // namespace lintel::customers
