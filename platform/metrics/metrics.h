// Prometheus metrics of one process: rate, errors and duration of every RPC, and a few counters of the domain named
// lintel_<service>_<what>_<unit>. Labels come from closed sets: never a phone, a customer or a call id.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

namespace lintel {

// Seconds; from a cached read to a slow report.
extern const prometheus::Histogram::BucketBoundaries kRpcBuckets;

class Metrics {
 public:
  // `process` becomes the label service="..." of everything.
  explicit Metrics(std::string process);

  // Serves /metrics on 127.0.0.1:port from its own thread. Port 0: not served.
  void Serve(int port);

  // lintel_rpc_seconds{method,code}. `code` is a gRPC code's name.
  void ObserveRpc(const std::string& method, const std::string& code, std::chrono::duration<double> duration);

  prometheus::Counter& Counter(const std::string& name, const std::string& help, const prometheus::Labels& labels = {});
  prometheus::Gauge& Gauge(const std::string& name, const std::string& help, const prometheus::Labels& labels = {});

  prometheus::Registry& registry() { return *registry_; }

 private:
  const std::string process_;
  const std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Histogram>& rpc_seconds_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace lintel
