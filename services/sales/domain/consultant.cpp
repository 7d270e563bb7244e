#include "services/sales/domain/consultant.h"

#include "platform/status/status.h"

namespace lintel::sales {

absl::Status CheckSells(const Consultant& consultant, Date today) {
  if (!consultant.leave_date || std::chrono::sys_days(today) < std::chrono::sys_days(*consultant.leave_date)) {
    return absl::OkStatus();
  }
  return Refused("CONSULTANT_LEFT", "the consultant has left", {{"code", consultant.code}});
}

}  // namespace lintel::sales
