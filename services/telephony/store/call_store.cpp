#include "services/telephony/store/call_store.h"

#include "platform/ids/resource_name.h"
#include "platform/status/status.h"
#include "platform/wire/values.h"

namespace lintel::telephony {

#define CALL_COLUMNS                                                                                                \
  "c.id, c.caller_number, c.called_number, c.customer_id, c.queue_id, c.agent_id, c.operator_id, c.flow, c.trunk, " \
  "c.start_time, c.answer_time, c.end_time, c.wait_ms, c.talk_ms, c.hung_up_by, c.sip_code, c.q850_cause, "         \
  "coalesce(r.duration_ms, -1) AS recording_ms, r.call_id IS NOT NULL AS recorded"
#define CALL_TABLES                                                                                                  \
  " FROM calls c LEFT JOIN recordings r ON r.tenant_id = c.tenant_id AND r.call_id = c.id AND r.wrapped_key IS NOT " \
  "NULL"

const char kSelectCalls[] =
    "SELECT " CALL_COLUMNS CALL_TABLES " WHERE c.tenant_id = $1::bigint AND ($2::boolean OR c.operator_id = $3::uuid)";

namespace {

constexpr char kFind[] = "SELECT " CALL_COLUMNS ", c.steps" CALL_TABLES
                         " WHERE c.tenant_id = $1 AND c.id = $2::uuid AND ($3 OR c.operator_id = $4::uuid)";
constexpr char kInsert[] = R"sql(
  INSERT INTO calls (tenant_id, id, caller_number, called_number, customer_id, queue_id, agent_id, operator_id, flow,
                     trunk, start_time, answer_time, end_time, wait_ms, talk_ms, hung_up_by, sip_code, q850_cause, steps)
  VALUES ($1, $2::uuid, $3, $4, nullif($5, '')::uuid, nullif($6, '')::uuid, nullif($7, '')::uuid, nullif($8, '')::uuid,
          $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kInsertLeg[] = R"sql(
  INSERT INTO call_legs (tenant_id, call_id, leg_id, agent_id, start_time, answer_time, end_time, sip_code, q850_cause,
                         packets_received, packets_lost, jitter_us)
  VALUES ($1, $2::uuid, $3, nullif($4, '')::uuid, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING)sql";
constexpr char kLegs[] = R"sql(
  SELECT leg_id, agent_id, start_time, answer_time, end_time, sip_code, q850_cause, packets_received, packets_lost, jitter_us
    FROM call_legs WHERE tenant_id = $1 AND call_id = $2::uuid ORDER BY start_time, leg_id)sql";
constexpr char kSetCustomer[] = R"sql(
  UPDATE calls SET customer_id = $4::uuid
   WHERE tenant_id = $1 AND id = $2::uuid AND caller_number = $3 AND customer_id IS NULL RETURNING 1)sql";
constexpr char kInsertPeriod[] = R"sql(
  INSERT INTO agent_periods (tenant_id, agent_id, start_time, state, reason)
  VALUES ($1, $2::uuid, $3, $4, $5) ON CONFLICT DO NOTHING)sql";
constexpr char kInsertRecording[] = R"sql(
  INSERT INTO recordings (tenant_id, call_id, blob_id, size_bytes, sha256, wrapped_key, duration_ms, channels, peaks, created_time)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kFindRecording[] = R"sql(
  SELECT r.blob_id, r.size_bytes, r.sha256, r.wrapped_key, r.duration_ms, r.channels, r.peaks
    FROM recordings r LEFT JOIN calls c ON c.tenant_id = r.tenant_id AND c.id = r.call_id
   WHERE r.tenant_id = $1 AND r.call_id = $2::uuid AND r.wrapped_key IS NOT NULL AND ($3 OR c.operator_id = $4::uuid))sql";

constexpr char kNobody[] = "00000000-0000-0000-0000-000000000000";

// "agents/{id}" to the id; empty stays empty.
std::string IdOf(const std::string& name) {
  return name.substr(name.find('/') == std::string::npos ? name.size() : name.find('/') + 1);
}
std::string NameOf(const char* collection, const pqxx::field& id) {
  return id.is_null() ? "" : collection + id.as<std::string>();
}

std::optional<Instant> TimeOf(bool present, const google::protobuf::Timestamp& time) {
  if (!present) return std::nullopt;
  const auto instant = ToInstant("time", time);
  return instant.ok() ? std::optional(*instant) : std::nullopt;
}

v1::CallLeg ToLeg(const pqxx::row& row) {
  v1::CallLeg leg;
  leg.set_leg_id(row[0].as<std::string>());
  leg.set_agent(NameOf("agents/", row[1]));
  *leg.mutable_start_time() = ToProto(pg::ToInstant(row[2]));
  if (!row[3].is_null()) *leg.mutable_answer_time() = ToProto(pg::ToInstant(row[3]));
  *leg.mutable_end_time() = ToProto(pg::ToInstant(row[4]));
  leg.set_sip_code(row[5].as<int>());
  leg.set_q850_cause(row[6].as<int>());
  leg.set_packets_received(row[7].as<int64_t>());
  leg.set_packets_lost(row[8].as<int64_t>());
  leg.set_jitter_us(row[9].as<int>());
  return leg;
}

}  // namespace

v1::PhoneCall ToCall(const pqxx::row& row) {
  v1::PhoneCall call;
  call.set_name("calls/" + row[0].as<std::string>());
  call.set_caller_number(row[1].as<std::string>());
  call.set_called_number(row[2].as<std::string>());
  call.set_customer(NameOf("customers/", row[3]));
  call.set_queue(NameOf("queues/", row[4]));
  call.set_agent(NameOf("agents/", row[5]));
  call.set_operator_(NameOf("operators/", row[6]));
  call.set_flow(row[7].as<std::string>());
  call.set_trunk(row[8].as<std::string>());
  *call.mutable_start_time() = ToProto(pg::ToInstant(row[9]));
  if (!row[10].is_null()) *call.mutable_answer_time() = ToProto(pg::ToInstant(row[10]));
  *call.mutable_end_time() = ToProto(pg::ToInstant(row[11]));
  call.set_wait_ms(row[12].as<int64_t>());
  call.set_talk_ms(row[13].as<int64_t>());
  call.set_hung_up_by(row[14].as<std::string>());
  call.set_sip_code(row[15].as<int>());
  call.set_q850_cause(row[16].as<int>());
  call.set_recording_ms(std::max<int64_t>(0, row[17].as<int64_t>()));
  call.set_recorded(row[18].as<bool>());
  return call;
}

std::string CallStore::OperatorId() const {
  const std::string id = IdOf(scope_.operator_name);
  return id.empty() ? kNobody : id;
}

std::vector<std::string> CallStore::ListParameters() const {
  return {std::to_string(scope_.tenant), SeesAll() ? "true" : "false", OperatorId()};
}

bool CallStore::Insert(const v1::PhoneCall& call) {
  const std::string id = IdOf(call.name());
  v1::PhoneCall steps;
  *steps.mutable_steps() = call.steps();
  const auto rows = tx_.Query(
      kInsert, scope_.tenant, id, call.caller_number(), call.called_number(), IdOf(call.customer()), IdOf(call.queue()),
      IdOf(call.agent()), IdOf(call.operator_()), call.flow(), call.trunk(), TimeOf(true, call.start_time()),
      TimeOf(call.has_answer_time(), call.answer_time()), TimeOf(true, call.end_time()), call.wait_ms(), call.talk_ms(),
      call.hung_up_by(), call.sip_code(), call.q850_cause(), pg::Bytes(steps.SerializeAsString()));
  if (rows.empty()) return false;
  for (const v1::CallLeg& leg : call.legs()) {
    tx_.Query(kInsertLeg, scope_.tenant, id, leg.leg_id(), IdOf(leg.agent()), TimeOf(true, leg.start_time()),
              TimeOf(leg.has_answer_time(), leg.answer_time()), TimeOf(true, leg.end_time()), leg.sip_code(),
              leg.q850_cause(), leg.packets_received(), leg.packets_lost(), leg.jitter_us());
  }
  return true;
}

void CallStore::Insert(const v1::AgentPeriodRecord& period) {
  tx_.Query(kInsertPeriod, scope_.tenant, IdOf(period.agent()), TimeOf(true, period.start_time()),
            static_cast<int>(period.state()), period.reason());
}

bool CallStore::SetCustomer(const std::string& id, const std::string& number, const std::string& customer) {
  return !tx_.Query(kSetCustomer, scope_.tenant, id, number, IdOf(customer)).empty();
}

absl::StatusOr<v1::PhoneCall> CallStore::Find(const std::string& id) {
  const auto rows = tx_.Query(kFind, scope_.tenant, id, SeesAll(), OperatorId());
  if (rows.empty()) return Missing("call", id);
  v1::PhoneCall call = ToCall(rows.front());
  v1::PhoneCall steps;
  if (steps.ParseFromString(pg::ToBytes(rows.front()[19]))) *call.mutable_steps() = steps.steps();
  for (const auto& row : tx_.Query(kLegs, scope_.tenant, id)) *call.add_legs() = ToLeg(row);
  return call;
}

bool CallStore::Insert(const RecordingRow& recording, Instant now) {
  return !tx_.Query(kInsertRecording, scope_.tenant, recording.call_id, recording.blob.id, recording.blob.size_bytes,
                    recording.blob.sha256, recording.blob.wrapped_key, recording.duration_ms, recording.channels,
                    pg::Bytes(recording.peaks), now)
              .empty();
}

absl::StatusOr<RecordingRow> CallStore::FindRecording(const std::string& call_id) {
  const auto rows = tx_.Query(kFindRecording, scope_.tenant, call_id, SeesAll(), OperatorId());
  if (rows.empty()) return Missing("recording", call_id);
  const auto row = rows.front();
  return RecordingRow{.call_id = call_id,
                      .blob = {.id = row[0].as<std::string>(),
                               .size_bytes = row[1].as<int64_t>(),
                               .sha256 = row[2].as<std::string>(),
                               .wrapped_key = row[3].as<std::string>()},
                      .duration_ms = row[4].as<int64_t>(),
                      .channels = row[5].as<int>(),
                      .peaks = pg::ToBytes(row[6])};
}

}  // namespace lintel::telephony
