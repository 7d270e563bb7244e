// Queues, voice flows with their versions, trunks and numbers of one tenant.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "platform/auth/principal.h"
#include "platform/list/run.h"
#include "platform/pg/transaction.h"
#include "services/telephony/domain/records.h"

namespace lintel::telephony {

class RoutingStore {
 public:
  RoutingStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // ALREADY_EXISTS NAME_EXISTS for a display name that is taken.
  absl::Status Insert(const QueueRecord& queue);
  absl::StatusOr<QueueRecord> FindQueue(const std::string& id);
  // Conditional on the version read; `queue.version` grows. ABORTED STALE_ETAG.
  absl::Status Save(QueueRecord& queue);

  absl::Status Insert(const FlowRecord& flow);
  absl::StatusOr<FlowRecord> FindFlow(const std::string& id);
  // Locks the flow, gives the version its number and makes it current.
  absl::StatusOr<FlowVersionRecord> Publish(FlowVersionRecord version);
  absl::StatusOr<FlowVersionRecord> FindVersion(const std::string& flow_id, int version);
  std::vector<FlowVersionRecord> Versions(const std::string& flow_id);

  absl::Status Insert(const TrunkRecord& trunk);
  // ALREADY_EXISTS NUMBER_EXISTS, whichever tenant has it.
  absl::Status Insert(const NumberRecord& number);
  absl::StatusOr<NumberRecord> FindNumber(const std::string& id);
  absl::Status Save(const NumberRecord& number);

 private:
  pg::Transaction& tx_;
  const Scope& scope_;
};

// Lists, for platform/list: the select and its row.
extern const char kSelectQueues[];
extern const char kSelectFlows[];
extern const char kSelectTrunks[];
extern const char kSelectNumbers[];
QueueRecord ToQueue(const pqxx::row& row);
FlowRecord ToFlow(const pqxx::row& row);
TrunkRecord ToTrunk(const pqxx::row& row);
NumberRecord ToNumber(const pqxx::row& row);

// All tenants' routes, queues, agents and sessions, as the job role: what calls are answered with.
Snapshot LoadSnapshot(pg::Transaction& tx, Instant wall_now);

}  // namespace lintel::telephony
