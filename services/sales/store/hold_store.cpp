#include "services/sales/store/hold_store.h"

#include "platform/status/status.h"

namespace lintel::sales {
namespace {

constexpr char kInsert[] = R"sql(
  INSERT INTO holds (tenant_id, id, project_id, room_id, deal_id, customer_id, consultant_id, operator_name, team,
                     team_name, kind, state, expire_time, remind_time, fee_minor, reason, room_label, created_time,
                     updated_time, time_zone)
  VALUES ($1, $2, $3, $4, $5, nullif($6, '')::uuid, nullif($7, '')::uuid, $8, $9, $10, $11, $12, $13, $14, $15, $16,
          $17, $18, $18, $19))sql";

constexpr char kSelect[] = R"sql(
  SELECT id, project_id, room_id, deal_id, customer_id, consultant_id, operator_name, team, team_name, kind, state, busy,
         expire_time, remind_time, fee_minor, reason, failure_reason, release_reason, extensions, room_label,
         time_zone, created_time, updated_time, version
    FROM holds WHERE )sql" SALES_SCOPE;

constexpr char kSave[] = R"sql(
  UPDATE holds SET state = $3, busy = $4, expire_time = $5, remind_time = $6, failure_reason = $7, release_reason = $8,
                   extensions = $9, updated_time = $10, version = version + 1,
                   reminded = reminded AND remind_time = $6
   WHERE tenant_id = $1 AND id = $2 RETURNING version)sql";

constexpr char kSaveOwner[] = R"sql(
  UPDATE holds SET consultant_id = nullif($3, '')::uuid, operator_name = $4, team = $5, team_name = $6, updated_time = $7,
                   version = version + 1
   WHERE tenant_id = $1 AND id = $2 RETURNING version)sql";

constexpr char kReminded[] = "UPDATE holds SET reminded = true WHERE tenant_id = $1 AND id = $2";

}  // namespace

void HoldStore::Insert(const Hold& hold) {
  tx_.Query(kInsert, scope_.tenant, hold.id, hold.project_id, hold.room_id, hold.deal_id, hold.customer_id,
            hold.consultant_id, hold.operator_name, hold.team, hold.team_name, hold.kind, hold.state, hold.expire_time,
            hold.remind_time, hold.fee.minor_units, hold.reason, hold.room_label, hold.create_time, hold.time_zone);
}

absl::StatusOr<Hold> HoldStore::Load(const std::string& id, const char* lock) {
  std::vector<std::string> parameters = ScopeParameters(scope_);
  parameters.push_back(id);
  const pqxx::result rows = tx_.QueryText(std::string(kSelect) + "AND id = $7::uuid" + lock, parameters);
  if (rows.empty()) return Missing("hold", id);
  return ToHold(rows[0]);
}

absl::StatusOr<Hold> HoldStore::Find(const std::string& id) { return Load(id, ""); }

absl::StatusOr<Hold> HoldStore::FindForUpdate(const std::string& id) { return Load(id, " FOR UPDATE"); }

void HoldStore::Save(Hold& hold, Instant now) {
  hold.update_time = now;
  hold.version = tx_.Query(kSave, scope_.tenant, hold.id, hold.state, hold.busy, hold.expire_time, hold.remind_time,
                           hold.failure_reason, hold.release_reason, hold.extensions, now)[0][0]
                     .as<int64_t>();
}

std::vector<Hold> HoldStore::FindOpenForUpdate(const std::string& consultant_id) {
  std::vector<std::string> parameters = ScopeParameters(scope_);
  parameters.push_back(consultant_id);
  std::vector<Hold> holds;
  for (const pqxx::row& row :
       tx_.QueryText(std::string(kSelect) + "AND consultant_id = $7::uuid AND state IN ('PENDING', 'ACTIVE')"
                                            " ORDER BY id FOR UPDATE",
                     parameters)) {
    holds.push_back(ToHold(row));
  }
  return holds;
}

void HoldStore::SaveOwner(Hold& hold, Instant now) {
  hold.update_time = now;
  hold.version = tx_.Query(kSaveOwner, scope_.tenant, hold.id, hold.consultant_id, hold.operator_name, hold.team,
                           hold.team_name, now)[0][0]
                     .as<int64_t>();
}

void HoldStore::MarkReminded(const std::string& id) { tx_.Query(kReminded, scope_.tenant, id); }

Listed HoldStore::List(const lintel::List& list) { return RunList(tx_, kSelect, ScopeParameters(scope_), list); }

Hold HoldStore::ToHold(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .project_id = row["project_id"].as<std::string>(),
          .room_id = row["room_id"].as<std::string>(),
          .deal_id = row["deal_id"].as<std::string>(),
          .customer_id = TextOrEmpty(row["customer_id"]),
          .consultant_id = TextOrEmpty(row["consultant_id"]),
          .operator_name = row["operator_name"].as<std::string>(),
          .team = row["team"].as<std::string>(),
          .team_name = row["team_name"].as<std::string>(),
          .kind = row["kind"].as<std::string>(),
          .state = row["state"].as<std::string>(),
          .busy = row["busy"].as<std::string>(),
          .expire_time = pg::ToInstant(row["expire_time"]),
          .remind_time = pg::ToInstant(row["remind_time"]),
          .fee = Fen(row["fee_minor"].as<int64_t>()),
          .reason = row["reason"].as<std::string>(),
          .failure_reason = row["failure_reason"].as<std::string>(),
          .release_reason = row["release_reason"].as<std::string>(),
          .extensions = row["extensions"].as<int>(),
          .room_label = row["room_label"].as<std::string>(),
          .time_zone = row["time_zone"].as<std::string>(),
          .create_time = pg::ToInstant(row["created_time"]),
          .update_time = pg::ToInstant(row["updated_time"]),
          .version = row["version"].as<int64_t>()};
}

const ListSpec& HoldStore::Spec() {
  static const ListSpec spec{
      .fields = {{"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"room", {.column = "room_id", .type = FieldType::kId, .pattern = "projects/*/rooms/*"}},
                 {"customer", {.column = "customer_id", .type = FieldType::kId, .pattern = "customers/*"}},
                 {"consultant", {.column = "consultant_id", .type = FieldType::kId, .pattern = "consultants/*"}},
                 {"state", {.column = "state"}},
                 {"kind", {.column = "kind"}},
                 {"expire_time", {.column = "expire_time", .type = FieldType::kInstant, .sortable = true}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "create_time desc"};
  return spec;
}

}  // namespace lintel::sales
