// Composition root: environment -> gateway -> serve until told to stop.
#include <csignal>

#include "gateway/gateway.h"
#include "platform/log/log.h"

int main() {
  using namespace lintel;
  log::Start("gateway");
  // Blocked before any thread starts, so that only sigwait below sees them.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTERM);
  sigaddset(&stop, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  signal(SIGPIPE, SIG_IGN);

  Environment environment;
  auto config = gateway::ReadConfig(environment);
  if (!config.ok()) {
    log::Error("cannot start", {{"error", std::string(config.status().message())}});
    return 1;
  }
  const Tokens tokens(config->service_key, config->operator_public_key, WallClock);
  auto served = gateway::Gateway::Make(*std::move(config), tokens);
  const absl::Status started = served.ok() ? (*served)->Start() : served.status();
  if (!started.ok()) {
    log::Error("cannot start", {{"error", std::string(started.message())}});
    return 1;
  }
  log::Info("listening", {{"port", std::to_string((*served)->port())}});
  int signal_number = 0;
  sigwait(&stop, &signal_number);
  (*served)->Stop(std::chrono::seconds(10));
  return 0;
}
