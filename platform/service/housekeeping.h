// What every service sweeps once an hour: remembered requests after 7 days (DESIGN 3.10), ended processes and jobs
// after 90 days.
#pragma once

#include "platform/jobs/runner.h"

namespace lintel {

inline constexpr char kHousekeeping[] = "platform.housekeeping";

absl::Status KeepHouse(JobRun& run);

}  // namespace lintel
