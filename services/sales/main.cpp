// The composition root of sales: consultants, policies, holds, subscriptions, contracts.
#include "platform/service/service.h"
#include "services/sales/api/contracts_service.h"
#include "services/sales/api/holds_service.h"
#include "services/sales/api/people_service.h"
#include "services/sales/api/reconciliations_service.h"
#include "services/sales/api/subscriptions_service.h"
#include "services/sales/app/hand_over.h"
#include "services/sales/app/notices.h"
#include "services/sales/app/reconcile.h"
#include "services/sales/app/reminders.h"
#include "services/sales/embedded.h"

int main(int argc, char** argv) {
  using namespace lintel;
  using namespace lintel::sales;
  const ServiceSpec spec{.name = "sales", .migrations = SalesMigrations(), .reasons = SalesReasons()};
  return RunService(argc, argv, spec, [](Service& service) {
    auto& peers = service.Make<Peers>(Peers{.inventory = service.Peer("inventory"),
                                            .customers = service.Peer("customers"),
                                            .finance = service.Peer("finance"),
                                            .identity = service.Peer("identity")});
    DefineHoldProcesses(service.processes(), peers, service.app());
    DefineDealProcesses(service.processes(), peers, service.app());
    DefineHandOverProcess(service.processes(), peers);
    service.Make<Reminders>(service.app(), service.processes(), peers).Register(service.jobs());
    RegisterNotices(service.jobs(), peers);
    auto& reconciliation = service.Make<Reconciliation>(service.job(), peers, service.metrics());
    reconciliation.Register(service.jobs());
    service.OnStart([&] { return reconciliation.Schedule(service.clock()()); });

    Commands& commands = service.commands();
    service.Make<PeopleService>(commands, service.processes(), peers).Register(service.server());
    service.Make<ReconciliationsService>(service.app()).Register(service.server());
    service.Make<HoldsService>(commands, service.processes(), peers).Register(service.server());
    service.Make<SubscriptionsService>(commands, service.processes(), peers).Register(service.server());
    service.Make<ContractsService>(commands, service.processes(), peers).Register(service.server());
  });
}
