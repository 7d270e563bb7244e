// Group commit: orders that come while others are being worked go together into the next group, so that one transaction
// and one flush of the disk serve many. Nobody waits for company: an order that finds nobody at work is worked at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "absl/status/status.h"

namespace lintel {

struct GroupLimits {
  size_t at_once = 1;  // Groups in work at the same time.
  size_t most_in_group = 64;
  size_t most_waiting = 512;  // Orders; beyond it they are refused at once.
};

// What Groups<Order> is without the type of its orders. For any number of threads; it has none of its own: one of the
// waiting callers works for all of its group.
class GroupQueue {
 public:
  using Work = std::function<void(const std::vector<void*>&)>;
  GroupQueue(GroupLimits limits, Work work) : limits_(limits), work_(std::move(work)) {}

  absl::Status Run(void* order, int64_t key, std::chrono::steady_clock::time_point deadline);
  size_t waiting();

 private:
  enum class State { kWaiting, kInWork, kDone };
  struct Ticket {
    void* order;
    int64_t key;
    State state = State::kWaiting;
    absl::Status ended;
    std::condition_variable changed;
  };
  void Lead(std::unique_lock<std::mutex>& lock);
  void WakeNext();
  std::vector<Ticket*> TakeGroup();

  const GroupLimits limits_;
  const Work work_;
  std::mutex mutex_;
  std::deque<Ticket*> waiting_;
  size_t in_work_ = 0;
};

template <class Order>
class Groups {
 public:
  using Work = std::function<void(const std::vector<Order*>&)>;
  // `work` runs in a caller's thread, for several groups at the same time when the limits say so. What it writes into
  // an order is there when that order's Run returns. It has to end in bounded time.
  Groups(GroupLimits limits, Work work)
      : queue_(limits, [work = std::move(work)](const std::vector<void*>& orders) {
          std::vector<Order*> group;
          group.reserve(orders.size());
          for (void* order : orders) group.push_back(static_cast<Order*>(order));
          work(group);
        }) {}

  // Returns when the order was worked, together with orders of the same key only (a transaction has one tenant).
  //   RESOURCE_EXHAUSTED OVERLOADED   too many wait
  //   DEADLINE_EXCEEDED               it was still waiting at `deadline` and will never be worked
  //   INTERNAL                        the work threw
  // Once its group is in work the caller stays to the end of it, also past the deadline.
  absl::Status Run(Order& order, int64_t key, std::chrono::steady_clock::time_point deadline) {
    return queue_.Run(&order, key, deadline);
  }

  // Orders that no group has taken yet.
  size_t waiting() { return queue_.waiting(); }

 private:
  GroupQueue queue_;
};

}  // namespace lintel
