#include "services/telephony/app/record_keeper.h"

#include "lintel/telephony/v1/events.pb.h"
#include "platform/log/log.h"
#include "platform/outbox/outbox.h"
#include "platform/status/status.h"
#include "services/telephony/app/late_callers.h"
#include "services/telephony/store/call_store.h"

namespace lintel::telephony {
namespace {

constexpr auto kWriteLimit = std::chrono::milliseconds(1500);
constexpr auto kCatchUpEvery = std::chrono::milliseconds(1000);

v1::CallRecorded EventOf(const v1::PhoneCall& call) {
  v1::CallRecorded event;
  event.set_call(call.name());
  event.set_customer(call.customer());
  event.set_operator_(call.operator_());
  event.set_queue(call.queue());
  *event.mutable_start_time() = call.start_time();
  event.set_wait_ms(call.wait_ms());
  event.set_talk_ms(call.talk_ms());
  event.set_outcome(call.has_answer_time() ? "answered" : call.queue().empty() ? "flow" : "abandoned");
  event.set_recorded(call.recorded());
  return event;
}

// What PostgreSQL refuses for good must not stop the queue behind it.
bool IsLasting(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInvalidArgument || status.code() == absl::StatusCode::kFailedPrecondition;
}

}  // namespace

RecordKeeper::RecordKeeper(pg::Database& app, Spool& spool, Clock clock, Metrics& metrics)
    : app_(app),
      spool_(spool),
      clock_(std::move(clock)),
      spooled_bytes_(
          metrics.Gauge("lintel_telephony_spooled_bytes", "Records that wait on local disk for PostgreSQL")) {}

absl::Status RecordKeeper::Keep(const v1::SpooledRecord& record) {
  {
    const std::lock_guard lock(order_);
    if (spool_.bytes() == 0) {
      const absl::Status written = Write(record);
      if (written.ok() || IsLasting(written)) return written;
      log::Warn("a record goes to the spool", {{"why", std::string(written.message())}});
    }
    RETURN_IF_ERROR(spool_.Append(record.SerializeAsString()));
  }
  spooled_bytes_.Set(static_cast<double>(spool_.bytes()));
  return absl::OkStatus();
}

absl::Status RecordKeeper::Write(const v1::SpooledRecord& record) {
  const pg::RunOptions options{.tenant = record.tenant_id(),
                               .deadline = std::chrono::steady_clock::now() + kWriteLimit};
  const Scope scope{.reach = Scope::Reach::kTenant, .tenant = record.tenant_id(), .all_projects = true};
  return app_.Execute(options, [&](pg::Transaction& tx) -> absl::Status {
    CallStore store(tx, scope);
    if (record.has_agent_period()) {
      store.Insert(record.agent_period());
    } else if (store.Insert(record.call())) {
      const Cause cause{
          .tenant = record.tenant_id(), .actor = "services/telephony", .action = "calls.end", .now = clock_()};
      const v1::CallRecorded event = EventOf(record.call());
      Outbox(tx, cause).Append(event, event.call(), 1, {});
      if (record.caller_unasked()) LateCallers::Schedule(tx, cause, event);
    }
    return absl::OkStatus();
  });
}

absl::StatusOr<int> RecordKeeper::CatchUp() {
  const std::lock_guard lock(order_);
  if (spool_.bytes() == 0) return 0;
  ASSIGN_OR_RETURN(const Spool::Content content, spool_.Read());
  for (const std::string& bytes : content.records) {
    v1::SpooledRecord record;
    if (!record.ParseFromString(bytes)) continue;
    const absl::Status written = Write(record);
    if (IsLasting(written))
      log::Error("a spooled record is refused for good", {{"why", std::string(written.message())}});
    else
      RETURN_IF_ERROR(written);
  }
  RETURN_IF_ERROR(spool_.Drop(content.bytes));
  spooled_bytes_.Set(static_cast<double>(spool_.bytes()));
  log::Info("the spool was caught up", {{"records", std::to_string(content.records.size())}});
  return static_cast<int>(content.records.size());
}

void RecordKeeper::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void RecordKeeper::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RecordKeeper::Loop() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kCatchUpEvery, [this] { return stopping_; })) {
    lock.unlock();
    (void)CatchUp();  // Still away: the next second tries again.
    lock.lock();
  }
}

}  // namespace lintel::telephony
