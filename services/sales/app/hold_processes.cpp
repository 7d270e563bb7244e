#include "services/sales/app/hold_processes.h"

#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/reminders.h"
#include "services/sales/store/hold_store.h"

namespace lintel::sales {
namespace {

using inventory::v1::ExtendClaimRequest;
using inventory::v1::OpenClaimRequest;
using inventory::v1::ReleaseClaimRequest;

// Changes a hold that a process works on, and announces it.
absl::StatusOr<v1::Hold> Change(pg::Transaction& tx, const ProcessContext& context, const std::string& action,
                                const std::function<void(Hold&)>& change) {
  HoldStore holds(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Hold hold, holds.FindForUpdate(context.document_id));
  const v1::Hold before = ToProto(hold);
  change(hold);
  holds.Save(hold, context.now);
  const v1::Hold after = ToProto(hold);
  const Audit audit{.before = AuditJson(before), .after = AuditJson(after)};
  Outbox outbox(tx, context.CauseOf(action));
  if (before.state() == v1::PENDING && hold.state == "ACTIVE") {
    outbox.Append(HoldPlacedEvent(hold), after.name(), hold.version, audit);
  } else if (hold.state != "FAILED") {
    outbox.Append(HoldChangedEvent(hold), after.name(), hold.version, audit);
  } else {
    outbox.Record(after.name(), audit);
  }
  if (hold.state == "ACTIVE") ScheduleHoldJobs(tx, hold, context.now);
  if (hold.state != "ACTIVE" && before.state() == v1::ACTIVE) CancelHoldJobs(tx, hold, context.now);
  return after;
}

// A change that was refused leaves the hold as it was.
absl::Status Unchanged(pg::Transaction& tx, const ProcessContext& context) {
  HoldStore holds(tx, WholeTenant(context.tenant));
  ASSIGN_OR_RETURN(Hold hold, holds.FindForUpdate(context.document_id));
  hold.busy.clear();
  holds.Save(hold, context.now);
  return absl::OkStatus();
}

// A hold without a fee has no account in finance.
absl::Status OpenAccount(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Hold hold, LoadHold(database, context, context.document_id));
  if (hold.fee.minor_units == 0) return absl::OkStatus();
  finance::v1::OpenHoldAccountRequest request;
  request.set_hold("holds/" + hold.id);
  request.set_deal(hold.deal_id);
  request.set_room(NameOfRoom(hold.project_id, hold.room_id));
  if (!hold.customer_id.empty()) request.set_customer("customers/" + hold.customer_id);
  *request.mutable_fee() = ToProto(hold.fee);
  request.set_time_zone(hold.time_zone);
  return peers.OpenHoldAccount(context.Options(), request);
}

absl::Status CloseAccount(pg::Database& database, Peers& peers, const ProcessContext& context) {
  ASSIGN_OR_RETURN(const Hold hold, LoadHold(database, context, context.document_id));
  if (hold.fee.minor_units == 0) return absl::OkStatus();
  return peers.CloseHoldAccount(context.Options(), "holds/" + hold.id);
}

ProcessDefinition<OpenClaimRequest, v1::Hold> Placing(Peers& peers, pg::Database& database) {
  ProcessDefinition<OpenClaimRequest, v1::Hold> made{.kind = kPlaceHold};
  made.steps = {
      {"claim",
       [&peers](const ProcessContext& context, OpenClaimRequest& claim) {
         return peers.Claim(context.Options(), claim);
       },
       [&peers](const ProcessContext& context, const OpenClaimRequest& claim) {
         ReleaseClaimRequest release;
         release.set_claim_id(claim.claim_id());
         release.set_room(claim.room());
         release.set_reason("failed");
         return peers.Release(context.Options(), release);
       }},
      {"account",
       [&](const ProcessContext& context, OpenClaimRequest&) { return OpenAccount(database, peers, context); },
       [&](const ProcessContext& context, const OpenClaimRequest&) { return CloseAccount(database, peers, context); }}};
  made.finish = [](pg::Transaction& tx, const ProcessContext& context, const OpenClaimRequest&) {
    return Change(tx, context, kPlaceHold, [](Hold& hold) { hold.state = "ACTIVE"; });
  };
  made.fail = [](pg::Transaction& tx, const ProcessContext& context, const OpenClaimRequest&, const absl::Status& why) {
    return Change(tx, context, kPlaceHold,
                  [&](Hold& hold) {
                    hold.state = "FAILED";
                    hold.failure_reason = ReasonOf(why);
                  })
        .status();
  };
  return made;
}

// The account first, and refused while it has money: a room is not given away before its buyer's fee is given back.
ProcessDefinition<ReleaseClaimRequest, v1::Hold> Releasing(Peers& peers, pg::Database& database) {
  ProcessDefinition<ReleaseClaimRequest, v1::Hold> made{.kind = kReleaseHold};
  made.steps = {
      {"account",
       [&](const ProcessContext& context, ReleaseClaimRequest&) { return CloseAccount(database, peers, context); },
       /*undo=*/{},
       /*must_happen=*/true},
      {"release",
       [&peers](const ProcessContext& context, ReleaseClaimRequest& release) {
         return peers.Release(context.Options(), release);
       },
       /*undo=*/{},
       /*must_happen=*/true}};
  made.finish = [](pg::Transaction& tx, const ProcessContext& context, const ReleaseClaimRequest& release) {
    return Change(tx, context, kReleaseHold, [&](Hold& hold) {
      hold.state = hold.busy == "expire" ? "EXPIRED" : "RELEASED";
      hold.release_reason = release.reason();
      hold.busy.clear();
    });
  };
  made.fail = [](pg::Transaction& tx, const ProcessContext& context, const ReleaseClaimRequest&, const absl::Status&) {
    return Unchanged(tx, context);
  };
  return made;
}

ProcessDefinition<ExtendClaimRequest, v1::Hold> Extending(Peers& peers) {
  ProcessDefinition<ExtendClaimRequest, v1::Hold> made{.kind = kExtendHold};
  made.steps = {{"extend",
                 [&peers](const ProcessContext& context, ExtendClaimRequest& extension) {
                   return peers.Extend(context.Options(), extension);
                 },
                 /*undo=*/{},
                 /*must_happen=*/true}};
  made.finish = [](pg::Transaction& tx, const ProcessContext& context,
                   const ExtendClaimRequest& extension) -> absl::StatusOr<v1::Hold> {
    ASSIGN_OR_RETURN(const Instant until, ToInstant("expire_time", extension.until()));
    return Change(tx, context, kExtendHold, [&](Hold& hold) {
      hold.remind_time += until - hold.expire_time;
      hold.expire_time = until;
      ++hold.extensions;
      hold.busy.clear();
    });
  };
  made.fail = [](pg::Transaction& tx, const ProcessContext& context, const ExtendClaimRequest&, const absl::Status&) {
    return Unchanged(tx, context);
  };
  return made;
}

}  // namespace

absl::StatusOr<Hold> LoadHold(pg::Database& database, const ProcessContext& context, const std::string& hold_id) {
  return database.Run<Hold>(
      {.tenant = context.tenant, .deadline = context.deadline, .read_only = true},
      [&](pg::Transaction& tx) { return HoldStore(tx, WholeTenant(context.tenant)).Find(hold_id); });
}

void DefineHoldProcesses(Processes& processes, Peers& peers, pg::Database& database) {
  processes.Define(Placing(peers, database));
  processes.Define(Releasing(peers, database));
  processes.Define(Extending(peers));
}

OpenClaimRequest ClaimOf(const Hold& hold) {
  OpenClaimRequest claim;
  claim.set_claim_id(hold.deal_id);
  claim.set_room(NameOfRoom(hold.project_id, hold.room_id));
  claim.set_stage(inventory::v1::HELD);
  claim.set_hold_kind(ToProto(hold).kind());
  *claim.mutable_until() = ToProto(hold.expire_time);
  claim.set_document("holds/" + hold.id);
  claim.set_team(hold.team_name);
  claim.set_reason(hold.reason);
  return claim;
}

ReleaseClaimRequest ReleaseOf(const Hold& hold, const std::string& reason) {
  ReleaseClaimRequest release;
  release.set_claim_id(hold.deal_id);
  release.set_room(NameOfRoom(hold.project_id, hold.room_id));
  release.set_reason(reason);
  return release;
}

ExtendClaimRequest ExtensionOf(const Hold& hold, Instant until) {
  ExtendClaimRequest extension;
  extension.set_claim_id(hold.deal_id);
  *extension.mutable_until() = ToProto(until);
  return extension;
}

}  // namespace lintel::sales
