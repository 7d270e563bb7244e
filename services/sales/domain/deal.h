// A subscription (认购) and a contract (签约): the second and third document of a deal.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/clock/calendar.h"
#include "platform/money/money.h"

namespace lintel::sales {

struct Subscription {
  std::string id;
  std::string project_id;
  std::string room_id;
  std::string deal_id;
  std::string hold_id;        // Empty: the deal began here
  std::string consultant_id;  // Empty: none
  std::string operator_name;
  std::string team;
  std::string team_name;
  std::vector<std::string> customer_ids;  // The first is the contact
  std::string state;                      // PENDING, ACTIVE, FAILED, CONVERTED
  std::string busy;
  std::string failure_reason;
  Money price;
  Instant sign_by_time;
  Instant remind_time;
  std::string time_zone;
  std::string room_label;
  std::string snapshot;  // JSON: what was agreed
  Instant create_time;
  Instant update_time;
  int64_t version = 1;
};

struct Contract {
  std::string id;
  std::string project_id;
  std::string room_id;
  std::string deal_id;
  std::string subscription_id;
  std::string consultant_id;
  std::string operator_name;
  std::string team;
  std::vector<std::string> customer_ids;
  std::string number;
  std::string state;  // PENDING, ACTIVE (signed), FAILED
  std::string failure_reason;
  Money price;
  Date sign_date;
  std::string room_label;
  std::string snapshot;
  Instant create_time;
  Instant update_time;
  int64_t version = 1;
};

// FAILED_PRECONDITION SUBSCRIPTION_NOT_ACTIVE with {state}, ABORTED DOCUMENT_BUSY.
absl::Status CheckActive(const Subscription& subscription);

}  // namespace lintel::sales
