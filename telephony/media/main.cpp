// lintel-media: one media node. See README.md.
#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>

#include "platform/log/log.h"
#include "telephony/media/process.h"

int main() {
  lintel::log::Start("media");
  // Blocked before any thread is made, so that only the SIP thread's signalfd sees them.
  sigset_t stopping;
  sigemptyset(&stopping);
  sigaddset(&stopping, SIGTERM);
  sigaddset(&stopping, SIGINT);
  sigprocmask(SIG_BLOCK, &stopping, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  absl::StatusOr<lintel::media::Config> config = lintel::media::ReadConfig(lintel::Environment());
  if (!config.ok()) {
    lintel::log::Error("cannot start", {{"reason", std::string(config.status().message())}});
    return EXIT_FAILURE;
  }
  auto process = lintel::media::Process::Make(*std::move(config));
  if (!process.ok()) {
    lintel::log::Error("cannot start", {{"reason", std::string(process.status().message())}});
    return EXIT_FAILURE;
  }
  (*process)->Run();
  lintel::log::Info("stopping");
  return EXIT_SUCCESS;
}
