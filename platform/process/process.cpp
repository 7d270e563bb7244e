#include "platform/process/process.h"

#include <grpcpp/support/status.h>

#include "google/rpc/status.pb.h"
#include "platform/client/wire_status.h"
#include "platform/log/log.h"
#include "platform/status/status.h"

namespace lintel {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto kStepDeadline = milliseconds(5000);
constexpr auto kCommitTime = milliseconds(300);  // What a handler keeps back of its deadline.
constexpr int kMostAttempts = 3;                 // Of a step, before it is undone or left to the sweeper.
constexpr milliseconds kBackoff[] = {milliseconds(50), milliseconds(200), milliseconds(500)};
constexpr int kAgainMs = 2000;  // What must succeed one day.
constexpr auto kLook = milliseconds(50);

// A finished process of the same document makes room for the next of its kind; a running one does not.
constexpr char kInsert[] = R"sql(
  INSERT INTO processes (tenant_id, kind, document_id, request_key, step, data, lease_until, created_time, updated_time)
  VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 millisecond', $8, $8)
  ON CONFLICT (tenant_id, kind, document_id) DO UPDATE
     SET request_key = excluded.request_key, step = excluded.step, direction = 'forward', attempt = 0,
         data = excluded.data, error = '', lease_version = processes.lease_version + 1,
         lease_until = excluded.lease_until, created_time = excluded.created_time, updated_time = excluded.updated_time
   WHERE processes.direction IN ('done', 'undone')
  RETURNING lease_version)sql";

constexpr char kSave[] = R"sql(
  UPDATE processes SET step = $5, direction = $6, attempt = $7, data = $8, error = $9,
                       lease_version = lease_version + 1, lease_until = now() + $10 * interval '1 millisecond',
                       updated_time = $11
   WHERE tenant_id = $1 AND kind = $2 AND document_id = $3 AND lease_version = $4 AND direction IN ('forward', 'undo')
  RETURNING lease_version)sql";

constexpr char kAnswer[] = R"sql(
  UPDATE requests SET reply = $5 WHERE tenant_id = $1 AND actor = $2 AND method = $3 AND request_id = $4)sql";
constexpr char kForget[] = R"sql(
  DELETE FROM requests WHERE tenant_id = $1 AND actor = $2 AND method = $3 AND request_id = $4)sql";

#define PROCESS_COLUMNS \
  "tenant_id, kind, document_id, request_key, step, direction, attempt, data, error, lease_version"

constexpr char kLoad[] =
    "SELECT " PROCESS_COLUMNS " FROM processes WHERE tenant_id = $1 AND kind = $2 AND document_id = $3";
constexpr char kLoadByRequest[] =
    "SELECT " PROCESS_COLUMNS " FROM processes WHERE tenant_id = $1 AND kind = $2 AND request_key = $3";

std::string ToBytes(const absl::Status& status) {
  return ToGrpc(status, std::string(status.message()), "en").error_details();
}

absl::Status FromBytes(const std::string& bytes) {
  google::rpc::Status stored;
  stored.ParseFromString(bytes);
  return FromGrpc(grpc::Status(static_cast<grpc::StatusCode>(stored.code()), stored.message(), bytes));
}

absl::Status LeaseLost() { return absl::AbortedError("the process is run by somebody else"); }

struct RequestParts {
  std::string actor;
  std::string method;
  std::string request_id;
};
RequestParts Split(const std::string& request_key) {
  const std::vector<std::string> parts = absl::StrSplit(request_key, '\n');
  return {parts[0], parts.size() > 1 ? parts[1] : "", parts.size() > 2 ? parts[2] : ""};
}

}  // namespace

Processes::Processes(Commands& commands, pg::Database& job, Metrics& metrics)
    : commands_(commands),
      job_(job),
      stuck_(metrics.Counter("lintel_processes_stuck_total", "Processes whose undo was refused: a task for a person")) {
}

Processes::~Processes() { Stop(); }

std::string Processes::RequestKey(const Call& call, const std::string& request_id) {
  return call.principal().Actor() + "\n" + call.method() + "\n" + request_id;
}

Processes::Row Processes::ToRow(const pqxx::row& row) {
  return {.tenant = row[0].as<int64_t>(),
          .kind = row[1].as<std::string>(),
          .document_id = row[2].as<std::string>(),
          .request_key = row[3].as<std::string>(),
          .step = row[4].as<std::string>(),
          .direction = row[5].as<std::string>(),
          .attempt = row[6].as<int>(),
          .data = pg::ToBytes(row[7]),
          .error = pg::ToBytes(row[8]),
          .lease_version = row[9].as<int64_t>()};
}

ProcessContext Processes::ContextOf(const Row& row, SteadyTime deadline) const {
  return {.tenant = row.tenant,
          .document_id = row.document_id,
          .actor = Split(row.request_key).actor,
          .deadline = std::min(deadline, SteadyClock::now() + kStepDeadline),
          .now = commands_.Now()};
}

const Processes::Untyped& Processes::DefinitionOf(const Row& row) const { return definitions_.at(row.kind); }

void Processes::Place(const std::string& place, const Row& row) const {
  if (on_place_) on_place_(place, row.kind, row.step);
}

absl::Status Processes::Insert(pg::Transaction& tx, Row& row, int lease_ms) {
  row.step = DefinitionOf(row).steps.front().name;
  const pqxx::result inserted = tx.Query(kInsert, row.tenant, row.kind, row.document_id, row.request_key, row.step,
                                         pg::Bytes(row.data), lease_ms, commands_.Now());
  if (inserted.empty()) {
    return WithReason(absl::StatusCode::kAborted, "DOCUMENT_BUSY", "another change of this document is still running");
  }
  row.lease_version = inserted[0][0].as<int64_t>();
  return absl::OkStatus();
}

absl::Status Processes::Begin(pg::Transaction& tx, const std::string& kind, const std::string& document_id,
                              const google::protobuf::Message& data, const std::string& actor) {
  Row row{.tenant = tx.tenant(),
          .kind = kind,
          .document_id = document_id,
          .request_key = actor + "\n\n",
          .data = data.SerializeAsString()};
  return Insert(tx, row, /*lease_ms=*/0);
}

absl::Status Processes::Write(pg::Transaction& tx, Row& row, int lease_ms) {
  const pqxx::result saved =
      tx.Query(kSave, row.tenant, row.kind, row.document_id, row.lease_version, row.step, row.direction, row.attempt,
               pg::Bytes(row.data), pg::Bytes(row.error), lease_ms, commands_.Now());
  return saved.empty() ? LeaseLost() : absl::OkStatus();
}

absl::Status Processes::Save(Row& row, int lease_ms) {
  RETURN_IF_ERROR(commands_.database().Execute({.tenant = row.tenant},
                                               [&](pg::Transaction& tx) { return Write(tx, row, lease_ms); }));
  ++row.lease_version;
  Place("after_commit", row);
  return absl::OkStatus();
}

absl::Status Processes::Drive(Row& row, SteadyTime deadline) {
  const Untyped& definition = DefinitionOf(row);
  while (row.direction == "forward" || row.direction == "undo") {
    if (SteadyClock::now() + kCommitTime > deadline) return Save(row, /*lease_ms=*/0);  // The sweeper goes on at once.
    const bool forward = row.direction == "forward";
    const absl::Status status = forward ? StepForward(definition, row, deadline) : StepBack(definition, row, deadline);
    if (status.code() == absl::StatusCode::kAborted) {
      row.direction = "forward";  // Whoever holds the lease goes on; what we believed last may not be so.
      return absl::OkStatus();
    }
    RETURN_IF_ERROR(status);
    if (row.attempt >= kMostAttempts) return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status Processes::StepForward(const Untyped& definition, Row& row, SteadyTime deadline) {
  const auto step = std::find_if(definition.steps.begin(), definition.steps.end(),
                                 [&](const Step& candidate) { return candidate.name == row.step; });
  if (step == definition.steps.end()) return absl::InternalError(row.kind + " knows no step " + row.step);
  Place("before_rpc", row);
  const absl::Status status = step->forward(ContextOf(row, deadline - kCommitTime), row.data);
  Place("after_rpc", row);
  if (status.ok()) {
    row.attempt = 0;
    if (std::next(step) == definition.steps.end()) return Finish(definition, row);
    row.step = std::next(step)->name;
    return Save(row, kLeaseMs);
  }
  if (MayPass(status)) {
    const bool leave = ++row.attempt >= kMostAttempts;
    if (!leave || step->must_happen) {
      RETURN_IF_ERROR(Save(row, leave ? kAgainMs : kLeaseMs));
      if (!leave) std::this_thread::sleep_for(kBackoff[row.attempt - 1]);
      return absl::OkStatus();
    }
  }
  row.direction = "undo";
  row.attempt = 0;
  row.error = ToBytes(status);
  return Save(row, kLeaseMs);
}

absl::Status Processes::StepBack(const Untyped& definition, Row& row, SteadyTime deadline) {
  const auto step = std::find_if(definition.steps.begin(), definition.steps.end(),
                                 [&](const Step& candidate) { return candidate.name == row.step; });
  if (step == definition.steps.end()) return absl::InternalError(row.kind + " knows no step " + row.step);
  Place("before_rpc", row);
  const absl::Status status = step->undo(ContextOf(row, deadline - kCommitTime), row.data);
  Place("after_rpc", row);
  if (status.ok()) {
    row.attempt = 0;
    if (step == definition.steps.begin()) return Fail(definition, row);
    row.step = std::prev(step)->name;
    return Save(row, kLeaseMs);
  }
  if (MayPass(status)) {
    const bool leave = ++row.attempt >= kMostAttempts;
    RETURN_IF_ERROR(Save(row, leave ? kAgainMs : kLeaseMs));
    if (!leave) std::this_thread::sleep_for(kBackoff[row.attempt - 1]);
    return absl::OkStatus();
  }
  stuck_.Increment();
  log::Error("process is stuck and needs a person", {{"kind", row.kind},
                                                     {"document", row.document_id},
                                                     {"step", row.step},
                                                     {"reason", ReasonOf(status)},
                                                     {"error", std::string(status.message())}});
  row.direction = "stuck";
  return Save(row, 0);
}

absl::Status Processes::Finish(const Untyped& definition, Row& row) {
  const RequestParts request = Split(row.request_key);
  const Row before = row;
  row.direction = "done";
  const absl::Status done =
      commands_.database().Execute({.tenant = row.tenant}, [&](pg::Transaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(row.data, definition.finish(tx, ContextOf(row, SteadyTime::max()), before.data));
        if (!request.request_id.empty()) {
          tx.Query(kAnswer, row.tenant, request.actor, request.method, request.request_id, pg::Bytes(row.data));
        }
        return Write(tx, row, 0);
      });
  if (!done.ok()) row = before;
  // A refusal of `finish` itself: what the steps did is undone.
  if (!done.ok() && !MayPass(done)) {
    row.direction = "undo";
    row.error = ToBytes(done);
    return Save(row, kLeaseMs);
  }
  if (done.ok()) Place("after_commit", row);
  return done;
}

absl::Status Processes::Fail(const Untyped& definition, Row& row) {
  const RequestParts request = Split(row.request_key);
  row.direction = "undone";
  const absl::Status undone =
      commands_.database().Execute({.tenant = row.tenant}, [&](pg::Transaction& tx) -> absl::Status {
        RETURN_IF_ERROR(definition.fail(tx, ContextOf(row, SteadyTime::max()), row.data, FromBytes(row.error)));
        if (!request.request_id.empty()) {
          tx.Query(kForget, row.tenant, request.actor, request.method, request.request_id);
        }
        return Write(tx, row, 0);
      });
  if (!undone.ok()) row.direction = "undo";
  return undone;
}

absl::StatusOr<std::string> Processes::Await(const Call& call, Row row, const std::string& first) {
  for (;;) {
    if (row.direction == "done") return row.data;
    if (row.direction != "forward") return FromBytes(row.error);
    if (SteadyClock::now() + kLook + kCommitTime > call.deadline() || call.cancelled()) {
      return WithReason(absl::StatusCode::kAborted, "IN_PROGRESS", "the same request is still being worked on");
    }
    if (!row.step.empty()) std::this_thread::sleep_for(kLook);
    const bool by_request = row.document_id.empty();
    bool known = false;
    RETURN_IF_ERROR(commands_.database().Execute(call.ReadOnly(), [&](pg::Transaction& tx) {
      const pqxx::result rows = by_request ? tx.Query(kLoadByRequest, row.tenant, row.kind, row.request_key)
                                           : tx.Query(kLoad, row.tenant, row.kind, row.document_id);
      known = !rows.empty();
      if (known) row = ToRow(rows[0]);
      return absl::OkStatus();
    }));
    // The document has been through another process of this kind since: the remembered answer is the first one's.
    if (!known) return first;
  }
}

}  // namespace lintel
