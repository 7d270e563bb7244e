// Agents, sign-on and states (proto/lintel/telephony/v1/agents.proto).
#pragma once

#include "lintel/telephony/v1/agents.pb.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/telephony/app/exchange.h"
#include "services/telephony/app/registrar.h"

namespace lintel::telephony {

class AgentsApi {
 public:
  struct Parts {
    lintel::Commands& commands;
    Exchange& exchange;
    Catalogue& catalogue;
    Registrar& registrar;
    std::string sip_domain;
    std::chrono::milliseconds session_lifetime;
    Clock wall_clock;
  };
  explicit AgentsApi(Parts parts) : parts_(std::move(parts)) {}
  void Register(Server& server);

  absl::StatusOr<v1::Agent> CreateAgent(const Call& call, const v1::CreateAgentRequest& request);
  absl::StatusOr<v1::Agent> UpdateAgent(const Call& call, const v1::UpdateAgentRequest& request);
  absl::StatusOr<v1::Agent> GetAgent(const Call& call, const v1::GetAgentRequest& request);
  absl::StatusOr<v1::ListAgentsResponse> ListAgents(const Call& call, const v1::ListAgentsRequest& request);
  absl::StatusOr<v1::SignOnResponse> SignOn(const Call& call, const v1::SignOnRequest& request);
  absl::StatusOr<v1::Agent> SignOff(const Call& call, const v1::SignOffRequest& request);
  absl::StatusOr<v1::Agent> SetState(const Call& call, const v1::SetStateRequest& request);
  absl::StatusOr<v1::ListAgentHistoryResponse> ListAgentHistory(const Call& call,
                                                                const v1::ListAgentHistoryRequest& request);

 private:
  v1::Agent Describe(const AgentRecord& agent) const;
  // The agent `name` speaks of, `agents/me` being the caller's own. PERMISSION_DENIED RIGHT_MISSING for somebody else's
  // without agent.supervise.
  absl::StatusOr<AgentRecord> Load(const Call& call, pg::Transaction& tx, const std::string& name) const;
  // The same from memory, so that agents can work while PostgreSQL is away.
  absl::StatusOr<AgentRecord> Known(const Call& call, const std::string& name) const;

  const Parts parts_;
};

}  // namespace lintel::telephony
