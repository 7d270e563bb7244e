// All services' events in one place: a thread follows their Redis streams, the newest are kept for those who come back,
// and everyone who listens hears each event once, in its service's order.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "gateway/live/live_event.h"
#include "platform/redis/redis.h"

namespace lintel::gateway {

class EventListener {
 public:
  virtual ~EventListener() = default;
  // Called under the hub's lock: must only queue.
  virtual void Hear(const std::shared_ptr<const LiveEvent>& event) = 0;
  // Events of `service` were lost between what was heard and now; from here on it is complete again.
  virtual void Lost(const std::string& service) = 0;
  // Where the listener starts when it asked for no position of its own.
  virtual void StartAt(const std::string& service, const Position& position) = 0;
};

class EventHub {
 public:
  // `ended` is called for each event that ends a session.
  EventHub(const Core& core, std::string redis_address, std::function<void(const std::string&)> ended);
  ~EventHub();

  void Start();
  void Stop();

  // Replays what is kept after `after`, says Lost for services whose kept events begin later or are too many, then goes
  // on live. The hub keeps no ownership.
  void Subscribe(const std::weak_ptr<EventListener>& listener, const PositionVector& after);
  void Unsubscribe(const EventListener* listener);
  // A signal, or in tests an event.
  void Publish(const std::shared_ptr<const LiveEvent>& event);
  bool following() const { return following_; }

 private:
  void Loop();
  void Preload();
  bool ReadOnce();
  void Take(const std::string& service, const RedisReply& entry);
  static std::string StreamOf(const std::string& service) { return "lintel:" + service + ":events"; }

  const Core& core_;
  Redis redis_;
  const std::function<void(const std::string&)> ended_;
  std::vector<std::string> services_;
  std::map<std::string, std::string> last_ids_;  // Of the thread alone.
  std::atomic<bool> stopping_{false};
  std::atomic<bool> following_{false};
  std::thread thread_;
  std::mutex wait_mutex_;
  std::condition_variable woken_;

  std::mutex mutex_;
  std::map<std::string, std::deque<std::shared_ptr<const LiveEvent>>> recent_;
  std::map<const EventListener*, std::weak_ptr<EventListener>> listeners_;
};

}  // namespace lintel::gateway
