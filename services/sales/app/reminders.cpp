#include "services/sales/app/reminders.h"

#include "platform/jobs/jobs.h"
#include "platform/log/log.h"
#include "platform/status/status.h"
#include "services/sales/api/convert.h"
#include "services/sales/app/hold_processes.h"
#include "services/sales/store/deal_store.h"
#include "services/sales/store/hold_store.h"
#include "services/sales/store/people_store.h"

namespace lintel::sales {
namespace {

constexpr char kRemindHold[] = "hold.remind";
constexpr char kExpireHold[] = "hold.expire";
constexpr char kRemindSign[] = "subscription.remind";
constexpr char kActor[] = "services/sales";
constexpr int kNoticeTries = 5;  // An inbox that is away does not keep the reminder itself back for ever.

Job JobFor(pg::Transaction& tx, const char* kind, const std::string& id, Instant run_at) {
  return {.tenant = tx.tenant(), .kind = kind, .key = id, .run_at = run_at, .actor = kActor};
}

template <class Deal>
v1::ReminderDue ReminderEvent(const Deal& deal, const std::string& document, const std::string& kind, Instant due) {
  v1::ReminderDue event;
  event.set_document(document);
  event.set_kind(kind);
  event.set_project("projects/" + deal.project_id);
  event.set_room(NameOfRoom(deal.project_id, deal.room_id));
  if (!deal.consultant_id.empty()) event.set_consultant("consultants/" + deal.consultant_id);
  event.set_operator_name(deal.operator_name);
  event.set_team(deal.team);
  *event.mutable_due_time() = ToProto(due);
  return event;
}

v1::ReminderDue HoldReminder(const Hold& hold, const std::string& kind) {
  return ReminderEvent(hold, "holds/" + hold.id, kind, hold.expire_time);
}

absl::StatusOr<std::string> Nothing(pg::Transaction&) { return ""; }

}  // namespace

void ScheduleHoldJobs(pg::Transaction& tx, const Hold& hold, Instant now) {
  Jobs jobs(tx, now);
  jobs.Reschedule(JobFor(tx, kRemindHold, hold.id, hold.remind_time));
  jobs.Reschedule(JobFor(tx, kExpireHold, hold.id, hold.expire_time));
}

void CancelHoldJobs(pg::Transaction& tx, const Hold& hold, Instant now) {
  Jobs jobs(tx, now);
  jobs.Cancel(tx.tenant(), kRemindHold, hold.id);
  jobs.Cancel(tx.tenant(), kExpireHold, hold.id);
}

void ScheduleSignReminder(pg::Transaction& tx, const Subscription& subscription, Instant now) {
  Jobs(tx, now).Reschedule(JobFor(tx, kRemindSign, subscription.id, subscription.remind_time));
}

void CancelSignReminder(pg::Transaction& tx, const Subscription& subscription, Instant now) {
  Jobs(tx, now).Cancel(tx.tenant(), kRemindSign, subscription.id);
}

void Reminders::Register(JobRunner& jobs) {
  jobs.Handle(kRemindHold, [this](JobRun& run) { return RemindOfHold(run); });
  jobs.Handle(kRemindSign, [this](JobRun& run) { return RemindToSign(run); });
  jobs.Handle(kExpireHold, [this](JobRun& run) { return ExpireHold(run); });
}

absl::Status Reminders::Notify(JobRun& run, const std::string& operator_name, const std::string& subject,
                               const std::string& kind, const std::string& room_label, const std::string& zh,
                               const std::string& en) {
  if (operator_name.rfind("operators/", 0) != 0) return absl::OkStatus();
  identity::v1::SendNoticeRequest request;
  request.set_key(kind + ":" + subject + ":" + ToRfc3339(run.job().run_at));
  request.add_operators(operator_name);
  request.set_kind(kind);
  request.set_title_zh(room_label + " " + zh);
  request.set_title_en(room_label + ": " + en);
  request.set_subject(subject);
  const absl::Status sent = peers_.SendNotice(
      {.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5), .tenant = run.job().tenant}, request);
  if (absl::IsUnavailable(sent) && run.job().attempts < kNoticeTries) return sent;
  if (!sent.ok()) log::Warn("reminder without notice", {{"subject", subject}, {"error", std::string(sent.message())}});
  return absl::OkStatus();
}

absl::Status Reminders::RemindOfHold(JobRun& run) {
  const int64_t tenant = run.job().tenant;
  bool silent = false;
  ASSIGN_OR_RETURN(const Hold hold,
                   database_.Run<Hold>({.tenant = tenant, .read_only = true}, [&](pg::Transaction& tx) {
                     const auto found = HoldStore(tx, WholeTenant(tenant)).Find(run.job().key);
                     if (found.ok()) silent = PolicyStore(tx, tenant).Find(found->project_id).alerts_off;
                     return found;
                   }));
  if (hold.state != "ACTIVE" || silent) return run.Complete(Nothing);
  RETURN_IF_ERROR(Notify(run, hold.operator_name, "holds/" + hold.id, "hold.expiring", hold.room_label,
                         "的保留即将到期", "the hold is about to expire"));
  return run.Complete([&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
    HoldStore(tx, WholeTenant(tenant)).MarkReminded(hold.id);
    Outbox(tx, run.CauseNow()).Append(HoldReminder(hold, "HOLD_EXPIRES"), "holds/" + hold.id, hold.version, {});
    return "";
  });
}

absl::Status Reminders::RemindToSign(JobRun& run) {
  const int64_t tenant = run.job().tenant;
  bool silent = false;
  ASSIGN_OR_RETURN(const Subscription subscription,
                   database_.Run<Subscription>({.tenant = tenant, .read_only = true}, [&](pg::Transaction& tx) {
                     const auto found = SubscriptionStore(tx, WholeTenant(tenant)).Find(run.job().key);
                     if (found.ok()) silent = PolicyStore(tx, tenant).Find(found->project_id).alerts_off;
                     return found;
                   }));
  if (subscription.state != "ACTIVE" || silent) return run.Complete(Nothing);
  const std::string name = "subscriptions/" + subscription.id;
  RETURN_IF_ERROR(Notify(run, subscription.operator_name, name, "subscription.sign_by", subscription.room_label,
                         "须尽快签约", "the contract is to be signed"));
  return run.Complete([&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
    SubscriptionStore(tx, WholeTenant(tenant)).MarkReminded(subscription.id);
    Outbox(tx, run.CauseNow())
        .Append(ReminderEvent(subscription, name, "SIGN_BY", subscription.sign_by_time), name, subscription.version,
                {});
    return "";
  });
}

// The hold is locked first, so that an extension or a subscription is either seen here or finds the release begun.
absl::Status Reminders::ExpireHold(JobRun& run) {
  const int64_t tenant = run.job().tenant;
  return run.Complete([&](pg::Transaction& tx) -> absl::StatusOr<std::string> {
    HoldStore holds(tx, WholeTenant(tenant));
    ASSIGN_OR_RETURN(Hold hold, holds.FindForUpdate(run.job().key));
    if (hold.state != "ACTIVE") return "";
    RETURN_IF_ERROR(CheckActive(hold));  // Busy: tried again.
    switch (JudgeExpiry(hold, PolicyStore(tx, tenant).Find(hold.project_id), run.Now())) {
      case Expiry::kNotYet:
        return "";
      case Expiry::kTask:
        Outbox(tx, run.CauseNow()).Append(HoldReminder(hold, "HOLD_EXPIRED"), "holds/" + hold.id, hold.version, {});
        return "";
      case Expiry::kRelease:
        hold.busy = "expire";
        holds.Save(hold, run.Now());
        RETURN_IF_ERROR(processes_.Begin(tx, kReleaseHold, hold.id, ReleaseOf(hold, "expired"), kActor));
        return "";
    }
    return "";
  });
}

}  // namespace lintel::sales
