#include "services/sales/store/deal_store.h"

#include "absl/strings/str_split.h"
#include "platform/status/status.h"

namespace lintel::sales {
namespace {

constexpr char kInsertSubscription[] = R"sql(
  INSERT INTO subscriptions (tenant_id, id, project_id, room_id, deal_id, hold_id, consultant_id, operator_name, team,
                             team_name, customer_ids, state, price_minor, sign_by_time, remind_time, time_zone,
                             room_label, snapshot, created_time, updated_time)
  VALUES ($1, $2, $3, $4, $5, nullif($6, '')::uuid, nullif($7, '')::uuid, $8, $9, $10, $11::uuid[], $12, $13, $14, $15,
          $16, $17, $18::jsonb, $19, $19))sql";
constexpr char kSelectSubscriptions[] = R"sql(
  SELECT id, project_id, room_id, deal_id, hold_id, consultant_id, operator_name, team, team_name, customer_ids,
         array_to_string(customer_ids, ',') AS customers, state, busy, failure_reason, price_minor, sign_by_time,
         remind_time, time_zone, room_label, snapshot, created_time, updated_time, version
    FROM subscriptions WHERE )sql" SALES_SCOPE;
constexpr char kSaveSubscription[] = R"sql(
  UPDATE subscriptions SET state = $3, busy = $4, failure_reason = $5, snapshot = $6::jsonb, updated_time = $7,
                           version = version + 1
   WHERE tenant_id = $1 AND id = $2 RETURNING version)sql";
constexpr char kSaveOwner[] = R"sql(
  UPDATE subscriptions SET consultant_id = nullif($3, '')::uuid, operator_name = $4, team = $5, team_name = $6,
                           updated_time = $7, version = version + 1
   WHERE tenant_id = $1 AND id = $2 RETURNING version)sql";
constexpr char kReminded[] = "UPDATE subscriptions SET reminded = true WHERE tenant_id = $1 AND id = $2";

constexpr char kInsertContract[] = R"sql(
  INSERT INTO contracts (tenant_id, id, project_id, room_id, deal_id, subscription_id, consultant_id, operator_name, team,
                         customer_ids, number, state, price_minor, sign_date, room_label, snapshot, created_time,
                         updated_time)
  VALUES ($1, $2, $3, $4, $5, $6, nullif($7, '')::uuid, $8, $9, $10::uuid[], $11, $12, $13, $14, $15, $16::jsonb, $17,
          $17))sql";
constexpr char kSelectContracts[] = R"sql(
  SELECT id, project_id, room_id, deal_id, subscription_id, consultant_id, operator_name, team, customer_ids,
         array_to_string(customer_ids, ',') AS customers, number, state, failure_reason, price_minor, sign_date,
         room_label, snapshot, created_time, updated_time, version
    FROM contracts WHERE )sql" SALES_SCOPE;
constexpr char kSaveContract[] = R"sql(
  UPDATE contracts SET state = $3, failure_reason = $4, snapshot = $5::jsonb, updated_time = $6, version = version + 1
   WHERE tenant_id = $1 AND id = $2 RETURNING version)sql";

constexpr char kCountHandOver[] = R"sql(
  INSERT INTO hand_overs AS h (tenant_id, deal_id, count) VALUES ($1, $2, 1)
  ON CONFLICT (tenant_id, deal_id) DO UPDATE SET count = h.count + 1 RETURNING count)sql";

constexpr char kNameTeamOfHold[] = R"sql(
  UPDATE holds SET team_name = $4 WHERE tenant_id = $1 AND deal_id = $2 AND team = $3 AND team_name = '')sql";
constexpr char kNameTeamOfSubscription[] = R"sql(
  UPDATE subscriptions SET team_name = $4 WHERE tenant_id = $1 AND deal_id = $2 AND team = $3 AND team_name = '')sql";

pqxx::result SelectOne(pg::Transaction& tx, const Scope& scope, const char* select, const std::string& id,
                       const char* lock) {
  std::vector<std::string> parameters = ScopeParameters(scope);
  parameters.push_back(id);
  return tx.QueryText(std::string(select) + "AND id = $7::uuid" + lock, parameters);
}

std::vector<std::string> ToIds(const pqxx::field& field) { return absl::StrSplit(field.as<std::string>(), ','); }

}  // namespace

void SubscriptionStore::Insert(const Subscription& s) {
  tx_.Query(kInsertSubscription, scope_.tenant, s.id, s.project_id, s.room_id, s.deal_id, s.hold_id, s.consultant_id,
            s.operator_name, s.team, s.team_name, pg::ArrayOf(s.customer_ids), s.state, s.price.minor_units,
            s.sign_by_time, s.remind_time, s.time_zone, s.room_label, s.snapshot, s.create_time);
}

absl::StatusOr<Subscription> SubscriptionStore::Load(const std::string& id, const char* lock) {
  const pqxx::result rows = SelectOne(tx_, scope_, kSelectSubscriptions, id, lock);
  if (rows.empty()) return Missing("subscription", id);
  return ToSubscription(rows[0]);
}

absl::StatusOr<Subscription> SubscriptionStore::Find(const std::string& id) { return Load(id, ""); }

absl::StatusOr<Subscription> SubscriptionStore::FindForUpdate(const std::string& id) { return Load(id, " FOR UPDATE"); }

void SubscriptionStore::Save(Subscription& s, Instant now) {
  s.update_time = now;
  s.version =
      tx_.Query(kSaveSubscription, scope_.tenant, s.id, s.state, s.busy, s.failure_reason, s.snapshot, now)[0][0]
          .as<int64_t>();
}

std::vector<Subscription> SubscriptionStore::FindOpenForUpdate(const std::string& consultant_id) {
  std::vector<std::string> parameters = ScopeParameters(scope_);
  parameters.push_back(consultant_id);
  std::vector<Subscription> open;
  for (const pqxx::row& row : tx_.QueryText(std::string(kSelectSubscriptions) +
                                                "AND consultant_id = $7::uuid AND state IN ('PENDING', 'ACTIVE')"
                                                " ORDER BY id FOR UPDATE",
                                            parameters)) {
    open.push_back(ToSubscription(row));
  }
  return open;
}

void SubscriptionStore::SaveOwner(Subscription& s, Instant now) {
  s.update_time = now;
  s.version =
      tx_.Query(kSaveOwner, scope_.tenant, s.id, s.consultant_id, s.operator_name, s.team, s.team_name, now)[0][0]
          .as<int64_t>();
}

void SubscriptionStore::MarkReminded(const std::string& id) { tx_.Query(kReminded, scope_.tenant, id); }

Listed SubscriptionStore::List(const lintel::List& list) {
  return RunList(tx_, kSelectSubscriptions, ScopeParameters(scope_), list);
}

Subscription SubscriptionStore::ToSubscription(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .project_id = row["project_id"].as<std::string>(),
          .room_id = row["room_id"].as<std::string>(),
          .deal_id = row["deal_id"].as<std::string>(),
          .hold_id = TextOrEmpty(row["hold_id"]),
          .consultant_id = TextOrEmpty(row["consultant_id"]),
          .operator_name = row["operator_name"].as<std::string>(),
          .team = row["team"].as<std::string>(),
          .team_name = row["team_name"].as<std::string>(),
          .customer_ids = ToIds(row["customers"]),
          .state = row["state"].as<std::string>(),
          .busy = row["busy"].as<std::string>(),
          .failure_reason = row["failure_reason"].as<std::string>(),
          .price = Fen(row["price_minor"].as<int64_t>()),
          .sign_by_time = pg::ToInstant(row["sign_by_time"]),
          .remind_time = pg::ToInstant(row["remind_time"]),
          .time_zone = row["time_zone"].as<std::string>(),
          .room_label = row["room_label"].as<std::string>(),
          .snapshot = row["snapshot"].as<std::string>(),
          .create_time = pg::ToInstant(row["created_time"]),
          .update_time = pg::ToInstant(row["updated_time"]),
          .version = row["version"].as<int64_t>()};
}

const ListSpec& SubscriptionStore::Spec() {
  static const ListSpec spec{
      .fields = {{"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"room", {.column = "room_id", .type = FieldType::kId, .pattern = "projects/*/rooms/*"}},
                 {"customer", {.column = "customer_ids", .type = FieldType::kIdSet, .pattern = "customers/*"}},
                 {"hold", {.column = "hold_id", .type = FieldType::kId, .pattern = "holds/*"}},
                 {"consultant", {.column = "consultant_id", .type = FieldType::kId, .pattern = "consultants/*"}},
                 {"state", {.column = "state"}},
                 {"sign_by_time", {.column = "sign_by_time", .type = FieldType::kInstant, .sortable = true}},
                 {"price", {.column = "price_minor", .type = FieldType::kMoney, .sortable = true}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "create_time desc"};
  return spec;
}

void ContractStore::Insert(const Contract& c) {
  tx_.Query(kInsertContract, scope_.tenant, c.id, c.project_id, c.room_id, c.deal_id, c.subscription_id,
            c.consultant_id, c.operator_name, c.team, pg::ArrayOf(c.customer_ids), c.number, c.state,
            c.price.minor_units, c.sign_date, c.room_label, c.snapshot, c.create_time);
}

absl::StatusOr<Contract> ContractStore::Load(const std::string& id, const char* lock) {
  const pqxx::result rows = SelectOne(tx_, scope_, kSelectContracts, id, lock);
  if (rows.empty()) return Missing("contract", id);
  return ToContract(rows[0]);
}

absl::StatusOr<Contract> ContractStore::Find(const std::string& id) { return Load(id, ""); }

absl::StatusOr<Contract> ContractStore::FindForUpdate(const std::string& id) { return Load(id, " FOR UPDATE"); }

void ContractStore::Save(Contract& c, Instant now) {
  c.update_time = now;
  c.version =
      tx_.Query(kSaveContract, scope_.tenant, c.id, c.state, c.failure_reason, c.snapshot, now)[0][0].as<int64_t>();
}

Listed ContractStore::List(const lintel::List& list) {
  return RunList(tx_, kSelectContracts, ScopeParameters(scope_), list);
}

Contract ContractStore::ToContract(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .project_id = row["project_id"].as<std::string>(),
          .room_id = row["room_id"].as<std::string>(),
          .deal_id = row["deal_id"].as<std::string>(),
          .subscription_id = row["subscription_id"].as<std::string>(),
          .consultant_id = TextOrEmpty(row["consultant_id"]),
          .operator_name = row["operator_name"].as<std::string>(),
          .team = row["team"].as<std::string>(),
          .customer_ids = ToIds(row["customers"]),
          .number = row["number"].as<std::string>(),
          .state = row["state"].as<std::string>(),
          .failure_reason = row["failure_reason"].as<std::string>(),
          .price = Fen(row["price_minor"].as<int64_t>()),
          .sign_date = pg::ToDate(row["sign_date"]),
          .room_label = row["room_label"].as<std::string>(),
          .snapshot = row["snapshot"].as<std::string>(),
          .create_time = pg::ToInstant(row["created_time"]),
          .update_time = pg::ToInstant(row["updated_time"]),
          .version = row["version"].as<int64_t>()};
}

const ListSpec& ContractStore::Spec() {
  static const ListSpec spec{
      .fields = {{"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"room", {.column = "room_id", .type = FieldType::kId, .pattern = "projects/*/rooms/*"}},
                 {"customer", {.column = "customer_ids", .type = FieldType::kIdSet, .pattern = "customers/*"}},
                 {"subscription", {.column = "subscription_id", .type = FieldType::kId, .pattern = "subscriptions/*"}},
                 {"consultant", {.column = "consultant_id", .type = FieldType::kId, .pattern = "consultants/*"}},
                 {"number", {.column = "number", .sortable = true}},
                 {"state", {.column = "state"}},
                 {"sign_date", {.column = "sign_date", .type = FieldType::kDate, .sortable = true}},
                 {"price", {.column = "price_minor", .type = FieldType::kMoney, .sortable = true}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "create_time desc"};
  return spec;
}

int64_t CountHandOver(pg::Transaction& tx, int64_t tenant, const std::string& deal_id) {
  return tx.Query(kCountHandOver, tenant, deal_id)[0][0].as<int64_t>();
}

void NameTeam(pg::Transaction& tx, int64_t tenant, const std::string& deal_id, const std::string& team,
              const std::string& name) {
  for (const char* update : {kNameTeamOfHold, kNameTeamOfSubscription}) tx.Query(update, tenant, deal_id, team, name);
}

}  // namespace lintel::sales
