// The composition root of telephony: the exchange and what stands around it.
#include "platform/service/service.h"
#include "services/telephony/api/agents_api.h"
#include "services/telephony/api/call_control_api.h"
#include "services/telephony/api/calls_api.h"
#include "services/telephony/api/flows_api.h"
#include "services/telephony/api/routing_api.h"
#include "services/telephony/api/signals_api.h"
#include "services/telephony/app/late_callers.h"
#include "services/telephony/config.h"
#include "services/telephony/embedded.h"

int main(int argc, char** argv) {
  using namespace lintel;
  using namespace lintel::telephony;
  const ServiceSpec spec{.name = "telephony",
                         .migrations = TelephonyMigrations(),
                         .reasons = TelephonyReasons(),
                         .threads = 8,
                         .connections = 8};
  return RunService(argc, argv, spec, [](Service& service) {
    const Config config = ReadConfig(service.environment());
    auto& signals = service.Make<Signals>(service.clock());
    auto& nodes = service.Make<Nodes>();
    auto& registrar = service.Make<Registrar>(config.kamailio_rpc);
    auto& catalogue = service.Make<Catalogue>(service.job(), WallClock);
    auto& book = service.Make<CallBook>([&catalogue](const std::string& agent) { return catalogue.OperatorOf(agent); });
    auto& lease = service.Make<Lease>(service.job(), kExchange, service.config().listen);
    auto& spool = service.Make<Spool>(service.config().home + "/telephony/records.spool", config.spool_bytes);
    auto& records = service.Make<RecordKeeper>(service.app(), spool, service.clock(), service.metrics());
    auto& exchange = service.Make<Exchange>(Exchange::Parts{catalogue, lease, nodes, book, signals, records,
                                                            service.metrics(), service.clock(), WallClock});
    auto& callers = service.Make<CallerLookUp>(
        service.Peer("customers"),
        [&exchange](const std::string& call, const auto& caller) { exchange.Learn(call, caller); });
    service.Make<LateCallers>(service.app(), service.Peer("customers")).Register(service.jobs());
    auto& actions = service.Make<Actions>(service.Peer("inventory"), catalogue);

    service
        .Make<CallControlApi>(CallControlApi::Parts{exchange, catalogue, nodes, book, records, callers, actions,
                                                    service.blobs(), service.app(), service.clock(), WallClock})
        .Register(service.server());
    service
        .Make<AgentsApi>(AgentsApi::Parts{service.commands(), exchange, catalogue, registrar, config.sip_domain,
                                          config.session_lifetime, WallClock})
        .Register(service.server());
    service.Make<RoutingApi>(service.commands(), exchange, catalogue, registrar).Register(service.server());
    service.Make<FlowsApi>(service.commands(), catalogue, service.reasons()).Register(service.server());
    service.Make<CallsApi>(service.app(), service.blobs(), service.clock()).Register(service.server());
    service.Make<SignalsApi>(exchange).Register(service.server());

    catalogue.OnReading([&exchange](const Snapshot& snapshot) { exchange.Sync(snapshot); });
    service.OnStart([&]() -> absl::Status {
      RETURN_IF_ERROR(lease.Renew());
      RETURN_IF_ERROR(catalogue.Read());
      lease.Start();
      catalogue.Start();
      records.Start();
      callers.Start();
      exchange.Start();
      return absl::OkStatus();
    });
    service.OnStop([&] {
      callers.Stop();
      exchange.Stop();
      records.Stop();
      catalogue.Stop();
      lease.Stop();
    });
  });
}
