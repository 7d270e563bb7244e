// The customers service: `lintel-customers [serve | migrate | verify-chain | rebuild]`.
#include <fstream>

#include "platform/phone/phone.h"
#include "platform/service/service.h"
#include "services/customers/api/contacts_api.h"
#include "services/customers/api/customers_api.h"
#include "services/customers/api/look_up_api.h"
#include "services/customers/app/follow_up.h"
#include "services/customers/app/protection.h"
#include "services/customers/consumers/consumers.h"
#include "services/customers/domain/pinyin.h"
#include "services/customers/embedded.h"

namespace lintel::customers {
namespace {

// Opening the blobs makes the tenant key when this home is new.
std::string ReadRootKey(Service& service) {
  service.blobs();
  std::ifstream file(service.config().home + "/secrets/tenant.key");
  std::string hex;
  std::getline(file, hex);
  return hex;
}

void Compose(Service& service) {
  auto& vault = service.Make<Vault>(ReadRootKey(service));
  auto& protection = service.Make<Protection>(service.Peer("identity"));
  auto& job_commands = service.Make<Commands>(service.job(), service.clock());
  service
      .Make<CustomersApi>(service.commands(), job_commands, vault,
                          [&protection](const Call& call) { return protection.DaysFor(call); })
      .Register(service.server());
  service.Make<ContactsApi>(service.commands(), vault).Register(service.server());
  service.Make<LookUpApi>(service.app(), vault, service.clock()).Register(service.server());
  service.jobs().Handle(kFollowUp, [&service](JobRun& run) { return RunFollowUp(run, service.Peer("identity")); });
  // libphonenumber and ICU read their tables at the first use, which is not to be a caller's.
  service.OnStart([] {
    (void)ParsePhone("number", "01085550100");
    (void)ReadingsOf("一");
    return absl::OkStatus();
  });
  ListenToIdentity(service.Consume("identity"));
  ListenToSales(service.Consume("sales"));
  ListenToFinance(service.Consume("finance"));
  ListenToTelephony(service.Consume("telephony"));
}

}  // namespace
}  // namespace lintel::customers

int main(int argc, char** argv) {
  using namespace lintel::customers;
  return lintel::RunService(argc, argv, {.name = "customers", .migrations = Migrations(), .reasons = ReasonTexts()},
                            Compose);
}
