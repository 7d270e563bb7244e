#include "services/sales/app/sign.h"

#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/deal_processes.h"
#include "services/sales/app/reminders.h"
#include "services/sales/store/deal_store.h"
#include "services/sales/store/people_store.h"

namespace lintel::sales {
namespace {

using finance::v1::RecordContractResponse;

absl::StatusOr<Contract> Load(pg::Database& database, const ProcessContext& context) {
  return database.Run<Contract>(
      {.tenant = context.tenant, .deadline = context.deadline, .read_only = true},
      [&](pg::Transaction& tx) { return ContractStore(tx, WholeTenant(context.tenant)).Find(context.document_id); });
}

absl::Status Record(pg::Database& database, Peers& peers, const ProcessContext& context,
                    RecordContractResponse& recorded) {
  ASSIGN_OR_RETURN(const Contract contract, Load(database, context));
  finance::v1::RecordContractRequest request;
  request.set_subscription("subscriptions/" + contract.subscription_id);
  request.set_contract("contracts/" + contract.id);
  request.set_number(contract.number);
  *request.mutable_sign_date() = ToProto(contract.sign_date);
  ASSIGN_OR_RETURN(recorded, peers.RecordContract(context.Options(), request));
  return absl::OkStatus();
}

absl::Status Forget(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Contract contract, Load(database, context));
  return peers.ForgetContract(context.Options(), "subscriptions/" + contract.subscription_id,
                              "contracts/" + contract.id);
}

absl::Status Advance(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Contract contract, Load(database, context));
  return peers.Advance(context.Options(), contract.deal_id, inventory::v1::SUBSCRIBED, "contracts/" + contract.id);
}

absl::Status Retreat(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Contract contract, Load(database, context));
  return peers.Retreat(context.Options(), contract.deal_id,
                       {.from = inventory::v1::SIGNED,
                        .undone = "contracts/" + contract.id,
                        .document = "subscriptions/" + contract.subscription_id,
                        .until = context.now});
}

absl::Status SettleSubscription(pg::Transaction& tx, const ProcessContext& context, const Contract& contract,
                                bool converted) {
  SubscriptionStore subscriptions(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Subscription subscription, subscriptions.FindForUpdate(contract.subscription_id));
  subscription.busy.clear();
  if (converted) subscription.state = "CONVERTED";
  subscriptions.Save(subscription, context.now);
  if (converted) CancelSignReminder(tx, subscription, context.now);
  return absl::OkStatus();
}

absl::StatusOr<v1::Contract> Signed(pg::Transaction& tx, const ProcessContext& context,
                                    const RecordContractResponse& recorded) {
  ContractStore contracts(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Contract contract, contracts.FindForUpdate(context.document_id));
  v1::Contract agreed = ToProto(contract);
  const std::string before = AuditJson(agreed);
  *agreed.mutable_stamp_tax() = recorded.stamp_tax();
  agreed.set_stamp_tax_rate_ppm(recorded.rate_ppm());
  agreed.set_account(recorded.account());
  contract.snapshot = ToSnapshot(agreed);
  contract.state = "ACTIVE";
  contracts.Save(contract, context.now);
  RETURN_IF_ERROR(SettleSubscription(tx, context, contract, /*converted=*/true));
  v1::Contract reply = ToProto(contract);
  Outbox(tx, context.CauseOf(kSign))
      .Append(ContractSignedEvent(contract), reply.name(), contract.version,
              {.before = before, .after = AuditJson(reply)});
  return reply;
}

absl::Status Abandon(pg::Transaction& tx, const ProcessContext& context, const absl::Status& why) {
  ContractStore contracts(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Contract contract, contracts.FindForUpdate(context.document_id));
  contract.state = "FAILED";
  contract.failure_reason = ReasonOf(why);
  contracts.Save(contract, context.now);
  NumberStore(tx, WholeTenant(context.tenant)).Void(contract.id, context.now);
  Outbox(tx, context.CauseOf(kSign)).Record("contracts/" + contract.id, {.after = AuditJson(ToProto(contract))});
  return SettleSubscription(tx, context, contract, /*converted=*/false);
}

}  // namespace

ProcessDefinition<RecordContractResponse, v1::Contract> Signing(Peers& peers, pg::Database& database) {
  using Data = RecordContractResponse;
  ProcessDefinition<Data, v1::Contract> made{.kind = kSign};
  made.steps = {
      {"record",
       [&](const ProcessContext& context, Data& recorded) { return Record(database, peers, context, recorded); },
       [&](const ProcessContext& context, const Data&) { return Forget(database, peers, context); }},
      {"advance", [&](const ProcessContext& context, Data&) { return Advance(database, peers, context); },
       [&](const ProcessContext& context, const Data&) { return Retreat(database, peers, context); }}};
  made.finish = Signed;
  made.fail = [](pg::Transaction& tx, const ProcessContext& context, const Data&, const absl::Status& why) {
    return Abandon(tx, context, why);
  };
  return made;
}

}  // namespace lintel::sales
