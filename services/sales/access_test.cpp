// How far a reader sees, in lists and in events, and what an update changes.
#include "absl/strings/escaping.h"
#include "lintel/sales/v1/events.pb.h"
#include "platform/status/status.h"
#include "services/sales/testing/sales_floor.h"

namespace lintel::sales {
namespace {

using std::chrono::hours;

Principal Reader(auth::Scope reach, const std::string& team) {
  Principal reader = testing::OperatorWith({});
  reader.rights = {{"deal.read", reach}};
  reader.team = team;
  return reader;
}

class Access : public SalesFloor {
 protected:
  Access() { dora_.team.clear(); }
  // A deal of each kind: a hold, a subscription and a contract.
  void GivenDeals(const Principal& who) {
    EXPECT_TRUE(Hold(GivenRoom(), who).ok());
    EXPECT_TRUE(Subscribe(GivenRoom(), "", who).ok());
    const auto subscription = Subscribe(GivenRoom(), "", who);
    GivenNumbers(1, 9);
    EXPECT_TRUE(Sign(subscription->name()).ok());
  }
  // "1 2 1 2": how many holds, subscriptions, contracts and reminders the reader lists.
  std::string Seen(const Principal& reader) {
    const auto holds = Send<v1::ListHoldsResponse>("sales.v1.HoldsService/ListHolds", v1::ListHoldsRequest(), reader);
    const auto subscriptions = Send<v1::ListSubscriptionsResponse>("sales.v1.SubscriptionsService/ListSubscriptions",
                                                                   v1::ListSubscriptionsRequest(), reader);
    const auto contracts =
        Send<v1::ListContractsResponse>("sales.v1.ContractsService/ListContracts", v1::ListContractsRequest(), reader);
    const auto reminders =
        Send<v1::ListRemindersResponse>("sales.v1.PoliciesService/ListReminders", v1::ListRemindersRequest(), reader);
    if (!holds.ok() || !subscriptions.ok() || !contracts.ok() || !reminders.ok()) return "refused";
    return std::to_string(holds->holds_size()) + " " + std::to_string(subscriptions->subscriptions_size()) + " " +
           std::to_string(contracts->contracts_size()) + " " + std::to_string(reminders->reminders_size());
  }

  const Principal clara_ = NewOperator();  // Of another team than anna.
  Principal dora_ = NewOperator();         // Of none.
};

TEST_F(Access, ListsReachAsFarAsTheReadersRight) {  // SYS-22
  GivenDeals(anna_);
  GivenDeals(clara_);
  GivenDeals(dora_);
  EXPECT_EQ(Seen(Reader(auth::TENANT, anna_.team)), "3 6 3 6");
  EXPECT_EQ(Seen(Reader(auth::PROJECT, anna_.team)), "3 6 3 6");
  EXPECT_EQ(Seen(Reader(auth::TEAM, anna_.team)), "1 2 1 2");
  EXPECT_EQ(Seen(Reader(auth::TEAM, clara_.team)), "1 2 1 2");
  EXPECT_EQ(Seen(Reader(auth::TEAM, "")), "0 0 0 0") << "rows without a team are nobody's team's";
  EXPECT_EQ(Seen(Reader(auth::OWN, anna_.team)), "0 0 0 0");
  Principal own = Reader(auth::OWN, clara_.team);
  own.operator_name = clara_.operator_name;
  EXPECT_EQ(Seen(own), "1 2 1 2");
}

TEST_F(Access, ADocumentOutOfReachIsNotFound) {  // SYS-22
  const auto hold = Hold(GivenRoom(), clara_);
  v1::GetHoldRequest get;
  get.set_name(hold->name());
  const auto read = [&](const Principal& who) {
    return Send<v1::Hold>("sales.v1.HoldsService/GetHold", get, who).status().code();
  };
  EXPECT_EQ(read(Reader(auth::TEAM, clara_.team)), absl::StatusCode::kOk);
  EXPECT_EQ(read(Reader(auth::TEAM, anna_.team)), absl::StatusCode::kNotFound);
  EXPECT_EQ(read(Reader(auth::OWN, clara_.team)), absl::StatusCode::kNotFound);
}

TEST_F(Access, EveryEventOfADealSaysWhoseItIs) {  // Live events reach no further than lists.
  v1::HandOverDealsRequest hand_over;
  hand_over.set_name(GivenConsultant("A1", anna_, "一组"));
  hand_over.set_successor(GivenConsultant("C1", clara_, "三组"));
  EXPECT_TRUE(Hold(GivenRoom(), anna_).ok());
  const auto given = Send<v1::HandOverDealsResponse>("sales.v1.ConsultantsService/HandOverDeals", hand_over, manager_);
  EXPECT_TRUE(given.ok()) << given.status();
  GivenDeals(clara_);
  now_ += hours(24 * 30);
  RunDue();  // Reminders, and a hold that changes.
  const auto* file = v1::HoldPlaced::descriptor()->file();
  auto* messages = google::protobuf::MessageFactory::generated_factory();
  for (int i = 0; i < file->message_type_count(); ++i) {
    const auto* type = file->message_type(i);
    if (type == v1::ConsultantChanged::descriptor()) continue;
    const std::string payload = sales_db_.Value("SELECT encode(payload, 'hex') FROM outbox WHERE type = '" +
                                                type->full_name() + "' ORDER BY id DESC LIMIT 1");
    const std::unique_ptr<google::protobuf::Message> event(messages->GetPrototype(type)->New());
    ASSERT_TRUE(!payload.empty() && event->ParseFromString(absl::HexStringToBytes(payload))) << type->name();
    const auth::EventTopic& topic = type->options().GetExtension(auth::event);
    const auto text = [&](const std::string& field) {
      const auto* found = type->FindFieldByName(field);
      return found == nullptr ? "no field " + field : event->GetReflection()->GetString(*event, found);
    };
    EXPECT_EQ(text(topic.operator_field()), clara_.operator_name) << type->name();
    EXPECT_EQ(text(topic.team_field()), clara_.team) << type->name();
  }
}

TEST_F(Access, AnUpdateChangesWhatItsMaskNamesAndNothingElse) {  // AIP-134
  GivenRoom();
  v1::UpdatePolicyRequest request;
  v1::Policy& policy = *request.mutable_policy();
  policy.set_name(project_ + "/policy");
  policy.set_alerts_off(true);
  *policy.mutable_hold_fee() = ToProto(Yuan(5000));
  request.mutable_update_mask()->add_paths("alerts_off");
  const auto update = [&] { return Send<v1::Policy>("sales.v1.PoliciesService/UpdatePolicy", request, manager_); };
  const auto first = update();
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_TRUE(first->alerts_off());
  EXPECT_EQ(first->hold_fee().minor_units(), 0) << "the mask does not name it";
  EXPECT_EQ(first->hold_period().seconds(), 48 * 3600);
  policy.set_alerts_off(false);
  policy.set_etag("7");
  EXPECT_EQ(ReasonOf(update().status()), "STALE_ETAG");
  policy.set_etag(first->etag());
  EXPECT_FALSE(update()->alerts_off()) << "what is named is also turned off";
  policy.clear_etag();
  request.mutable_update_mask()->set_paths(0, "valid_from_time");
  EXPECT_EQ(FieldOf(update().status()), "update_mask");
}

TEST_F(Access, WhoWantsTheRoomIsToldTheTeamOfTheConsultantNotOfWhoHeldItForThem) {  // BX-01
  const std::string consultant = GivenConsultant("A1", anna_, "");
  team_names_ = {{anna_.team, "一组"}, {manager_.team, "经理"}};
  const std::string held = GivenRoom();
  ASSERT_TRUE(Hold(held, manager_, [&](v1::Hold& hold) { hold.set_consultant(consultant); }).ok());
  const std::string subscribed = GivenRoom();
  const auto subscription =
      Subscribe(subscribed, "", manager_, [&](v1::Subscription& s) { s.set_consultant(consultant); });
  ASSERT_TRUE(subscription.ok()) << subscription.status();
  for (const std::string& room : {held, subscribed}) {
    EXPECT_EQ(MetadataOf(Hold(room, boris_).status()), (Metadata{{"team", "一组"}})) << RoomState(room);
  }
}

TEST_F(Access, AConsultantsUpdateLeavesTheRestAlone) {  // AIP-134, INV-04
  v1::UpdateConsultantRequest request;
  v1::Consultant& consultant = *request.mutable_consultant();
  consultant.set_name(GivenConsultant("A1", anna_, "一组"));
  consultant.set_display_name("顾问甲");
  const auto update = [&] {
    return Send<v1::Consultant>("sales.v1.ConsultantsService/UpdateConsultant", request, manager_);
  };
  const auto renamed = update();
  ASSERT_TRUE(renamed.ok()) << renamed.status();
  EXPECT_EQ(renamed->display_name(), "顾问甲");
  EXPECT_EQ(renamed->team_display_name(), "一组");
  EXPECT_EQ(renamed->operator_name(), anna_.operator_name);
  request.mutable_update_mask()->add_paths("team_display_name");
  EXPECT_EQ(update()->team_display_name(), "");
  request.mutable_update_mask()->set_paths(0, "code");
  EXPECT_EQ(FieldOf(update().status()), "update_mask");
  request.clear_update_mask();
  consultant.set_etag("0");
  EXPECT_EQ(ReasonOf(update().status()), "STALE_ETAG");
}

}  // namespace
}  // namespace lintel::sales
