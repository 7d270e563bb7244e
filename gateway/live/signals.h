// The signals of each service that has them: one stream kept open per service, fanned out through the hub.
#pragma once

#include <functional>
#include <memory>

#include "gateway/live/event_hub.h"
#include "gateway/live/session_watch.h"

namespace lintel::gateway {

class Signals {
 public:
  using After = std::function<void(std::chrono::milliseconds, std::function<void()>)>;
  // `after` runs work later. All must outlive the signals; call Stop first.
  Signals(Core& core, EventHub& hub, SessionWatch& sessions, After after)
      : core_(core), hub_(hub), sessions_(sessions), after_(std::move(after)) {}

  // Opens every stream the contract marks; one that ends is opened again.
  void Start();
  void Stop();

 private:
  void Open(const Method* method);
  void ReadNext(const Method* method, const std::shared_ptr<StreamCall>& call);

  Core& core_;
  EventHub& hub_;
  SessionWatch& sessions_;
  const After after_;
  std::mutex mutex_;
  std::condition_variable closed_;
  bool stopping_ = false;
  std::map<const Method*, std::shared_ptr<StreamCall>> open_;
};

}  // namespace lintel::gateway
