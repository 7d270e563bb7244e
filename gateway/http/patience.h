// How long a client may keep the gateway waiting before its connection is closed.
#pragma once

#include <chrono>

#include "gateway/limits.h"

namespace lintel::gateway {

struct Patience {
  std::chrono::milliseconds head = limits::kHeaderTime;  // From accept, or from the first byte, to the whole head.
  std::chrono::milliseconds idle = limits::kIdleTime;    // Between two requests.
  std::chrono::milliseconds piece = limits::kReadTime;   // For the next piece of a body.
  std::chrono::milliseconds body = limits::kBodyTime;    // For a whole JSON body, however it dribbles.
  std::chrono::milliseconds write = limits::kWriteTime;  // Until the client took a piece of an answer.
};

}  // namespace lintel::gateway
