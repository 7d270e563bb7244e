// A call as somebody needs it who was not told of its life: a new owner of its exchange, and whoever writes its record.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/clock/clock.h"
#include "telephony/flow/flow.h"

namespace lintel::media {

struct CallIdentity {
  std::string call_id;
  std::string caller_leg_id;
  std::string called_number;
  std::string caller_number;  // Empty when withheld.
  Instant started;
};

// How long something has lasted in all, pauses left out.
class Stopwatch {
 public:
  using Duration = std::chrono::microseconds;

  void Start(flow::MonotonicTime now) {
    if (!since_) since_ = now;
  }
  void Stop(flow::MonotonicTime now) {
    past_ = Total(now);
    since_.reset();
  }
  bool runs() const { return since_.has_value(); }
  Duration Total(flow::MonotonicTime now) const { return since_ ? past_ + (now - *since_) : past_; }

 private:
  Duration past_{0};
  std::optional<flow::MonotonicTime> since_;
};

struct LiveCall {
  enum class State { kInFlow, kQueued, kRinging, kBridged };

  CallIdentity identity;
  int64_t tenant = 0;
  std::string flow;
  std::string trunk;
  State state = State::kInFlow;  // kInFlow also while the flow rings somebody itself.
  std::string queue;             // The last one it entered.
  std::string agent;             // Who is rung while kRinging; otherwise who talks or talked last.
  std::string agent_leg_id;
  std::optional<Instant> queued_at;
  std::optional<Instant> answered_at;
  flow::MonotonicTime told_at;  // `waited` and `talked` count up to here.
  Stopwatch::Duration waited{0};
  Stopwatch::Duration talked{0};
};

}  // namespace lintel::media
