// The identity service: `lintel-identity [serve | migrate | bootstrap | verify-chain | rebuild]`.
#include <string>

#include "platform/service/service.h"
#include "services/identity/api/identity.h"
#include "services/identity/app/bootstrap_command.h"
#include "services/identity/embedded.h"

namespace lintel::identity {
namespace {

constexpr char kSweep[] = "identity.sweep";
constexpr std::chrono::hours kSweepEvery{1};

void Compose(Service& service) {
  const Config config = ReadConfig(service.environment());
  auto& identity = service.Make<Identity>(config, service.app(), service.job(), service.blobs(), service.metrics(),
                                          service.clock(), Clock(WallClock));
  identity.Register(service.server());
  service.ResolvePrincipals([&identity](const auth::TokenClaims& claims) { return identity.Resolve(claims); });
  service.jobs().Handle(kSweep, [&identity](JobRun& run) -> absl::Status {
    RETURN_IF_ERROR(identity.Sweep());
    return run.Again(run.Now() + kSweepEvery, [](pg::Transaction&) { return absl::OkStatus(); });
  });
  service.OnStart([&service] {
    return service.job().Execute({}, [&service](pg::Transaction& tx) {
      Jobs(tx, service.clock()())
          .Schedule({.kind = kSweep, .key = "", .run_at = service.clock()(), .actor = "services/identity"});
      return absl::OkStatus();
    });
  });
}

}  // namespace
}  // namespace lintel::identity

int main(int argc, char** argv) {
  using namespace lintel::identity;
  if (argc > 1 && std::string(argv[1]) == "bootstrap") return BootstrapCommand(argc, argv);
  return lintel::RunService(argc, argv, {.name = "identity", .migrations = Migrations(), .reasons = ReasonTexts()},
                            Compose);
}
