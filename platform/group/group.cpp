#include "platform/group/group.h"

#include <algorithm>

#include "platform/status/status.h"

namespace lintel {

absl::Status GroupQueue::Run(void* order, int64_t key, std::chrono::steady_clock::time_point deadline) {
  Ticket ticket{.order = order, .key = key};
  std::unique_lock lock(mutex_);
  if (waiting_.size() >= limits_.most_waiting) {
    return WithReason(absl::StatusCode::kResourceExhausted, "OVERLOADED", "too many orders wait");
  }
  waiting_.push_back(&ticket);
  while (ticket.state != State::kDone) {
    if (ticket.state == State::kInWork) {
      ticket.changed.wait(lock);  // Bounded by the work: whoever works for us wakes us.
    } else if (in_work_ < limits_.at_once) {
      Lead(lock);
    } else if (ticket.changed.wait_until(lock, deadline) == std::cv_status::timeout &&
               ticket.state == State::kWaiting) {
      waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &ticket));
      WakeNext();  // The call to lead may have reached us just as we left.
      return absl::DeadlineExceededError("the order was not begun in time");
    }
  }
  return ticket.ended;
}

size_t GroupQueue::waiting() {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

// Works the group at the front of the queue, which need not be the caller's own.
void GroupQueue::Lead(std::unique_lock<std::mutex>& lock) {
  const std::vector<Ticket*> group = TakeGroup();
  std::vector<void*> orders;
  orders.reserve(group.size());
  for (const Ticket* ticket : group) orders.push_back(ticket->order);
  absl::Status ended;
  ++in_work_;
  WakeNext();  // Of another key, while there is a place.
  lock.unlock();
  try {
    work_(orders);
  } catch (const std::exception& failure) {
    ended = absl::InternalError(failure.what());
  }
  lock.lock();
  --in_work_;
  for (Ticket* ticket : group) {
    ticket->ended = ended;
    ticket->state = State::kDone;
    ticket->changed.notify_one();
  }
  WakeNext();
}

// Whoever is first in the queue leads when there is a place for a group.
void GroupQueue::WakeNext() {
  if (in_work_ < limits_.at_once && !waiting_.empty()) waiting_.front()->changed.notify_one();
}

std::vector<GroupQueue::Ticket*> GroupQueue::TakeGroup() {
  std::vector<Ticket*> group;
  std::deque<Ticket*> others;
  const int64_t key = waiting_.front()->key;
  for (Ticket* ticket : waiting_) {
    if (ticket->key == key && group.size() < limits_.most_in_group) {
      ticket->state = State::kInWork;
      group.push_back(ticket);
    } else {
      others.push_back(ticket);
    }
  }
  waiting_.swap(others);
  return group;
}

}  // namespace lintel
