// reporting: facts built from events, the reports over them, and documents drawn for everybody.
#include "platform/service/service.h"
#include "services/reporting/api/reports_service.h"
#include "services/reporting/consumers/customers.h"
#include "services/reporting/consumers/finance.h"
#include "services/reporting/consumers/inventory.h"
#include "services/reporting/consumers/sales.h"
#include "services/reporting/consumers/telephony.h"
#include "services/reporting/embedded.h"

int main(int argc, char** argv) {
  using namespace lintel;
  return RunService(
      argc, argv,
      {.name = "reporting", .migrations = reporting::ReportingMigrations(), .reasons = reporting::ReportingReasons()},
      [](Service& service) {
        const std::string font = service.environment().Get("LINTEL_FONT", "WenQuanYi Micro Hei");
        auto& reader = service.Make<pg::Pool>(pg::PoolOptions{
            .connection = service.config().postgres, .role = "reporting_reader", .schema = "reporting", .size = 4});
        auto& facts = service.Make<pg::Database>(reader);
        auto& engine = service.Make<report::Engine>(reporting::ReportFiles(), facts, service.clock(),
                                                    report::EngineOptions{.collection = "reports"});
        auto& documents = service.Make<reporting::DocumentsService>(reporting::TemplateFiles(), font);
        documents.Register(service.server());
        service.Make<reporting::ReportsService>(engine, documents, service.Peer("customers"), font)
            .Register(service.server());
        reporting::ConsumeInventory(service.Consume("inventory"));
        reporting::ConsumeSales(service.Consume("sales"));
        reporting::ConsumeFinance(service.Consume("finance"));
        reporting::ConsumeCustomers(service.Consume("customers"));
        reporting::ConsumeTelephony(service.Consume("telephony"));
      });
}
