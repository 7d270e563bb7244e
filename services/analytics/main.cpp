// analytics: facts built from events, and the analyses over them.
#include "platform/service/service.h"
#include "services/analytics/api/analyses_service.h"
#include "services/analytics/consumers/facts.h"
#include "services/analytics/embedded.h"

int main(int argc, char** argv) {
  using namespace lintel;
  using namespace lintel::analytics;
  const ServiceSpec spec{.name = "analytics", .migrations = AnalyticsMigrations(), .reasons = AnalyticsReasons()};
  return RunService(argc, argv, spec, [](Service& service) {
    const std::string font = service.environment().Get("LINTEL_FONT", "WenQuanYi Micro Hei");
    auto& reader = service.Make<pg::Pool>(pg::PoolOptions{
        .connection = service.config().postgres, .role = "analytics_reader", .schema = "analytics", .size = 4});
    auto& facts = service.Make<pg::Database>(reader);
    auto& engine = service.Make<report::Engine>(AnalysisFiles(), facts, service.clock(),
                                                report::EngineOptions{.collection = "analyses"});
    service.Make<AnalysesService>(engine, service.Peer("customers"), font).Register(service.server());
    ConsumeInventory(service.Consume("inventory"));
    ConsumeCustomers(service.Consume("customers"));
    ConsumeSales(service.Consume("sales"));
  });
}
