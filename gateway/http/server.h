// Listens, accepts, and runs the threads that move bytes.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "gateway/http/exchange.h"
#include "gateway/http/patience.h"

namespace lintel::gateway {

struct HttpOptions {
  std::string host;  // "0.0.0.0" or "127.0.0.1"
  int port = 0;      // 0: the system chooses.
  int threads = 2;
  std::string certificate;  // PEM files; empty: plain HTTP.
  std::string key;
  Patience patience;
  int most_of_one_address = limits::kMostConnectionsOfOneAddress;  // Connections; nobody holds all of them.
};

class HttpServer {
 public:
  // `handler` runs on the connection's strand and must not block.
  HttpServer(HttpOptions options, Handler handler);
  ~HttpServer();

  // INVALID_ARGUMENT or UNAVAILABLE that names the address or file.
  absl::Status Start();
  int port() const;
  int open_connections() const;
  // Accepts nothing more and lets answers go out; Stop then cuts what is left and ends the threads.
  void StopAccepting();
  void Stop();
  // Waits until no connection is busy any more, at most `grace`.
  void Drain(std::chrono::milliseconds grace);

  // Opens a TCP connection from `source` (empty: any address). Null when it fails within two seconds.
  void Connect(const std::string& host, int port, const std::string& source,
               std::function<void(std::unique_ptr<Duplex>)> connected);
  // Runs `work` after a while, on one of the server's threads; not after Stop.
  void After(std::chrono::milliseconds delay, std::function<void()> work);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lintel::gateway
