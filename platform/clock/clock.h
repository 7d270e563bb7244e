// Time as the product sees it. Instants are UTC with PostgreSQL's precision; business code takes a Clock by
// constructor. In test mode every process follows one offset (a file under LINTEL_HOME that `./lintel test-clock`
// moves).
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace lintel {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Date = std::chrono::year_month_day;
using Clock = std::function<Instant()>;

// The machine's clock, truncated to microseconds.
Instant WallClock();

// WallClock() plus the seconds written in `offset_file`, read again at most every 100 ms; a missing file means 0.
// Threads: callable from any.
Clock FollowOffset(const std::string& offset_file);

// "2026-11-23T09:54:00.000001Z"; the fraction is left out when it is zero.
std::string ToRfc3339(Instant instant);
// Accepts Z and numeric offsets, at most microseconds. INVALID_ARGUMENT otherwise.
absl::StatusOr<Instant> ParseRfc3339(const std::string& text);

}  // namespace lintel
