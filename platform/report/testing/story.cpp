#include "platform/report/testing/story.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lintel/customers/v1/events.pb.h"
#include "lintel/finance/v1/events.pb.h"
#include "lintel/inventory/v1/events.pb.h"
#include "lintel/sales/v1/events.pb.h"

namespace lintel::testing {
namespace {

std::string Project(int number) { return "projects/" + StoryId(number); }
std::string Room(int project, int number) { return absl::StrCat(Project(project), "/rooms/", StoryId(number)); }
std::string Customer(int number) { return "customers/" + StoryId(500 + number); }

void SetTime(google::protobuf::Timestamp* field, const std::string& time) {
  field->set_seconds(std::chrono::duration_cast<std::chrono::seconds>(ParseRfc3339(time)->time_since_epoch()).count());
}
void SetDate(google::type::Date* field, const std::string& text) {
  const Date date = *ParseDate(text);
  field->set_year(static_cast<int>(date.year()));
  field->set_month(static_cast<int>(static_cast<unsigned>(date.month())));
  field->set_day(static_cast<int>(static_cast<unsigned>(date.day())));
}
void SetMoney(type::Money* field, int64_t fen) {
  field->set_minor_units(fen);
  field->set_currency_code("CNY");
}

class Teller {
 public:
  explicit Teller(Story& story) : story_(story) {}

  void TellInventory() {
    OpenProject(1, kQingchuan, "晴川里", "Asia/Shanghai", {101, 102, 103, 104});
    OpenProject(1, kTingchao, "听潮府", "Asia/Tokyo", {201, 202});
    OpenProject(2, kElsewhere, "别处", "Asia/Shanghai", {901});
    ChangeRoom(1, kQingchuan, 101, inventory::v1::HELD, 2, "2026-11-23T01:00:00Z");
    ChangeRoom(1, kQingchuan, 102, inventory::v1::HELD, 2, "2026-11-23T02:00:00Z");
    ChangeRoom(1, kQingchuan, 101, inventory::v1::SUBSCRIBED, 3, "2026-11-23T03:00:00Z");
    ChangeRoom(1, kQingchuan, 101, inventory::v1::SIGNED, 4, "2026-11-23T06:00:00Z");
    ChangeRoom(1, kTingchao, 201, inventory::v1::SUBSCRIBED, 2, "2026-11-22T15:30:00Z");
    story_.inventory.Relay();
  }

  void TellCustomers() {
    for (int number = 1; number <= 12; ++number) {
      const std::string source = number <= 6 ? "walk-in" : number <= 11 ? "channel" : "referral";
      Register(1, number, source, number <= 8 ? "2026-11-20T02:00:00Z" : "2026-11-23T02:00:00Z");
    }
    Register(2, 90, "walk-in", "2026-11-23T02:00:00Z");
    Visit(1, 601, 1, kQingchuan, "visit", true, "2026-11-20T03:00:00Z");
    Visit(1, 602, 1, kQingchuan, "visit", false, "2026-11-23T00:30:00Z");
    Visit(1, 603, 9, kQingchuan, "visit", true, "2026-11-23T04:00:00Z");
    Visit(1, 604, 10, kQingchuan, "call", false, "2026-11-23T05:00:00Z");
    Visit(1, 605, 11, kQingchuan, "call", false, "2026-11-22T15:59:59Z");  // A second before the 23rd in Shanghai.
    Visit(1, 606, 12, kTingchao, "visit", true, "2026-11-22T15:00:00Z");   // The 23rd's first instant in Tokyo.
    Visit(2, 690, 90, kElsewhere, "visit", true, "2026-11-23T04:00:00Z");
    story_.customers.Relay();
  }

  void TellSales() {
    sales::v1::ConsultantChanged consultant;
    consultant.set_consultant("consultants/" + StoryId(401));
    consultant.set_code("GW01");
    consultant.set_team("一组");
    consultant.set_operator_name("operators/" + StoryId(701));
    consultant.set_version(1);
    story_.sales.Announce(1, consultant, consultant.consultant(), 1, "2026-11-01T00:00:00Z");
    Hold(1, 301, 801, kQingchuan, 101, 1, "2026-11-23T01:00:00Z");
    Hold(1, 302, 802, kQingchuan, 102, 2, "2026-11-23T02:00:00Z");
    EndHold(301, 801, kQingchuan, 101, 1, sales::v1::CONVERTED, "2026-11-23T03:00:00Z");
    Subscribe(1, 311, 801, kQingchuan, 101, 1, 300'000'000, 291'342'672, "2026-11-23T03:00:00Z");
    Subscribe(1, 312, 803, kTingchao, 201, 12, 500'000'000, 500'000'000, "2026-11-22T15:30:00Z");
    Subscribe(2, 390, 890, kElsewhere, 901, 90, 100'000'000, 100'000'000, "2026-11-23T03:00:00Z");
    Sign();
    story_.sales.Relay();
  }

  void TellFinance() {
    Due();
    Receipt(1, 331, "SJ-000001", 801, kQingchuan, 101, 1, 5'000'000, "CARD", 0, {{341, 5'000'000}},
            "2026-11-23T03:10:00Z");
    Receipt(1, 332, "SJ-000002", 801, kQingchuan, 101, 1, 27'010'560, "TRANSFER", 0, {{342, 26'000'000}},
            "2026-11-23T06:10:00Z");
    Receipt(1, 333, "SJ-000003", 801, kQingchuan, 101, 1, 27'010'560, "TRANSFER", 0, {{343, 27'010'560}},
            "2026-11-23T06:11:00Z");
    Receipt(1, 334, "SJ-000004", 801, kQingchuan, 101, 1, -27'010'560, "TRANSFER", 333, {{343, 27'010'560}},
            "2026-11-23T06:20:00Z");
    Receipt(2, 390, "SJ-000001", 890, kElsewhere, 901, 90, 1'000, "CASH", 0, {}, "2026-11-23T03:00:00Z");
    story_.finance.Relay();
  }

  void Erase(int number) {
    customers::v1::CustomerErased erased;
    erased.set_customer(Customer(number));
    story_.customers.Announce(1, erased, erased.customer(), 9, "2026-11-23T09:00:00Z");
    story_.customers.Relay();
  }

 private:
  void OpenProject(int64_t tenant, int project, const std::string& name, const std::string& zone,
                   const std::vector<int>& rooms) {
    inventory::v1::ProjectChanged opened;
    opened.set_project(Project(project));
    opened.set_display_name(name);
    opened.set_time_zone(zone);
    story_.inventory.Announce(tenant, opened, opened.project(), 1, "2026-11-01T00:00:00Z");
    inventory::v1::RoomsChanged made;
    made.set_project(Project(project));
    for (const int number : rooms) {
      inventory::v1::Room& room = *made.add_rooms();
      room.set_name(Room(project, number));
      room.set_building("3栋");
      room.set_entrance(number == 102 ? "1单元" : "");
      room.set_floor(number % 10);
      room.set_number(absl::StrFormat("%02d", number % 100));
      room.set_layout("A1");
      room.set_built_area_hundredths(9642 + number);
      room.set_inner_area_hundredths(7518);
      SetMoney(room.mutable_list_price(), number == 201 ? 500'000'000 : 300'000'000);
      room.set_state(number == 104 ? inventory::v1::LOCKED : inventory::v1::AVAILABLE);
      SetTime(room.mutable_state_time(), "2026-11-01T00:00:00Z");
    }
    story_.inventory.Announce(tenant, made, made.project(), 0, "2026-11-01T00:00:01Z");
  }

  void ChangeRoom(int64_t tenant, int project, int number, inventory::v1::RoomState to, int64_t version,
                  const std::string& time) {
    inventory::v1::RoomStateChanged change;
    change.set_project(Project(project));
    change.set_room(Room(project, number));
    change.set_to(to);
    change.set_version(version);
    change.set_team("一组");
    change.set_actor("operators/" + StoryId(701));
    change.set_document(to == inventory::v1::HELD ? "holds/" + StoryId(number + 200) : "subscriptions/" + StoryId(311));
    if (to == inventory::v1::HELD) {
      change.set_hold_kind(inventory::v1::CUSTOMER);
      SetTime(change.mutable_held_until(), "2026-11-25T02:00:00Z");
    }
    SetTime(change.mutable_time(), time);
    story_.inventory.Announce(tenant, change, change.room(), version, time);
  }

  void Register(int64_t tenant, int number, const std::string& source, const std::string& time) {
    customers::v1::CustomerRegistered registered;
    registered.set_customer(Customer(number));
    registered.set_source(source);
    registered.set_owner("operators/" + StoryId(701));
    registered.add_projects(Project(tenant == 1 ? kQingchuan : kElsewhere));
    story_.customers.Announce(tenant, registered, registered.customer(), 1, time);
  }

  void Visit(int64_t tenant, int visit, int customer, int project, const std::string& kind, bool first,
             const std::string& time) {
    customers::v1::VisitRecorded recorded;
    recorded.set_customer(Customer(customer));
    recorded.set_visit(absl::StrCat(Customer(customer), "/visits/", StoryId(visit)));
    recorded.set_kind(kind);
    recorded.set_project(Project(project));
    recorded.set_operator_("operators/" + StoryId(701));
    recorded.set_first(first);
    SetTime(recorded.mutable_visit_time(), time);
    story_.customers.Announce(tenant, recorded, recorded.visit(), 1, time);
  }

  void Hold(int64_t tenant, int hold, int deal, int project, int room, int customer, const std::string& time) {
    sales::v1::HoldPlaced placed;
    placed.set_hold("holds/" + StoryId(hold));
    placed.set_deal(StoryId(deal));
    placed.set_project(Project(project));
    placed.set_room(Room(project, room));
    placed.set_customer(Customer(customer));
    placed.set_consultant("consultants/" + StoryId(401));
    placed.set_team("一组");
    placed.set_kind(inventory::v1::CUSTOMER);
    SetTime(placed.mutable_expire_time(), "2026-11-25T02:00:00Z");
    SetTime(placed.mutable_time(), time);
    placed.set_version(1);
    story_.sales.Announce(tenant, placed, placed.hold(), 1, time);
  }

  void EndHold(int hold, int deal, int project, int room, int customer, sales::v1::DocumentState state,
               const std::string& time) {
    sales::v1::HoldChanged changed;
    changed.set_hold("holds/" + StoryId(hold));
    changed.set_deal(StoryId(deal));
    changed.set_project(Project(project));
    changed.set_room(Room(project, room));
    changed.set_customer(Customer(customer));
    changed.set_state(state);
    SetTime(changed.mutable_time(), time);
    changed.set_version(2);
    story_.sales.Announce(1, changed, changed.hold(), 2, time);
  }

  void Subscribe(int64_t tenant, int subscription, int deal, int project, int room, int customer, int64_t list_price,
                 int64_t price, const std::string& time) {
    sales::v1::SubscriptionActivated active;
    active.set_subscription("subscriptions/" + StoryId(subscription));
    active.set_deal(StoryId(deal));
    active.set_project(Project(project));
    active.set_room(Room(project, room));
    active.add_customers(Customer(customer));
    active.set_consultant("consultants/" + StoryId(401));
    active.set_team("一组");
    SetMoney(active.mutable_list_price(), list_price);
    SetMoney(active.mutable_price(), price);
    active.set_price_version(1);
    active.set_built_area_hundredths(9642 + room);
    active.set_payment_plan_kind("MORTGAGE");
    SetTime(active.mutable_sign_by_time(), "2026-11-30T03:00:00Z");
    SetTime(active.mutable_time(), time);
    active.set_version(1);
    story_.sales.Announce(tenant, active, active.subscription(), 1, time);
  }

  void Sign() {
    sales::v1::ContractSigned signed_event;
    signed_event.set_contract("contracts/" + StoryId(321));
    signed_event.set_deal(StoryId(801));
    signed_event.set_number("QCL-2026-0001");
    signed_event.set_subscription("subscriptions/" + StoryId(311));
    signed_event.set_project(Project(kQingchuan));
    signed_event.set_room(Room(kQingchuan, 101));
    signed_event.add_customers(Customer(1));
    signed_event.set_consultant("consultants/" + StoryId(401));
    signed_event.set_team("一组");
    SetMoney(signed_event.mutable_price(), 291'342'672);
    SetMoney(signed_event.mutable_stamp_tax(), 145'671);
    SetDate(signed_event.mutable_sign_date(), "2026-11-23");
    SetTime(signed_event.mutable_time(), "2026-11-23T06:00:00Z");
    signed_event.set_version(1);
    story_.sales.Announce(1, signed_event, signed_event.contract(), 1, "2026-11-23T06:00:00Z");
  }

  void Due() {
    finance::v1::ReceivablesChanged change;
    change.set_subscription("subscriptions/" + StoryId(311));
    change.set_deal(StoryId(801));
    change.set_project(Project(kQingchuan));
    change.set_room(Room(kQingchuan, 101));
    change.add_customers(Customer(1));
    int sequence = 0;
    for (const auto& [kind, amount] : std::vector<std::pair<std::string, int64_t>>{
             {"DEPOSIT", 5'000'000}, {"DOWN_PAYMENT", 86'342'672}, {"LOAN", 200'000'000}}) {
      finance::v1::Receivable& due = *change.add_receivables();
      due.set_name("receivables/" + StoryId(341 + sequence));
      due.set_customer(Customer(1));
      due.set_sequence(++sequence);
      due.set_kind(kind);
      due.set_state(finance::v1::OPEN);
      SetMoney(due.mutable_amount(), amount);
      SetDate(due.mutable_due_date(), "2026-12-23");
    }
    change.set_version(1);
    story_.finance.Announce(1, change, "accounts/" + StoryId(311), 1, "2026-11-23T03:00:00Z");
  }

  void Receipt(int64_t tenant, int receipt, const std::string& number, int deal, int project, int room, int customer,
               int64_t fen, const std::string& method, int reversal_of,
               const std::vector<std::pair<int, int64_t>>& allocations, const std::string& time) {
    finance::v1::ReceiptBooked booked;
    booked.set_receipt("receipts/" + StoryId(receipt));
    booked.set_number(number);
    booked.set_deal(StoryId(deal));
    booked.set_project(Project(project));
    booked.set_room(Room(project, room));
    booked.set_customer(Customer(customer));
    booked.set_method(method);
    SetMoney(booked.mutable_amount(), fen);
    SetDate(booked.mutable_book_date(), "2026-11-23");
    if (reversal_of != 0) booked.set_reversal_of("receipts/" + StoryId(reversal_of));
    booked.set_cashier("operators/" + StoryId(702));
    SetTime(booked.mutable_time(), time);
    for (const auto& [receivable, amount] : allocations) {
      finance::v1::Allocation& allocation = *booked.add_allocations();
      allocation.set_receivable("receivables/" + StoryId(receivable));
      SetMoney(allocation.mutable_amount(), amount);
    }
    story_.finance.Announce(tenant, booked, booked.receipt(), 1, time);
  }

  Story& story_;
};

}  // namespace

void Story::Tell() {
  Teller teller(*this);
  teller.TellInventory();
  teller.TellCustomers();
  teller.TellSales();
  teller.TellFinance();
}

void Story::EraseTheBuyer() { Teller(*this).Erase(1); }

std::string StoryId(int number) { return absl::StrFormat("00000000-0000-7000-8000-%012d", number); }

}  // namespace lintel::testing
