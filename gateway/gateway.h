// The gateway put together: which path is served by what.
#pragma once

#include <memory>

#include "gateway/config.h"
#include "gateway/live/event_hub.h"
#include "gateway/live/live_stream.h"
#include "gateway/live/rpc_stream.h"
#include "gateway/live/session_watch.h"
#include "gateway/live/signals.h"
#include "gateway/live/sip_tunnel.h"
#include "gateway/pages/static_files.h"

namespace lintel::gateway {

class Gateway {
 public:
  // Reads contract, console and certificate. INVALID_ARGUMENT or NOT_FOUND says which is wrong.
  static absl::StatusOr<std::unique_ptr<Gateway>> Make(Config config, const Tokens& tokens);
  ~Gateway();

  absl::Status Start();
  int port() const { return server_.port(); }
  // Accepts nothing more, ends streams, waits at most `grace` for answers on their way.
  void Stop(std::chrono::milliseconds grace);

 private:
  Gateway(Config config, const Tokens& tokens, std::unique_ptr<Contract> contract, std::unique_ptr<Backends> backends);
  void Serve(const std::shared_ptr<Exchange>& exchange);
  void AddOwnPages();
  bool ServeOwn(Turn& turn);
  void ServeMetrics(Turn& turn);
  void ServeApi(const std::shared_ptr<Turn>& turn);
  void ServeReadiness(Turn& turn);
  void ServePage(Turn& turn);
  void Repeat(std::chrono::milliseconds every, void (Gateway::*work)());
  void CheckSessions() { sessions_.CheckAll(); }
  void Beat() { heartbeats_.Beat(); }

  const Config config_;
  Core core_;
  StaticFiles own_pages_;
  StaticFiles console_;
  SessionWatch sessions_;
  const StreamServer streams_;
  EventHub hub_;
  Heartbeats heartbeats_;
  HttpServer server_;
  Signals signals_;
  prometheus::Gauge& open_connections_;
  prometheus::Gauge& open_streams_;
  std::atomic<bool> stopped_{false};
};

}  // namespace lintel::gateway
