#include "services/sales/app/hand_over.h"

#include "google/protobuf/empty.pb.h"
#include "lintel/sales/v1/store.pb.h"
#include "platform/ids/ids.h"
#include "platform/log/log.h"
#include "platform/status/status.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/notices.h"
#include "services/sales/store/deal_store.h"
#include "services/sales/store/hold_store.h"

namespace lintel::sales {
namespace {

using google::protobuf::Empty;

struct Words {
  const char* zh;
  const char* en;
};
Words WordsFor(const Hold&) { return {"保留", "hold"}; }
Words WordsFor(const Subscription&) { return {"认购", "subscription"}; }

// Each hand-over has a process of its own, so that a later one need not wait for it; their numbers keep the order.
template <class Document>
absl::Status TellInventory(pg::Transaction& tx, const Cause& cause, Processes& processes, const Document& document) {
  v1::ClaimReassignment telling;
  telling.set_claim_id(document.deal_id);
  telling.set_team_name(document.team_name);
  telling.set_hand_over(CountHandOver(tx, cause.tenant, document.deal_id));
  telling.set_team(document.team);
  return processes.Begin(tx, kReassignClaim, NewId(), telling, cause.actor);
}

// Identity was not there to say it.
template <class Document>
bool LacksTeamName(const Document& document) {
  return !document.team.empty() && document.team_name.empty();
}

absl::Status NameTheTeam(Peers& peers, const ProcessContext& context, v1::ClaimReassignment& telling) {
  if (!telling.team_name().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(*telling.mutable_team_name(), peers.AskTeamName(context.Options(), telling.team()));
  return absl::OkStatus();
}

absl::Status Reassign(Peers& peers, const ProcessContext& context, const v1::ClaimReassignment& telling) {
  inventory::v1::ReassignClaimRequest request;
  request.set_claim_id(telling.claim_id());
  request.set_team(telling.team_name());
  request.set_hand_over(telling.hand_over());
  const absl::Status told = peers.Reassign(context.Options(), request);
  // The room was given back meanwhile: there is nobody left to tell of.
  return ReasonOf(told) == "CLAIM_CLOSED" ? absl::OkStatus() : told;
}

template <class Document>
identity::v1::SendNoticeRequest NoticeOf(const Document& document, const Consultant& giver) {
  const Words words = WordsFor(document);
  identity::v1::SendNoticeRequest notice;
  notice.set_subject(NameOf(document));
  notice.set_kind("deal.handed_over");
  notice.set_key(notice.kind() + ":" + notice.subject() + ":" + std::to_string(document.version));
  notice.add_operators(document.operator_name);
  notice.set_title_zh(document.room_label + " 的" + words.zh + "已移交给您");
  notice.set_title_en(document.room_label + ": the " + words.en + " is yours now");
  notice.set_body_zh("原置业顾问：" + giver.display_name);
  notice.set_body_en("Until now " + giver.display_name + " had it.");
  return notice;
}

// Who hands over to themselves knows it.
bool NeedsNotice(const Cause& cause, const std::string& operator_name) {
  return operator_name.starts_with("operators/") && operator_name != cause.actor;
}

template <class Store>
absl::Status HandOverAll(Store store, pg::Transaction& tx, const Cause& cause, Processes& processes,
                         const Consultant& giver, const Seller& successor, std::vector<std::string>& documents) {
  for (const auto& before : store.FindOpenForUpdate(giver.id)) {
    RETURN_IF_ERROR(CheckIdle(before));
    auto after = before;
    GiveTo(successor, after);
    store.SaveOwner(after, cause.now);
    Outbox(tx, cause).Append(ReassignedEvent(after, giver.id), NameOf(after), after.version,
                             {.before = AuditJson(ToProto(before)), .after = AuditJson(ToProto(after))});
    if (after.team_name != before.team_name || LacksTeamName(after)) {
      RETURN_IF_ERROR(TellInventory(tx, cause, processes, after));
    }
    if (NeedsNotice(cause, after.operator_name)) ScheduleNotice(tx, cause, NoticeOf(after, giver));
    documents.push_back(NameOf(after));
  }
  return absl::OkStatus();
}

}  // namespace

void DefineHandOverProcess(Processes& processes, Peers& peers) {
  using Telling = v1::ClaimReassignment;
  ProcessDefinition<Telling, Empty> made{.kind = kReassignClaim};
  made.steps = {
      {"name",
       [&peers](const ProcessContext& context, Telling& telling) { return NameTheTeam(peers, context, telling); },
       /*undo=*/{},
       /*must_happen=*/true},
      {"reassign",
       [&peers](const ProcessContext& context, Telling& telling) { return Reassign(peers, context, telling); },
       /*undo=*/{},
       /*must_happen=*/true}};
  made.finish = [](pg::Transaction& tx, const ProcessContext& context,
                   const Telling& telling) -> absl::StatusOr<Empty> {
    if (!telling.team().empty()) {
      NameTeam(tx, context.tenant, telling.claim_id(), telling.team(), telling.team_name());
    }
    return Empty();
  };
  // The hand-over itself stands.
  made.fail = [](pg::Transaction&, const ProcessContext&, const Telling& telling, const absl::Status& why) {
    log::Error("a room still tells the team its deal was taken from",
               {{"deal", telling.claim_id()}, {"reason", ReasonOf(why)}, {"error", std::string(why.message())}});
    return absl::OkStatus();
  };
  processes.Define(std::move(made));
}

absl::StatusOr<std::vector<std::string>> HandOver(pg::Transaction& tx, const Cause& cause, Processes& processes,
                                                  const Consultant& giver, const Seller& successor) {
  const Scope all = WholeTenant(cause.tenant);
  std::vector<std::string> documents;
  RETURN_IF_ERROR(HandOverAll(HoldStore(tx, all), tx, cause, processes, giver, successor, documents));
  RETURN_IF_ERROR(HandOverAll(SubscriptionStore(tx, all), tx, cause, processes, giver, successor, documents));
  return documents;
}

}  // namespace lintel::sales
