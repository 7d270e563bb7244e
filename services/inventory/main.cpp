// The composition root of inventory: projects, rooms, claims.
#include "platform/service/service.h"
#include "services/inventory/api/chart_colours_service.h"
#include "services/inventory/api/claims_service.h"
#include "services/inventory/api/layouts_service.h"
#include "services/inventory/api/projects_service.h"
#include "services/inventory/api/rooms_service.h"
#include "services/inventory/embedded.h"

int main(int argc, char** argv) {
  using namespace lintel;
  using namespace lintel::inventory;
  const ServiceSpec spec{.name = "inventory",
                         .migrations = InventoryMigrations(),
                         .reasons = InventoryReasons(),
                         .threads = 48};  // A claim keeps its thread while its group runs (app/open_claims.h).
  return RunService(argc, argv, spec, [](Service& service) {
    // The program that reads old XLS; empty: beside this one.
    const SheetOptions sheets{.xls_program = service.environment().Get("LINTEL_XLS_PROGRAM", "")};
    auto& imports = service.Make<RoomImports>(service.commands(), service.operations(), service.jobs(),
                                              service.Peer("identity"), sheets);
    service.Make<ProjectsService>(service.commands()).Register(service.server());
    service.Make<LayoutsService>(service.commands(), service.Peer("identity")).Register(service.server());
    service.Make<ChartColoursService>(service.commands()).Register(service.server());
    service.Make<RoomsService>(service.commands(), imports).Register(service.server());
    service.Make<ClaimsService>(service.commands()).Register(service.server());
  });
}
