// The composition root of finance: plans, accounts, receipts, the ledger.
#include "platform/service/service.h"
#include "services/finance/api/accounts_service.h"
#include "services/finance/api/desk_service.h"
#include "services/finance/api/hold_money_service.h"
#include "services/finance/api/receipts_service.h"
#include "services/finance/embedded.h"

int main(int argc, char** argv) {
  using namespace lintel;
  using namespace lintel::finance;
  const ServiceSpec spec{.name = "finance", .migrations = FinanceMigrations(), .reasons = FinanceReasons()};
  return RunService(argc, argv, spec, [](Service& service) {
    const ReceiptPeers peers{.inventory = service.Peer("inventory"),
                             .customers = service.Peer("customers"),
                             .reporting = service.Peer("reporting")};
    service.Make<AccountsService>(service.commands()).Register(service.server());
    service.Make<DeskService>(service.commands()).Register(service.server());
    service.Make<HoldMoneyService>(service.commands()).Register(service.server());
    service.Make<ReceiptsService>(service.commands(), peers).Register(service.server());
  });
}
