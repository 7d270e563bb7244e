// Work over several services (DESIGN 3.2): a row with a lease, and steps that are each one idempotent RPC outside of
// any transaction with a named undo. Whoever holds the lease - the handler that started it, or the sweeper after a
// crash - runs the same code; every stored step renews the lease by its version, and who lost it stops.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "platform/command/command.h"
#include "platform/metrics/metrics.h"
#include "platform/status/status.h"

namespace lintel {

// What a step sees of its process.
struct ProcessContext {
  int64_t tenant = 0;
  std::string document_id;
  std::string actor;
  std::chrono::steady_clock::time_point deadline;  // Of this step; the lease outlives it.
  Instant now;

  // For the step's RPC. The document id makes it idempotent, so it is the request id too.
  CallOptions Options() const {
    return {.deadline = deadline, .tenant = tenant, .actor = actor, .request_id = document_id};
  }
  Cause CauseOf(const std::string& action) const {
    return {.tenant = tenant, .actor = actor, .action = action, .request_id = document_id, .now = now};
  }
};

// A process kind with its data (a protobuf message that steps may add to) and the message its handler answers.
template <class Data, class Reply>
struct ProcessDefinition {
  struct Step {
    std::string name;
    // UNAVAILABLE, DEADLINE_EXCEEDED, ABORTED, RESOURCE_EXHAUSTED, INTERNAL and UNKNOWN are tried a few times; then,
    // and at once for any other failure, the process is undone, this step first: it may have arrived.
    std::function<absl::Status(const ProcessContext&, Data&)> forward;
    // Harmless when forward never arrived, and shuts the door for one that arrives late. Empty: nothing to undo. What
    // may pass is tried until it succeeds; any other failure leaves the process stuck, a task for a person.
    std::function<absl::Status(const ProcessContext&, const Data&)> undo;
    // It cannot be taken back once it may have arrived: what may pass is tried until it succeeds.
    bool must_happen = false;
  };
  std::string kind;
  std::vector<Step> steps;
  // In the transaction that ends the process: the document becomes active, and is answered as it is now.
  std::function<absl::StatusOr<Reply>(pg::Transaction&, const ProcessContext&, const Data&)> finish;
  // The same after everything was undone: the document has failed for `why`.
  std::function<absl::Status(pg::Transaction&, const ProcessContext&, const Data&, const absl::Status& why)> fail;
};

// What the first transaction of a process leaves behind.
template <class Data>
struct ProcessStart {
  std::string document_id;  // Of the pending document it wrote.
  Data data;
};

class Processes {
 public:
  // `job` for finding abandoned processes; everything else runs as `commands`' role. All must outlive this.
  Processes(Commands& commands, pg::Database& job, Metrics& metrics);
  ~Processes();

  // Before anything runs.
  template <class Data, class Reply>
  void Define(ProcessDefinition<Data, Reply> definition);

  // A mutating call that is a process: `create` writes the pending document in the first transaction, the steps run,
  // and the answer is what `finish` made, or why everything was undone. A replay of the request waits for the running
  // process (ABORTED IN_PROGRESS when the deadline comes first) and gets the first answer. After a failure the request
  // is forgotten: sent again it is judged anew. ABORTED DOCUMENT_BUSY: a process of this kind still works on the
  // document.
  template <class Reply, class Data, class Request>
  absl::StatusOr<Reply> Run(const Call& call, const Request& request, const std::string& kind,
                            const std::function<absl::StatusOr<ProcessStart<Data>>(pg::Transaction&)>& create);

  // Begins one inside a transaction of a job or a consumer; the sweeper runs it.
  absl::Status Begin(pg::Transaction& tx, const std::string& kind, const std::string& document_id,
                     const google::protobuf::Message& data, const std::string& actor);

  // The sweeper's thread: finishes what was abandoned.
  void Start();
  void Stop();
  // Runs one abandoned process until it ends or must wait; false when there is none. For the thread and for tests.
  absl::StatusOr<bool> SweepOne();

  // Called with "before_rpc", "after_rpc" and "after_commit" at each step: the kill tests count where they hit.
  void OnPlace(std::function<void(const std::string& place, const std::string& kind, const std::string& step)> hook) {
    on_place_ = std::move(hook);
  }

 private:
  struct Step {
    std::string name;
    std::function<absl::Status(const ProcessContext&, std::string&)> forward;
    std::function<absl::Status(const ProcessContext&, const std::string&)> undo;
    bool must_happen = false;
  };
  struct Untyped {
    std::string kind;
    std::vector<Step> steps;
    std::function<absl::StatusOr<std::string>(pg::Transaction&, const ProcessContext&, const std::string&)> finish;
    std::function<absl::Status(pg::Transaction&, const ProcessContext&, const std::string&, const absl::Status&)> fail;
  };
  // A row of the table, as the holder of its lease knows it.
  struct Row {
    int64_t tenant = 0;
    std::string kind;
    std::string document_id;
    std::string request_key;  // "actor\nmethod\nrequest id"
    std::string step;
    std::string direction = "forward";
    int attempt = 0;
    std::string data;   // Of the steps; once done, the answer.
    std::string error;  // google.rpc.Status: why it is being undone.
    int64_t lease_version = 0;
  };
  using SteadyTime = std::chrono::steady_clock::time_point;

  static constexpr int kLeaseMs = 10'000;  // Longer than a step's deadline and its commit.

  absl::Status Insert(pg::Transaction& tx, Row& row, int lease_ms);
  // Runs steps until the process ends, must wait, or `deadline` comes; row.direction tells which.
  absl::Status Drive(Row& row, SteadyTime deadline);
  absl::Status StepForward(const Untyped& definition, Row& row, SteadyTime deadline);
  absl::Status StepBack(const Untyped& definition, Row& row, SteadyTime deadline);
  absl::Status Save(Row& row, int lease_ms);
  absl::Status Write(pg::Transaction& tx, Row& row, int lease_ms);
  absl::Status Finish(const Untyped& definition, Row& row);
  absl::Status Fail(const Untyped& definition, Row& row);
  // The bytes of the answer, once the process has ended or is bound to fail; `first` when it is long forgotten.
  absl::StatusOr<std::string> Await(const Call& call, Row row, const std::string& first);
  absl::StatusOr<std::optional<Row>> Claim();
  ProcessContext ContextOf(const Row& row, SteadyTime deadline) const;
  const Untyped& DefinitionOf(const Row& row) const;
  void Place(const std::string& place, const Row& row) const;
  void Loop();
  static Row ToRow(const pqxx::row& row);
  static std::string RequestKey(const Call& call, const std::string& request_id);

  Commands& commands_;
  pg::Database& job_;
  prometheus::Counter& stuck_;
  std::map<std::string, Untyped> definitions_;
  std::function<void(const std::string&, const std::string&, const std::string&)> on_place_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace lintel

#include "platform/process/process_inl.h"
