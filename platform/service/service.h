// The composition root that all services share: configuration, pools, relay, consumers, jobs, processes and the server,
// started and stopped in the right order. A service's main.cpp names its parts and nothing else:
//
//   int main(int argc, char** argv) {
//     return RunService(argc, argv, {.name = "sales", .migrations = Migrations(), .reasons = ReasonTexts()},
//                       [](Service& service) {
//                         auto& holds = service.Make<HoldsService>(service.commands(), service.processes());
//                         holds.Register(service.server());
//                       });
//   }
//
// Beside serving, the binary knows `migrate`, `verify-chain` and `rebuild`.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/blob/blob.h"
#include "platform/consumer/consumer.h"
#include "platform/jobs/operations.h"
#include "platform/jobs/runner.h"
#include "platform/process/process.h"
#include "platform/relay/relay.h"
#include "platform/service/config.h"
#include "platform/service/principal_watch.h"

namespace lintel {

struct ServiceSpec {
  std::string name;
  std::span<const EmbeddedFile> migrations;
  std::span<const EmbeddedFile> reasons;
  int threads = 6;      // Handlers at once.
  int connections = 6;  // Of the database, for handlers; those who wait for a group need none.
};

class Service {
 public:
  // Connects to nothing yet. `environment` keeps the errors of all its readers until Start.
  Service(ServiceSpec spec, ServiceConfig config, Environment& environment);
  ~Service();

  // An object that lives as long as the service.
  template <class T, class... Args>
  T& Make(Args&&... args) {
    auto made = std::make_shared<T>(std::forward<Args>(args)...);
    owned_.push_back(made);
    return *made;
  }

  Environment& environment() { return environment_; }
  const ServiceConfig& config() const { return config_; }
  const Clock& clock() const { return clock_; }
  const Tokens& tokens() const { return tokens_; }
  Metrics& metrics() { return metrics_; }
  const Reasons& reasons() const { return reasons_; }
  pg::Database& app() { return app_; }
  pg::Database& job() { return job_; }
  Redis& redis() { return redis_; }
  Commands& commands() { return commands_; }
  Processes& processes() { return processes_; }
  JobRunner& jobs() { return jobs_; }
  Operations& operations() { return operations_; }
  PrincipalCache& principals() { return principals_; }
  Server& server() { return server_; }
  // LINTEL_HOME/blob/<service>, opened on first use.
  Blobs& blobs();

  // The channel to another service, at LINTEL_<NAME>_ADDR.
  Channel& Peer(const std::string& name);
  // What another service announces. Add its effects with On; it starts with the service.
  Consumer& Consume(const std::string& source);

  // Identity resolves principals by itself; everybody else asks it.
  void ResolvePrincipals(PrincipalCache::Resolve resolve) { resolve_ = std::move(resolve); }

  // Work of the service's own threads, between the database's start and the first call; and before the pools go.
  void OnStart(std::function<absl::Status()> hook) { on_start_.push_back(std::move(hook)); }
  void OnStop(std::function<void()> hook) { on_stop_.push_back(std::move(hook)); }

  // INVALID_ARGUMENT when the environment is wrong, UNAVAILABLE when PostgreSQL is away.
  absl::Status Start();
  // Readiness off, running calls finish, then the threads and the pools.
  void Stop();
  int port() const { return server_.port(); }
  const std::vector<std::unique_ptr<Consumer>>& consumers() const { return consumers_; }

 private:
  absl::StatusOr<Principal> AskIdentity(const auth::TokenClaims& claims);
  void ScheduleHousekeeping();
  pg::PoolOptions PoolOf(const std::string& role, int size) const;

  const ServiceSpec spec_;
  const ServiceConfig config_;
  Environment& environment_;
  const Clock clock_;
  const Tokens tokens_;
  Metrics metrics_;
  const Reasons reasons_;
  pg::Pool app_pool_;
  pg::Pool job_pool_;
  pg::Database app_{app_pool_};
  pg::Database job_{job_pool_};
  Redis redis_;
  std::map<std::string, std::unique_ptr<Channel>> peers_;
  PrincipalCache::Resolve resolve_;
  PrincipalCache principals_;
  Commands commands_;
  Processes processes_;
  JobRunner jobs_;
  Operations operations_;
  EventLog event_log_{job_};
  std::unique_ptr<Blobs> blobs_;
  std::vector<std::shared_ptr<void>> owned_;
  std::vector<std::unique_ptr<Consumer>> consumers_;
  Relay relay_;
  PrincipalWatch watch_{principals_, redis_};
  std::vector<std::function<absl::Status()>> on_start_;
  std::vector<std::function<void()>> on_stop_;
  Server server_;
  bool started_ = false;
};

// The whole of main: reads the environment, composes, serves until SIGTERM or SIGINT. The process' exit code.
int RunService(int argc, char** argv, const ServiceSpec& spec, const std::function<void(Service&)>& compose);

}  // namespace lintel
