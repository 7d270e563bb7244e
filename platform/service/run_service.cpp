#include <csignal>
#include <cstdio>

#include "platform/log/log.h"
#include "platform/migrate/migrate.h"
#include "platform/relay/chain.h"
#include "platform/service/service.h"

namespace lintel {
namespace {

int Fail(const std::string& what, const absl::Status& status) {
  log::Error(what, {{"error", std::string(status.message())}});
  return 1;
}

int RunMigrations(const ServiceSpec& spec, Environment& environment) {
  const std::string admin = environment.Require("LINTEL_PG_ADMIN");
  if (const absl::Status wrong = environment.Check(); !wrong.ok()) return Fail("wrong environment", wrong);
  const absl::Status status = Migrate({.admin_connection = admin, .service = spec.name}, spec.migrations);
  return status.ok() ? 0 : Fail("migration failed", status);
}

int VerifyWholeChain(Service& service) {
  const auto report = VerifyChain(service.job());
  if (!report.ok()) return Fail("the audit chain is broken", report.status());
  std::printf("%s: %lld rows hold, %lld of them erased\n", service.config().name.c_str(),
              static_cast<long long>(report->rows), static_cast<long long>(report->erased));
  return 0;
}

int RebuildAll(Service& service) {
  for (const auto& consumer : service.consumers()) {
    if (const absl::Status status = consumer->Rebuild(); !status.ok()) return Fail("rebuild failed", status);
  }
  return 0;
}

int Serve(Service& service) {
  if (const absl::Status started = service.Start(); !started.ok()) return Fail("start failed", started);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  int signal = 0;
  sigwait(&ends, &signal);
  log::Info("stopping", {{"signal", std::to_string(signal)}});
  service.Stop();
  return 0;
}

// Before any thread, so that all of them leave these signals to sigwait.
void BlockSignals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

int RunService(int argc, char** argv, const ServiceSpec& spec, const std::function<void(Service&)>& compose) {
  const std::string verb = argc > 1 ? argv[1] : "serve";
  log::Start(spec.name);
  Environment environment;
  if (verb == "migrate") return RunMigrations(spec, environment);
  if (verb != "serve" && verb != "verify-chain" && verb != "rebuild") {
    std::fprintf(stderr, "usage: %s [serve | migrate | verify-chain | rebuild]\n", spec.name.c_str());
    return 2;
  }
  BlockSignals();
  ServiceConfig config = ReadServiceConfig(spec.name, environment);
  if (const absl::Status wrong = environment.Check(); !wrong.ok()) return Fail("wrong environment", wrong);
  if (const absl::Status missing = ReadSecrets(config, environment); !missing.ok()) return Fail("no keys", missing);
  Service service(spec, std::move(config), environment);
  if (verb == "verify-chain") return VerifyWholeChain(service);
  compose(service);
  return verb == "rebuild" ? RebuildAll(service) : Serve(service);
}

}  // namespace lintel
