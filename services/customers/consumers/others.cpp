#include "lintel/finance/v1/events.pb.h"
#include "lintel/identity/v1/events.pb.h"
#include "lintel/telephony/v1/events.pb.h"
#include "services/customers/consumers/consumers.h"
#include "services/customers/consumers/entries.h"

namespace lintel::customers {
namespace {

using event::v1::Event;
using Names = std::vector<std::string>;

constexpr char kKeepOperator[] = R"sql(
  INSERT INTO operators (tenant_id, id, team_id, active) VALUES ($1, $2, nullif($3, '')::uuid, $4)
  ON CONFLICT (tenant_id, id) DO UPDATE SET team_id = excluded.team_id, active = excluded.active)sql";
constexpr char kMoveCustomers[] = R"sql(
  UPDATE customers SET owner_team = nullif($3, '')::uuid
   WHERE tenant_id = $1 AND owner_id = $2 AND owner_team IS DISTINCT FROM nullif($3, '')::uuid)sql";
constexpr char kForgetOperators[] = "DELETE FROM operators";
constexpr char kContact[] = R"sql(
  UPDATE customers SET last_contact_time = greatest(last_contact_time, $3)
   WHERE tenant_id = $1 AND id = ANY($2::uuid[]))sql";

}  // namespace

void ListenToIdentity(Consumer& identity) {
  identity.On<identity::v1::OperatorChanged>(
      [](pg::Transaction& tx, const Event& event, const identity::v1::OperatorChanged& changed) {
        const auto id = ParseId("operator", changed.operator_(), "operators/*");
        if (!id.ok()) return absl::OkStatus();
        const std::string team = ParseId("team", changed.team(), "teams/*").value_or("");
        tx.Query(kKeepOperator, event.tenant_id(), *id, team, changed.active());
        tx.Query(kMoveCustomers, event.tenant_id(), *id, team);
        return absl::OkStatus();
      });
  identity.OnReset([](pg::Transaction& tx) {
    tx.Query(kForgetOperators);
    return absl::OkStatus();
  });
}

void ListenToFinance(Consumer& finance) {
  finance.On<finance::v1::ReceiptBooked>(
      [](pg::Transaction& tx, const Event& event, const finance::v1::ReceiptBooked& receipt) {
        AddEntries(tx, event, CustomerIds(Names{receipt.customer()}),
                   {.kind = "finance.receipt-booked",
                    .resource = receipt.receipt(),
                    .occurred_time = {},
                    .details = {{"number", receipt.number()},
                                {"room", receipt.room()},
                                {"method", receipt.method()},
                                {"amount", MinorUnits(receipt.amount())},
                                {"reversalOf", receipt.reversal_of()}},
                    .visit_id = std::nullopt,
                    .sealed_note = "",
                    .operator_name = receipt.cashier(),
                    .source = "finance"});
        return absl::OkStatus();
      });
  finance.OnReset([](pg::Transaction& tx) {
    tx.Query(kForgetSource, "finance");
    return absl::OkStatus();
  });
}

void ListenToTelephony(Consumer& telephony) {
  telephony.On<telephony::v1::CallRecorded>(
      [](pg::Transaction& tx, const Event& event, const telephony::v1::CallRecorded& call) {
        const Names ids = CustomerIds(Names{call.customer()});
        AddEntries(tx, event, ids,
                   {.kind = "call.ended",
                    .resource = call.call(),
                    .occurred_time = {},
                    .details = {{"outcome", call.outcome()},
                                {"talkSeconds", std::to_string(call.talk_ms() / 1000)},
                                {"waitSeconds", std::to_string(call.wait_ms() / 1000)},
                                {"recorded", call.recorded() ? "true" : "false"}},
                    .visit_id = std::nullopt,
                    .sealed_note = "",
                    .operator_name = call.operator_(),
                    .source = "telephony"});
        tx.Query(kContact, event.tenant_id(), pg::ArrayOf(ids), TimeOf(event));
        return absl::OkStatus();
      });
  telephony.OnReset([](pg::Transaction& tx) {
    tx.Query(kForgetSource, "telephony");
    return absl::OkStatus();
  });
}

}  // namespace lintel::customers
