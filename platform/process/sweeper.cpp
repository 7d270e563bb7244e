// The other half of a process' life: finishing what a crashed or hurried handler left behind.
#include "platform/log/log.h"
#include "platform/process/process.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

constexpr auto kSweepEvery = std::chrono::milliseconds(500);
constexpr auto kSweepPatience = std::chrono::minutes(1);

constexpr char kClaim[] = R"sql(
  UPDATE processes AS p SET lease_version = p.lease_version + 1,
                            lease_until = now() + $1 * interval '1 millisecond'
    FROM (SELECT tenant_id, kind, document_id FROM processes
           WHERE direction IN ('forward', 'undo') AND lease_until < now() AND kind = ANY($2::text[])
           ORDER BY lease_until FOR UPDATE SKIP LOCKED LIMIT 1) AS due
   WHERE (p.tenant_id, p.kind, p.document_id) = (due.tenant_id, due.kind, due.document_id)
  RETURNING p.tenant_id, p.kind, p.document_id, p.request_key, p.step, p.direction, p.attempt, p.data, p.error,
            p.lease_version)sql";

}  // namespace

void Processes::Start() {
  if (!definitions_.empty()) thread_ = std::thread([this] { Loop(); });
}

void Processes::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Processes::Loop() {
  for (;;) {
    bool found = false;
    try {
      const absl::StatusOr<bool> swept = SweepOne();
      found = swept.ok() && *swept;
      if (!swept.ok()) log::Warn("sweeper failed", {{"error", std::string(swept.status().message())}});
    } catch (const std::exception& failure) {
      log::Error("sweeper failed", {{"error", failure.what()}});
    }
    std::unique_lock lock(mutex_);
    if (!found) changed_.wait_for(lock, kSweepEvery, [&] { return stopping_; });
    if (stopping_) return;
  }
}

absl::StatusOr<std::optional<Processes::Row>> Processes::Claim() {
  std::vector<std::string> kinds;
  for (const auto& [kind, definition] : definitions_) kinds.push_back(kind);
  using Found = std::optional<Row>;
  return job_.Run<Found>({}, [&](pg::Transaction& tx) -> absl::StatusOr<Found> {
    const pqxx::result rows = tx.Query(kClaim, kLeaseMs, pg::ArrayOf(kinds));
    return rows.empty() ? Found() : Found(ToRow(rows[0]));
  });
}

absl::StatusOr<bool> Processes::SweepOne() {
  ASSIGN_OR_RETURN(std::optional<Row> row, Claim());
  if (!row) return false;
  // An undo that waits for its peer gets one try per turn.
  RETURN_IF_ERROR(Drive(*row, std::chrono::steady_clock::now() + kSweepPatience));
  log::Info("process swept",
            {{"kind", row->kind}, {"document", row->document_id}, {"step", row->step}, {"direction", row->direction}});
  return true;
}

}  // namespace lintel
