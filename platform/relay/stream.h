// A service's stream in Redis as its readers see it. The relay writes it: one entry per event, its id the position.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "platform/redis/redis.h"
#include "platform/relay/event_log.h"

namespace lintel {

// The position of the newest entry; {0, 0} when there is none.
absl::StatusOr<EventPosition> EndOfStream(Redis& redis, const std::string& stream, Redis::Deadline deadline);

// At most `most` events after `after`, oldest first; waits up to `patience` for the first. DATA_LOSS when an entry is
// no event, else what Redis::Run answers.
absl::StatusOr<std::vector<event::v1::Event>> ReadStream(Redis& redis, const std::string& stream, EventPosition after,
                                                         int most, std::chrono::milliseconds patience);

}  // namespace lintel
