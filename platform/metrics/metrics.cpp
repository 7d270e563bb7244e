#include "platform/metrics/metrics.h"

#include <fmt/format.h>

#include <cstdlib>

namespace lintel {
namespace {

// Loopback. In a cluster LINTEL_METRICS_HOST names the pod's own address, for those who probe and scrape.
std::string MetricsHost() {
  const char* const host = std::getenv("LINTEL_METRICS_HOST");
  return host == nullptr || *host == '\0' ? "127.0.0.1" : host;
}

}  // namespace

const prometheus::Histogram::BucketBoundaries kRpcBuckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                             0.1,    0.25,  0.5,    1,     2.5,  5,     10};

Metrics::Metrics(std::string process)
    : process_(std::move(process)),
      registry_(std::make_shared<prometheus::Registry>()),
      rpc_seconds_(prometheus::BuildHistogram()
                       .Name("lintel_rpc_seconds")
                       .Help("Duration of RPCs by method and code.")
                       .Labels({{"service", process_}})
                       .Register(*registry_)) {}

void Metrics::Serve(int port) {
  if (port == 0) return;
  exposer_ = std::make_unique<prometheus::Exposer>(fmt::format("{}:{}", MetricsHost(), port), 1);
  exposer_->RegisterCollectable(registry_);
}

void Metrics::ObserveRpc(const std::string& method, const std::string& code, std::chrono::duration<double> duration) {
  rpc_seconds_.Add({{"method", method}, {"code", code}}, kRpcBuckets).Observe(duration.count());
}

prometheus::Counter& Metrics::Counter(const std::string& name, const std::string& help,
                                      const prometheus::Labels& labels) {
  return prometheus::BuildCounter()
      .Name(name)
      .Help(help)
      .Labels({{"service", process_}})
      .Register(*registry_)
      .Add(labels);
}

prometheus::Gauge& Metrics::Gauge(const std::string& name, const std::string& help, const prometheus::Labels& labels) {
  return prometheus::BuildGauge()
      .Name(name)
      .Help(help)
      .Labels({{"service", process_}})
      .Register(*registry_)
      .Add(labels);
}

}  // namespace lintel
