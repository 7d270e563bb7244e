#include "services/telephony/store/routing_store.h"

#include "platform/status/status.h"

namespace lintel::telephony {

const char kSelectQueues[] = R"sql(
  SELECT id, display_name, ring_limit_ms, max_wait_ms, wrap_up_ms, max_waiting, version, tenant_id FROM queues WHERE tenant_id = $1::bigint)sql";
const char kSelectFlows[] = "SELECT id, display_name, current_version FROM voice_flows WHERE tenant_id = $1::bigint";
const char kSelectTrunks[] = "SELECT id, display_name, address, tenant_id FROM trunks WHERE tenant_id = $1::bigint";
const char kSelectNumbers[] = "SELECT id, number, flow_id, language, record FROM numbers WHERE tenant_id = $1::bigint";

namespace {

constexpr char kInsertQueue[] = R"sql(
  INSERT INTO queues (tenant_id, id, display_name, ring_limit_ms, max_wait_ms, wrap_up_ms, max_waiting)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kFindQueue[] = R"sql(
  SELECT id, display_name, ring_limit_ms, max_wait_ms, wrap_up_ms, max_waiting, version, tenant_id
    FROM queues WHERE tenant_id = $1 AND id = $2::uuid)sql";
constexpr char kSaveQueue[] = R"sql(
  UPDATE queues SET display_name = $3, ring_limit_ms = $4, max_wait_ms = $5, wrap_up_ms = $6, max_waiting = $7,
         version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid AND version = $8
     AND NOT EXISTS (SELECT FROM queues WHERE tenant_id = $1 AND display_name = $3 AND id <> $2::uuid)
  RETURNING version)sql";
constexpr char kInsertFlow[] = R"sql(
  INSERT INTO voice_flows (tenant_id, id, display_name) VALUES ($1, $2::uuid, $3) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kFindFlow[] = R"sql(
  SELECT id, display_name, current_version FROM voice_flows WHERE tenant_id = $1 AND id = $2::uuid)sql";
constexpr char kNextVersion[] = R"sql(
  UPDATE voice_flows SET current_version = current_version + 1 WHERE tenant_id = $1 AND id = $2::uuid
  RETURNING current_version)sql";
constexpr char kInsertVersion[] = R"sql(
  INSERT INTO voice_flow_versions (tenant_id, flow_id, version, graph, note, author, created_time)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7))sql";
#define VERSION_COLUMNS "flow_id, version, graph, note, author, created_time"
constexpr char kFindVersion[] =
    "SELECT " VERSION_COLUMNS " FROM voice_flow_versions WHERE tenant_id = $1 AND flow_id = $2::uuid AND version = $3";
constexpr char kVersions[] =
    "SELECT " VERSION_COLUMNS
    " FROM voice_flow_versions WHERE tenant_id = $1 AND flow_id = $2::uuid ORDER BY version DESC LIMIT 100";
constexpr char kInsertTrunk[] = R"sql(
  INSERT INTO trunks (tenant_id, id, display_name, address) VALUES ($1, $2::uuid, $3, $4) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kInsertNumber[] = R"sql(
  INSERT INTO numbers (tenant_id, id, number, flow_id, language, record)
  VALUES ($1, $2::uuid, $3, $4::uuid, $5, $6) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kFindNumber[] = R"sql(
  SELECT id, number, flow_id, language, record FROM numbers WHERE tenant_id = $1 AND id = $2::uuid)sql";
constexpr char kSaveNumber[] = R"sql(
  UPDATE numbers SET flow_id = $3::uuid, language = $4, record = $5 WHERE tenant_id = $1 AND id = $2::uuid)sql";

constexpr char kRoutes[] = R"sql(
  SELECT n.number, n.tenant_id, n.flow_id, v.version, v.graph, n.language, n.record
    FROM numbers n
    JOIN voice_flows f ON f.tenant_id = n.tenant_id AND f.id = n.flow_id
    JOIN voice_flow_versions v ON v.tenant_id = f.tenant_id AND v.flow_id = f.id AND v.version = f.current_version)sql";
constexpr char kAllQueues[] = R"sql(
  SELECT id, display_name, ring_limit_ms, max_wait_ms, wrap_up_ms, max_waiting, version, tenant_id FROM queues)sql";
constexpr char kAllTrunks[] = "SELECT id, display_name, address, tenant_id FROM trunks";
constexpr char kAllAgents[] = R"sql(
  SELECT a.id, a.operator_id, a.display_name, array_to_string(a.queues, ','), a.version, a.tenant_id,
         s.account, s.domain, s.expire_time,
         (SELECT p.state FROM agent_periods p WHERE p.tenant_id = a.tenant_id AND p.agent_id = a.id
           ORDER BY p.start_time DESC LIMIT 1)
    FROM agents a
    LEFT JOIN agent_sessions s ON s.tenant_id = a.tenant_id AND s.agent_id = a.id AND s.expire_time > $1)sql";

constexpr int kStoredNotReady = 2;  // lintel.telephony.v1.AgentState: READY and above are states of a ready agent

absl::Status NameTaken(const std::string& name) {
  return WithReason(absl::StatusCode::kAlreadyExists, "NAME_EXISTS", "there is such a name", {{"name", name}});
}

FlowVersionRecord ToVersion(const pqxx::row& row) {
  return {.flow_id = row[0].as<std::string>(),
          .version = row[1].as<int>(),
          .graph = row[2].as<std::string>(),
          .note = row[3].as<std::string>(),
          .author = row[4].as<std::string>(),
          .created_time = pg::ToInstant(row[5])};
}

std::vector<std::string> SplitIds(const std::string& text) {
  return text.empty() ? std::vector<std::string>{} : std::vector<std::string>(absl::StrSplit(text, ','));
}

}  // namespace

QueueRecord ToQueue(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .display_name = row[1].as<std::string>(),
          .ring_limit_ms = row[2].as<int>(),
          .max_wait_ms = row[3].as<int>(),
          .wrap_up_ms = row[4].as<int>(),
          .max_waiting = row[5].as<int>(),
          .version = row[6].as<int64_t>(),
          .tenant = row[7].as<int64_t>()};
}
FlowRecord ToFlow(const pqxx::row& row) {
  return {
      .id = row[0].as<std::string>(), .display_name = row[1].as<std::string>(), .current_version = row[2].as<int>()};
}
TrunkRecord ToTrunk(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .display_name = row[1].as<std::string>(),
          .address = row[2].as<std::string>(),
          .tenant = row[3].as<int64_t>()};
}
NumberRecord ToNumber(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .number = row[1].as<std::string>(),
          .flow_id = row[2].as<std::string>(),
          .language = row[3].as<std::string>(),
          .record = row[4].as<bool>()};
}

absl::Status RoutingStore::Insert(const QueueRecord& queue) {
  const auto rows = tx_.Query(kInsertQueue, scope_.tenant, queue.id, queue.display_name, queue.ring_limit_ms,
                              queue.max_wait_ms, queue.wrap_up_ms, queue.max_waiting);
  return rows.empty() ? NameTaken(queue.display_name) : absl::OkStatus();
}

absl::StatusOr<QueueRecord> RoutingStore::FindQueue(const std::string& id) {
  const auto rows = tx_.Query(kFindQueue, scope_.tenant, id);
  if (rows.empty()) return Missing("queue", id);
  return ToQueue(rows.front());
}

absl::Status RoutingStore::Save(QueueRecord& queue) {
  const auto rows = tx_.Query(kSaveQueue, scope_.tenant, queue.id, queue.display_name, queue.ring_limit_ms,
                              queue.max_wait_ms, queue.wrap_up_ms, queue.max_waiting, queue.version);
  if (!rows.empty()) {
    queue.version = rows[0][0].as<int64_t>();
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const QueueRecord now, FindQueue(queue.id));
  return now.version == queue.version ? NameTaken(queue.display_name) : StaleEtag("queue");
}

absl::Status RoutingStore::Insert(const FlowRecord& flow) {
  return tx_.Query(kInsertFlow, scope_.tenant, flow.id, flow.display_name).empty() ? NameTaken(flow.display_name)
                                                                                   : absl::OkStatus();
}

absl::StatusOr<FlowRecord> RoutingStore::FindFlow(const std::string& id) {
  const auto rows = tx_.Query(kFindFlow, scope_.tenant, id);
  if (rows.empty()) return Missing("voice flow", id);
  return ToFlow(rows.front());
}

absl::StatusOr<FlowVersionRecord> RoutingStore::Publish(FlowVersionRecord version) {
  const auto rows = tx_.Query(kNextVersion, scope_.tenant, version.flow_id);
  if (rows.empty()) return Missing("voice flow", version.flow_id);
  version.version = rows[0][0].as<int>();
  tx_.Query(kInsertVersion, scope_.tenant, version.flow_id, version.version, version.graph, version.note,
            version.author, version.created_time);
  return version;
}

absl::StatusOr<FlowVersionRecord> RoutingStore::FindVersion(const std::string& flow_id, int version) {
  const auto rows = tx_.Query(kFindVersion, scope_.tenant, flow_id, version);
  if (rows.empty()) return Missing("version", std::to_string(version));
  return ToVersion(rows.front());
}

std::vector<FlowVersionRecord> RoutingStore::Versions(const std::string& flow_id) {
  std::vector<FlowVersionRecord> versions;
  for (const auto& row : tx_.Query(kVersions, scope_.tenant, flow_id)) versions.push_back(ToVersion(row));
  return versions;
}

absl::Status RoutingStore::Insert(const TrunkRecord& trunk) {
  return tx_.Query(kInsertTrunk, scope_.tenant, trunk.id, trunk.display_name, trunk.address).empty()
             ? NameTaken(trunk.display_name)
             : absl::OkStatus();
}

absl::Status RoutingStore::Insert(const NumberRecord& number) {
  const auto rows =
      tx_.Query(kInsertNumber, scope_.tenant, number.id, number.number, number.flow_id, number.language, number.record);
  if (!rows.empty()) return absl::OkStatus();
  return WithReason(absl::StatusCode::kAlreadyExists, "NUMBER_EXISTS", "the number is taken",
                    {{"number", number.number}});
}

absl::StatusOr<NumberRecord> RoutingStore::FindNumber(const std::string& id) {
  const auto rows = tx_.Query(kFindNumber, scope_.tenant, id);
  if (rows.empty()) return Missing("number", id);
  return ToNumber(rows.front());
}

absl::Status RoutingStore::Save(const NumberRecord& number) {
  tx_.Query(kSaveNumber, scope_.tenant, number.id, number.flow_id, number.language, number.record);
  return absl::OkStatus();
}

Snapshot LoadSnapshot(pg::Transaction& tx, Instant wall_now) {
  Snapshot snapshot;
  for (const auto& row : tx.Query(kRoutes)) {
    snapshot.routes[row[0].as<std::string>()] = {
        .tenant = row[1].as<int64_t>(),
        .flow = "voiceFlows/" + row[2].as<std::string>() + "/versions/" + row[3].as<std::string>(),
        .graph = row[4].as<std::string>(),
        .language = row[5].as<std::string>(),
        .record = row[6].as<bool>()};
  }
  for (const auto& row : tx.Query(kAllQueues)) snapshot.queues["queues/" + row[0].as<std::string>()] = ToQueue(row);
  for (const auto& row : tx.Query(kAllTrunks)) snapshot.trunks[row[2].as<std::string>()] = ToTrunk(row);
  for (const auto& row : tx.Query(kAllAgents, wall_now)) {
    const std::string name = "agents/" + row[0].as<std::string>();
    snapshot.agents[name] = {.id = row[0].as<std::string>(),
                             .operator_id = row[1].as<std::string>(),
                             .display_name = row[2].as<std::string>(),
                             .queue_ids = SplitIds(row[3].as<std::string>("")),
                             .version = row[4].as<int64_t>(),
                             .tenant = row[5].as<int64_t>()};
    snapshot.was_ready[name] = row[9].as<int>(0) > kStoredNotReady;
    if (row[6].is_null()) continue;
    snapshot.sessions[name] = {.agent_id = row[0].as<std::string>(),
                               .account = row[6].as<std::string>(),
                               .domain = row[7].as<std::string>(),
                               .ha1 = "",
                               .expire_time = pg::ToInstant(row[8])};
  }
  return snapshot;
}

}  // namespace lintel::telephony
