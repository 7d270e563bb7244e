#include "lintel/finance/v1/events.pb.h"
#include "lintel/sales/v1/events.pb.h"
#include "platform/report/testing/teller.h"

namespace lintel::testing {

void Teller::Hold(int64_t tenant, int hold, int deal, int project, int room, int customer, const std::string& time) {
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

void Teller::EndHold(int hold, int deal, int project, int room, int customer, sales::v1::DocumentState state,
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

void Teller::Subscribe(int64_t tenant, int subscription, int deal, int project, int room, int customer,
                       int64_t list_price, int64_t price, const std::string& time) {
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

void Teller::Sign() {
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

void Teller::Due() {
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

void Teller::Receipt(int64_t tenant, int receipt, const std::string& number, int deal, int project, int room,
                     int customer, int64_t fen, const std::string& method, int reversal_of,
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

}  // namespace lintel::testing
