// A sales consultant (置业顾问, INV-04).
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "platform/clock/calendar.h"

namespace lintel::sales {

struct Consultant {
  std::string id;
  std::string code;
  std::string display_name;
  std::string operator_name;
  std::string team;
  std::string team_display_name;
  std::optional<Date> join_date;
  std::optional<Date> leave_date;
  int64_t version = 1;
};

// FAILED_PRECONDITION CONSULTANT_LEFT from the leave date on.
absl::Status CheckSells(const Consultant& consultant, Date today);

}  // namespace lintel::sales
