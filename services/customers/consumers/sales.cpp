#include "lintel/sales/v1/events.pb.h"
#include "services/customers/consumers/consumers.h"
#include "services/customers/consumers/entries.h"

namespace lintel::customers {
namespace {

constexpr char kSource[] = "sales";

constexpr char kInContract[] = R"sql(
  UPDATE customers SET in_contract = true WHERE tenant_id = $1 AND id = ANY($2::uuid[]))sql";
constexpr char kNoContracts[] = "UPDATE customers SET in_contract = false WHERE in_contract";

using event::v1::Event;
using Names = std::vector<std::string>;

Entry EntryOf(const std::string& kind, const std::string& resource, std::map<std::string, std::string> details) {
  return {.kind = kind,
          .resource = resource,
          .occurred_time = {},
          .details = std::move(details),
          .visit_id = std::nullopt,
          .sealed_note = "",
          .operator_name = "",
          .source = kSource};
}

}  // namespace

void ListenToSales(Consumer& sales) {
  sales.On<sales::v1::HoldPlaced>([](pg::Transaction& tx, const Event& event, const sales::v1::HoldPlaced& hold) {
    AddEntries(tx, event, CustomerIds(Names{hold.customer()}),
               EntryOf("sales.hold-placed", hold.hold(),
                       {{"room", hold.room()}, {"project", hold.project()}, {"consultant", hold.consultant()}}));
    return absl::OkStatus();
  });
  sales.On<sales::v1::HoldChanged>([](pg::Transaction& tx, const Event& event, const sales::v1::HoldChanged& hold) {
    AddEntries(tx, event, CustomerIds(Names{hold.customer()}),
               EntryOf("sales.hold-changed", hold.hold(),
                       {{"room", hold.room()},
                        {"project", hold.project()},
                        {"state", sales::v1::DocumentState_Name(hold.state())}}));
    return absl::OkStatus();
  });
  sales.On<sales::v1::SubscriptionActivated>(
      [](pg::Transaction& tx, const Event& event, const sales::v1::SubscriptionActivated& subscription) {
        AddEntries(tx, event, CustomerIds(subscription.customers()),
                   EntryOf("sales.subscription-activated", subscription.subscription(),
                           {{"room", subscription.room()},
                            {"project", subscription.project()},
                            {"consultant", subscription.consultant()},
                            {"price", MinorUnits(subscription.price())}}));
        return absl::OkStatus();
      });
  sales.On<sales::v1::ContractSigned>(
      [](pg::Transaction& tx, const Event& event, const sales::v1::ContractSigned& contract) {
        const Names ids = CustomerIds(contract.customers());
        AddEntries(tx, event, ids,
                   EntryOf("sales.contract-signed", contract.contract(),
                           {{"room", contract.room()},
                            {"project", contract.project()},
                            {"number", contract.number()},
                            {"consultant", contract.consultant()},
                            {"price", MinorUnits(contract.price())}}));
        // Who is named in a signed contract is not erased before the legal retention is over.
        tx.Query(kInContract, event.tenant_id(), pg::ArrayOf(ids));
        return absl::OkStatus();
      });
  sales.OnReset([](pg::Transaction& tx) {
    tx.Query(kForgetSource, kSource);
    tx.Query(kNoContracts);
    return absl::OkStatus();
  });
}

}  // namespace lintel::customers
