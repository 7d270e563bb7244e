#include "platform/report/testing/teller.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "lintel/customers/v1/events.pb.h"
#include "lintel/inventory/v1/events.pb.h"
#include "lintel/telephony/v1/events.pb.h"

namespace lintel::testing {

std::string Teller::Project(int number) { return "projects/" + StoryId(number); }
std::string Teller::Room(int project, int number) { return absl::StrCat(Project(project), "/rooms/", StoryId(number)); }
std::string Teller::Customer(int number) { return "customers/" + StoryId(500 + number); }

void Teller::SetTime(google::protobuf::Timestamp* field, const std::string& time) {
  field->set_seconds(std::chrono::duration_cast<std::chrono::seconds>(ParseRfc3339(time)->time_since_epoch()).count());
}
void Teller::SetDate(google::type::Date* field, const std::string& text) {
  const Date date = *ParseDate(text);
  field->set_year(static_cast<int>(date.year()));
  field->set_month(static_cast<int>(static_cast<unsigned>(date.month())));
  field->set_day(static_cast<int>(static_cast<unsigned>(date.day())));
}
void Teller::SetMoney(type::Money* field, int64_t fen) {
  field->set_minor_units(fen);
  field->set_currency_code("CNY");
}

void Teller::OpenProject(int64_t tenant, int project, const std::string& name, const std::string& zone,
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

void Teller::ChangeRoom(int64_t tenant, int project, int number, inventory::v1::RoomState to, int64_t version,
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

void Teller::Register(int64_t tenant, int number, const std::string& source, const std::string& time) {
  customers::v1::CustomerRegistered registered;
  registered.set_customer(Customer(number));
  registered.set_source(source);
  registered.set_owner("operators/" + StoryId(701));
  registered.add_projects(Project(tenant == 1 ? kQingchuan : kElsewhere));
  story_.customers.Announce(tenant, registered, registered.customer(), 1, time);
}

void Teller::Visit(int64_t tenant, int visit, int customer, int project, const std::string& kind, bool first,
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

void Teller::Erase(int number) {
  customers::v1::CustomerErased erased;
  erased.set_customer(Customer(number));
  story_.customers.Announce(1, erased, erased.customer(), 9, "2026-11-23T09:00:00Z");
}

void Teller::Call(int64_t tenant, int number, const std::string& outcome, const std::string& time) {
  telephony::v1::CallRecorded call;
  call.set_call("calls/" + StoryId(number));
  if (outcome == "answered") {
    call.set_customer(Customer(1));
    call.set_operator_("operators/" + StoryId(703));
    call.set_talk_ms(90'000);
  }
  call.set_outcome(outcome);
  SetTime(call.mutable_start_time(), time);
  story_.telephony.Announce(tenant, call, call.call(), 1, time);
}

}  // namespace lintel::testing
