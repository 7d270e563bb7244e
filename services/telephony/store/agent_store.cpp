#include "services/telephony/store/agent_store.h"

#include "platform/status/status.h"
#include "platform/wire/values.h"

namespace lintel::telephony {

const char kSelectAgents[] = R"sql(
  SELECT id, operator_id, display_name, array_to_string(queues, ',') AS queues, version, tenant_id
    FROM agents WHERE tenant_id = $1::bigint)sql";

namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO agents (tenant_id, id, operator_id, display_name, queues)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5::uuid[]) ON CONFLICT DO NOTHING RETURNING 1)sql";
#define AGENT_COLUMNS "id, operator_id, display_name, array_to_string(queues, ','), version, tenant_id"
constexpr char kFind[] = "SELECT " AGENT_COLUMNS " FROM agents WHERE tenant_id = $1 AND id = $2::uuid";
constexpr char kFindByOperator[] =
    "SELECT " AGENT_COLUMNS " FROM agents WHERE tenant_id = $1 AND operator_id = $2::uuid";
constexpr char kSave[] = R"sql(
  UPDATE agents SET display_name = $3, queues = $4::uuid[], version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid AND version = $5 RETURNING version)sql";
constexpr char kSaveSession[] = R"sql(
  INSERT INTO agent_sessions (tenant_id, agent_id, account, domain, ha1, expire_time)
  VALUES ($1, $2::uuid, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, agent_id) DO UPDATE SET account = excluded.account, domain = excluded.domain,
    ha1 = excluded.ha1, expire_time = excluded.expire_time)sql";
constexpr char kEndSession[] = R"sql(
  DELETE FROM agent_sessions WHERE tenant_id = $1 AND agent_id = $2::uuid RETURNING account)sql";
constexpr char kPeriods[] = R"sql(
  SELECT state, reason, start_time FROM agent_periods WHERE tenant_id = $1 AND agent_id = $2::uuid
   ORDER BY start_time DESC LIMIT $3)sql";

}  // namespace

AgentRecord ToAgent(const pqxx::row& row) {
  const std::string queues = row[3].as<std::string>("");
  return {
      .id = row[0].as<std::string>(),
      .operator_id = row[1].as<std::string>(),
      .display_name = row[2].as<std::string>(),
      .queue_ids = queues.empty() ? std::vector<std::string>{} : std::vector<std::string>(absl::StrSplit(queues, ',')),
      .version = row[4].as<int64_t>(),
      .tenant = row[5].as<int64_t>()};
}

absl::Status AgentStore::Insert(const AgentRecord& agent) {
  const auto rows =
      tx_.Query(kInsert, scope_.tenant, agent.id, agent.operator_id, agent.display_name, pg::ArrayOf(agent.queue_ids));
  if (!rows.empty()) return absl::OkStatus();
  return WithReason(absl::StatusCode::kAlreadyExists, "AGENT_EXISTS", "the operator is an agent");
}

absl::StatusOr<AgentRecord> AgentStore::Find(const std::string& id) {
  const auto rows = tx_.Query(kFind, scope_.tenant, id);
  if (rows.empty()) return Missing("agent", id);
  return ToAgent(rows.front());
}

absl::StatusOr<AgentRecord> AgentStore::FindByOperator(const std::string& operator_id) {
  const auto rows = tx_.Query(kFindByOperator, scope_.tenant, operator_id);
  if (rows.empty()) return Refused("NO_AGENT", "the operator is no agent");
  return ToAgent(rows.front());
}

absl::Status AgentStore::Save(AgentRecord& agent) {
  const auto rows =
      tx_.Query(kSave, scope_.tenant, agent.id, agent.display_name, pg::ArrayOf(agent.queue_ids), agent.version);
  if (rows.empty()) return StaleEtag("agent");
  agent.version = rows[0][0].as<int64_t>();
  return absl::OkStatus();
}

void AgentStore::Save(const AgentSession& session) {
  tx_.Query(kSaveSession, scope_.tenant, session.agent_id, session.account, session.domain, session.ha1,
            session.expire_time);
}

std::string AgentStore::EndSession(const std::string& agent_id) {
  const auto rows = tx_.Query(kEndSession, scope_.tenant, agent_id);
  return rows.empty() ? "" : rows[0][0].as<std::string>();
}

std::vector<v1::AgentPeriod> AgentStore::Periods(const std::string& agent_id, int limit) {
  std::vector<v1::AgentPeriod> periods;
  for (const auto& row : tx_.Query(kPeriods, scope_.tenant, agent_id, limit)) {
    v1::AgentPeriod& period = periods.emplace_back();
    period.set_state(static_cast<v1::AgentState>(row[0].as<int>()));
    period.set_reason(row[1].as<std::string>());
    *period.mutable_start_time() = ToProto(pg::ToInstant(row[2]));
  }
  return periods;
}

}  // namespace lintel::telephony
