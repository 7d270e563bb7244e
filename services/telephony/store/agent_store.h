// Agents, their accounts and the history of their states.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "lintel/telephony/v1/store.pb.h"
#include "platform/auth/principal.h"
#include "platform/pg/transaction.h"
#include "services/telephony/domain/records.h"

namespace lintel::telephony {

class AgentStore {
 public:
  AgentStore(pg::Transaction& tx, const Scope& scope) : tx_(tx), scope_(scope) {}

  // ALREADY_EXISTS AGENT_EXISTS.
  absl::Status Insert(const AgentRecord& agent);
  absl::StatusOr<AgentRecord> Find(const std::string& id);
  // FAILED_PRECONDITION NO_AGENT for an operator who is none.
  absl::StatusOr<AgentRecord> FindByOperator(const std::string& operator_id);
  // ABORTED STALE_ETAG unless `agent.version` is what is there; it grows.
  absl::Status Save(AgentRecord& agent);

  // Replaces the agent's session.
  void Save(const AgentSession& session);
  // The account that ended, or empty when there was none.
  std::string EndSession(const std::string& agent_id);

  std::vector<v1::AgentPeriod> Periods(const std::string& agent_id, int limit);

 private:
  pg::Transaction& tx_;
  const Scope& scope_;
};

extern const char kSelectAgents[];
AgentRecord ToAgent(const pqxx::row& row);

}  // namespace lintel::telephony
