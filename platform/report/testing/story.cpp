#include "platform/report/testing/story.h"

#include "absl/strings/str_format.h"
#include "lintel/sales/v1/events.pb.h"
#include "platform/report/testing/teller.h"

namespace lintel::testing {
namespace {

void TellInventory(Story& story, Teller& teller) {
  teller.OpenProject(1, kQingchuan, "晴川里", "Asia/Shanghai", {101, 102, 103, 104});
  teller.OpenProject(1, kTingchao, "听潮府", "Asia/Tokyo", {201, 202});
  teller.OpenProject(2, kElsewhere, "别处", "Asia/Shanghai", {901});
  teller.ChangeRoom(1, kQingchuan, 101, inventory::v1::HELD, 2, "2026-11-23T01:00:00Z");
  teller.ChangeRoom(1, kQingchuan, 102, inventory::v1::HELD, 2, "2026-11-23T02:00:00Z");
  teller.ChangeRoom(1, kQingchuan, 101, inventory::v1::SUBSCRIBED, 3, "2026-11-23T03:00:00Z");
  teller.ChangeRoom(1, kQingchuan, 101, inventory::v1::SIGNED, 4, "2026-11-23T06:00:00Z");
  teller.ChangeRoom(1, kTingchao, 201, inventory::v1::SUBSCRIBED, 2, "2026-11-22T15:30:00Z");
  story.inventory.Relay();
}

void TellCustomers(Story& story, Teller& teller) {
  for (int number = 1; number <= 12; ++number) {
    const std::string source = number <= 6 ? "walk-in" : number <= 11 ? "channel" : "referral";
    teller.Register(1, number, source, number <= 8 ? "2026-11-20T02:00:00Z" : "2026-11-23T02:00:00Z");
  }
  teller.Register(2, 90, "walk-in", "2026-11-23T02:00:00Z");
  teller.Visit(1, 601, 1, kQingchuan, "visit", true, "2026-11-20T03:00:00Z");
  teller.Visit(1, 602, 1, kQingchuan, "visit", false, "2026-11-23T00:30:00Z");
  teller.Visit(1, 603, 9, kQingchuan, "visit", true, "2026-11-23T04:00:00Z");
  teller.Visit(1, 604, 10, kQingchuan, "call", false, "2026-11-23T05:00:00Z");
  teller.Visit(1, 605, 11, kQingchuan, "call", false, "2026-11-22T15:59:59Z");  // A second before the 23rd in Shanghai.
  teller.Visit(1, 606, 12, kTingchao, "visit", true, "2026-11-22T15:00:00Z");   // The 23rd's first instant in Tokyo.
  teller.Visit(2, 690, 90, kElsewhere, "visit", true, "2026-11-23T04:00:00Z");
  story.customers.Relay();
}

void TellSales(Story& story, Teller& teller) {
  sales::v1::ConsultantChanged consultant;
  consultant.set_consultant("consultants/" + StoryId(401));
  consultant.set_code("GW01");
  consultant.set_team("一组");
  consultant.set_operator_name("operators/" + StoryId(701));
  consultant.set_version(1);
  story.sales.Announce(1, consultant, consultant.consultant(), 1, "2026-11-01T00:00:00Z");
  teller.Hold(1, 301, 801, kQingchuan, 101, 1, "2026-11-23T01:00:00Z");
  teller.Hold(1, 302, 802, kQingchuan, 102, 2, "2026-11-23T02:00:00Z");
  teller.EndHold(301, 801, kQingchuan, 101, 1, sales::v1::CONVERTED, "2026-11-23T03:00:00Z");
  teller.Subscribe(1, 311, 801, kQingchuan, 101, 1, 300'000'000, 291'342'672, "2026-11-23T03:00:00Z");
  teller.Subscribe(1, 312, 803, kTingchao, 201, 12, 500'000'000, 500'000'000, "2026-11-22T15:30:00Z");
  teller.Subscribe(2, 390, 890, kElsewhere, 901, 90, 100'000'000, 100'000'000, "2026-11-23T03:00:00Z");
  teller.Sign();
  story.sales.Relay();
}

void TellFinance(Story& story, Teller& teller) {
  teller.Due();
  teller.Receipt(1, 331, "SJ-000001", 801, kQingchuan, 101, 1, 5'000'000, "CARD", 0, {{341, 5'000'000}},
                 "2026-11-23T03:10:00Z");
  teller.Receipt(1, 332, "SJ-000002", 801, kQingchuan, 101, 1, 27'010'560, "TRANSFER", 0, {{342, 26'000'000}},
                 "2026-11-23T06:10:00Z");
  teller.Receipt(1, 333, "SJ-000003", 801, kQingchuan, 101, 1, 27'010'560, "TRANSFER", 0, {{343, 27'010'560}},
                 "2026-11-23T06:11:00Z");
  teller.Receipt(1, 334, "SJ-000004", 801, kQingchuan, 101, 1, -27'010'560, "TRANSFER", 333, {{343, 27'010'560}},
                 "2026-11-23T06:20:00Z");
  teller.Receipt(2, 390, "SJ-000001", 890, kElsewhere, 901, 90, 1'000, "CASH", 0, {}, "2026-11-23T03:00:00Z");
  story.finance.Relay();
}

void TellTelephony(Story& story, Teller& teller) {
  teller.Call(1, 651, "answered", "2026-11-23T00:45:00Z");
  teller.Call(1, 652, "abandoned", "2026-11-22T16:00:00Z");  // The 23rd's first instant in Shanghai.
  teller.Call(1, 653, "flow", "2026-11-23T16:00:00Z");       // The 24th's.
  teller.Call(2, 691, "answered", "2026-11-23T05:00:00Z");
  story.telephony.Relay();
}

}  // namespace

void Story::Tell() {
  Teller teller(*this);
  TellInventory(*this, teller);
  TellCustomers(*this, teller);
  TellSales(*this, teller);
  TellFinance(*this, teller);
  TellTelephony(*this, teller);
}

void Story::EraseTheBuyer() {
  Teller(*this).Erase(1);
  customers.Relay();
}

std::string StoryId(int number) { return absl::StrFormat("00000000-0000-7000-8000-%012d", number); }

}  // namespace lintel::testing
