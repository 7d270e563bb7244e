// subscription.create: the second document of a deal, or its first.
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/deal_processes.h"
#include "services/sales/app/hold_processes.h"
#include "services/sales/app/reminders.h"
#include "services/sales/app/sign.h"
#include "services/sales/store/deal_store.h"
#include "services/sales/store/hold_store.h"

namespace lintel::sales {
namespace {

using finance::v1::PreviewScheduleResponse;
using Definition = ProcessDefinition<PreviewScheduleResponse, v1::Subscription>;

constexpr auto kClaimMeanwhile = std::chrono::hours(1);  // What a claim lasts that waits for its subscription.

absl::StatusOr<Subscription> Load(pg::Database& database, const ProcessContext& context) {
  return database.Run<Subscription>(
      {.tenant = context.tenant, .deadline = context.deadline, .read_only = true}, [&](pg::Transaction& tx) {
        return SubscriptionStore(tx, WholeTenant(context.tenant)).Find(context.document_id);
      });
}

absl::Status Schedule(pg::Database& database, Peers& peers, const ProcessContext& context,
                      PreviewScheduleResponse& schedule) {
  ASSIGN_OR_RETURN(const Subscription subscription, Load(database, context));
  const v1::Subscription agreed = ToProto(subscription);
  finance::v1::PreviewScheduleRequest request;
  request.set_payment_plan(agreed.payment_plan());
  *request.mutable_price() = agreed.price();
  *request.mutable_deposit() = agreed.deposit();
  ASSIGN_OR_RETURN(const Date start, DateIn(subscription.create_time, subscription.time_zone));
  *request.mutable_start_date() = ToProto(start);
  ASSIGN_OR_RETURN(schedule, peers.Preview(context.Options(), request));
  return absl::OkStatus();
}

absl::Status Claim(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Subscription subscription, Load(database, context));
  if (!subscription.hold_id.empty()) return absl::OkStatus();
  inventory::v1::OpenClaimRequest claim;
  claim.set_claim_id(subscription.deal_id);
  claim.set_room(NameOfRoom(subscription.project_id, subscription.room_id));
  claim.set_stage(inventory::v1::HELD);
  claim.set_hold_kind(inventory::v1::CUSTOMER);
  *claim.mutable_until() = ToProto(context.now + kClaimMeanwhile);
  claim.set_document("subscriptions/" + subscription.id);
  claim.set_team(subscription.team_name);
  return peers.Claim(context.Options(), claim);
}

absl::Status Unclaim(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Subscription subscription, Load(database, context));
  if (!subscription.hold_id.empty()) return absl::OkStatus();
  inventory::v1::ReleaseClaimRequest release;
  release.set_claim_id(subscription.deal_id);
  release.set_room(NameOfRoom(subscription.project_id, subscription.room_id));
  release.set_reason("failed");
  return peers.Release(context.Options(), release);
}

absl::Status OpenAccount(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Subscription subscription, Load(database, context));
  const v1::Subscription agreed = ToProto(subscription);
  finance::v1::OpenAccountRequest request;
  request.set_subscription(agreed.name());
  request.set_project("projects/" + subscription.project_id);
  request.set_room(agreed.room());
  request.set_deal(subscription.deal_id);
  for (const v1::Buyer& buyer : agreed.buyers()) request.add_customers(buyer.customer());
  request.set_payment_plan(agreed.payment_plan());
  *request.mutable_price() = agreed.price();
  *request.mutable_deposit() = agreed.deposit();
  request.set_deposit_kind(agreed.deposit_kind() == v1::PREPAYMENT ? "PREPAYMENT" : "EARNEST");
  ASSIGN_OR_RETURN(const Date start, DateIn(subscription.create_time, subscription.time_zone));
  *request.mutable_start_date() = ToProto(start);
  request.set_time_zone(subscription.time_zone);
  return peers.OpenAccount(context.Options(), request);
}

absl::Status Advance(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Subscription subscription, Load(database, context));
  return peers.Advance(context.Options(), subscription.deal_id, inventory::v1::HELD,
                       "subscriptions/" + subscription.id);
}

absl::Status Retreat(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Subscription subscription, Load(database, context));
  const std::string undone = "subscriptions/" + subscription.id;
  Peers::Undo undo{inventory::v1::SUBSCRIBED, undone, undone, context.now + kClaimMeanwhile};
  if (!subscription.hold_id.empty()) {
    ASSIGN_OR_RETURN(const Hold hold, LoadHold(database, context, subscription.hold_id));
    undo.document = "holds/" + hold.id;
    undo.until = hold.expire_time;
  }
  return peers.Retreat(context.Options(), subscription.deal_id, undo);
}

// Last of all: what was paid on the hold is the subscription's from now on.
absl::Status Carry(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Subscription subscription, Load(database, context));
  if (subscription.hold_id.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Hold hold, LoadHold(database, context, subscription.hold_id));
  if (hold.fee.minor_units == 0) return absl::OkStatus();
  return peers.CarryHoldMoney(context.Options(), "holds/" + hold.id, "subscriptions/" + subscription.id);
}

// The hold becomes a subscription, or is itself again.
absl::Status SettleHold(pg::Transaction& tx, const ProcessContext& context, const Subscription& subscription,
                        bool converted) {
  if (subscription.hold_id.empty()) return absl::OkStatus();
  HoldStore holds(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Hold hold, holds.FindForUpdate(subscription.hold_id));
  const v1::Hold before = ToProto(hold);
  hold.busy.clear();
  if (converted) hold.state = "CONVERTED";
  holds.Save(hold, context.now);
  if (!converted) return absl::OkStatus();
  CancelHoldJobs(tx, hold, context.now);
  Outbox(tx, context.CauseOf(kSubscribe))
      .Append(HoldChangedEvent(hold), before.name(), hold.version,
              {.before = AuditJson(before), .after = AuditJson(ToProto(hold))});
  return absl::OkStatus();
}

absl::StatusOr<v1::Subscription> Activate(pg::Transaction& tx, const ProcessContext& context,
                                          const PreviewScheduleResponse& schedule) {
  SubscriptionStore store(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Subscription subscription, store.FindForUpdate(context.document_id));
  v1::Subscription agreed = ToProto(subscription);
  const std::string before = AuditJson(agreed);
  agreed.clear_schedule();
  for (const finance::v1::ScheduleItem& item : schedule.items()) {
    v1::ScheduleLine& line = *agreed.add_schedule();
    line.set_sequence(item.sequence());
    line.set_kind(item.kind());
    *line.mutable_due_date() = item.due_date();
    *line.mutable_amount() = item.amount();
  }
  agreed.set_account("accounts/" + subscription.id);
  subscription.snapshot = ToSnapshot(agreed);
  subscription.state = "ACTIVE";
  store.Save(subscription, context.now);
  RETURN_IF_ERROR(SettleHold(tx, context, subscription, /*converted=*/true));
  ScheduleSignReminder(tx, subscription, context.now);
  v1::SubscriptionActivated event = SubscriptionActivatedEvent(subscription);
  event.set_payment_plan_kind(schedule.plan_kind());
  v1::Subscription reply = ToProto(subscription);
  Outbox(tx, context.CauseOf(kSubscribe))
      .Append(event, reply.name(), subscription.version, {.before = before, .after = AuditJson(reply)});
  return reply;
}

absl::Status Abandon(pg::Transaction& tx, const ProcessContext& context, const absl::Status& why) {
  SubscriptionStore store(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Subscription subscription, store.FindForUpdate(context.document_id));
  subscription.state = "FAILED";
  subscription.failure_reason = ReasonOf(why);
  store.Save(subscription, context.now);
  Outbox(tx, context.CauseOf(kSubscribe))
      .Record("subscriptions/" + subscription.id, {.after = AuditJson(ToProto(subscription))});
  return SettleHold(tx, context, subscription, /*converted=*/false);
}

Definition Subscribing(Peers& peers, pg::Database& database) {
  using Data = PreviewScheduleResponse;
  Definition made{.kind = kSubscribe};
  made.steps = {{"schedule", [&](const ProcessContext& context,
                                 Data& schedule) { return Schedule(database, peers, context, schedule); }},
                {"claim", [&](const ProcessContext& context, Data&) { return Claim(database, peers, context); },
                 [&](const ProcessContext& context, const Data&) { return Unclaim(database, peers, context); }},
                {"account", [&](const ProcessContext& context, Data&) { return OpenAccount(database, peers, context); },
                 [&](const ProcessContext& context, const Data&) {
                   return peers.CloseAccount(context.Options(), "subscriptions/" + context.document_id);
                 }},
                {"advance", [&](const ProcessContext& context, Data&) { return Advance(database, peers, context); },
                 [&](const ProcessContext& context, const Data&) { return Retreat(database, peers, context); }},
                {"carry", [&](const ProcessContext& context, Data&) { return Carry(database, peers, context); },
                 /*undo=*/{},
                 /*must_happen=*/true}};
  made.finish = Activate;
  made.fail = [](pg::Transaction& tx, const ProcessContext& context, const Data&, const absl::Status& why) {
    return Abandon(tx, context, why);
  };
  return made;
}

}  // namespace

void DefineDealProcesses(Processes& processes, Peers& peers, pg::Database& database) {
  processes.Define(Subscribing(peers, database));
  processes.Define(Signing(peers, database));
}

}  // namespace lintel::sales
