// GET /v1/live?topics=&after=: what happens, as server-sent events, to one browser or program.
#pragma once

#include <memory>

#include "gateway/call/turn.h"
#include "gateway/live/event_hub.h"
#include "gateway/live/session_watch.h"

namespace lintel::gateway {

class LiveStream;

// All open streams get a sign of life together.
class Heartbeats {
 public:
  // Call it each limits::kHeartbeat.
  void Beat();
  void CloseAll();
  void Add(std::weak_ptr<LiveStream> stream);

 private:
  std::vector<std::shared_ptr<LiveStream>> Alive();
  std::mutex mutex_;
  std::vector<std::weak_ptr<LiveStream>> streams_;
};

// INVALID_ARGUMENT for an unknown parameter or a malformed position; then as SessionWatch::Open. Events: the default
// one carries JSON and `id:` is the position after it; `resync` when something was lost; `heartbeat`; `signed-out` when
// the session ended.
void ServeLive(std::shared_ptr<Turn> turn, EventHub& hub, SessionWatch& sessions, Heartbeats& heartbeats);

}  // namespace lintel::gateway
