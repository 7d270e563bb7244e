// What is true now, to every gateway that listens (DESIGN 5, Live). Not durable: a slow listener loses the oldest and
// heals from a snapshot.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "lintel/event/v1/event.pb.h"
#include "platform/clock/clock.h"

namespace lintel::telephony {

class Signals {
 public:
  explicit Signals(Clock clock) : clock_(std::move(clock)) {}

  class Listener {
   public:
    // The next signal, or nothing after `patience`.
    std::optional<event::v1::Signal> Next(std::chrono::milliseconds patience);

   private:
    friend class Signals;
    void Push(const event::v1::Signal& signal);
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<event::v1::Signal> waiting_;  // At most kMostWaiting
  };

  // Hears everything from now on, for as long as it is kept.
  std::shared_ptr<Listener> Listen();

  // `operator_name` empty: for whoever may hear the type. Threads: any; never blocks.
  void Publish(int64_t tenant, const google::protobuf::Message& payload, const std::string& aggregate,
               const std::string& operator_name = "");
  // The same to one listener alone.
  void Tell(Listener& listener, int64_t tenant, const google::protobuf::Message& payload, const std::string& aggregate);

 private:
  event::v1::Signal Wrap(int64_t tenant, const google::protobuf::Message& payload, const std::string& aggregate) const;
  const Clock clock_;
  std::mutex mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;
};

}  // namespace lintel::telephony
