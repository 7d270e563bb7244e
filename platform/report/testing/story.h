// One day of sales as five services announce it: the fixture behind the golden result of every report and analysis.
//
// Tenant 1 sells 晴川里 (Asia/Shanghai) and 听潮府 (Asia/Tokyo) around 2026-11-23; tenant 2 sells something that must
// never be seen. The day's facts in words:
//   晴川里  4 rooms. Room 101 is held, subscribed and signed by one buyer who pays a deposit and a down payment; 102 is
//   held.
//          A receipt is booked twice by mistake and reversed.
//   听潮府  2 rooms. Room 201 is subscribed at half past midnight in Tokyo, which is still the 22nd in Shanghai.
//   Three calls reach the exchange around midnight and in the morning; one of them belongs to the 24th.
//   Twelve customers: six walked in, five came through a channel, one by referral (a group too small to be shown).
#pragma once

#include <string>

#include "platform/report/testing/source.h"

namespace lintel::testing {

struct Story {
  EventSource inventory{"inventory"};
  EventSource sales{"sales"};
  EventSource finance{"finance"};
  EventSource customers{"customers"};
  EventSource telephony{"telephony"};

  // Announces and relays everything.
  void Tell();
  // The first walk-in, who bought room 101, is forgotten.
  void EraseTheBuyer();
};

// "00000000-0000-7000-8000-000000000101": ids that a golden file can name.
std::string StoryId(int number);

inline constexpr char kStoryNow[] = "2026-11-23T10:00:00Z";
inline constexpr int kQingchuan = 1;
inline constexpr int kTingchao = 2;
inline constexpr int kElsewhere = 9;  // Tenant 2's.

}  // namespace lintel::testing
