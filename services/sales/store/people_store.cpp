#include "services/sales/store/people_store.h"
#include "platform/status/status.h"

namespace lintel::sales {
namespace {

// No row: the code or the operator is taken.
constexpr char kInsert[] = R"sql(
  INSERT INTO consultants (tenant_id, id, code, display_name, operator_name, team, team_display_name, join_date,
                           leave_date, created_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, nullif($8, '')::date, nullif($9, '')::date, $10)
  ON CONFLICT DO NOTHING RETURNING 1)sql";
#define CONSULTANT_COLUMNS \
  "id, code, display_name, operator_name, team, team_display_name, join_date, leave_date, version"
constexpr char kFind[] = "SELECT " CONSULTANT_COLUMNS " FROM consultants WHERE tenant_id = $1 AND id = $2";
constexpr char kFindForUpdate[] =
    "SELECT " CONSULTANT_COLUMNS " FROM consultants WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
constexpr char kFindByOperator[] =
    "SELECT " CONSULTANT_COLUMNS " FROM consultants WHERE tenant_id = $1 AND operator_name = $2";
constexpr char kList[] = "SELECT " CONSULTANT_COLUMNS " FROM consultants WHERE tenant_id = $1::bigint";
constexpr char kSave[] = R"sql(
  UPDATE consultants AS c
     SET display_name = $3, operator_name = $4, team = $5, team_display_name = $6, join_date = nullif($7, '')::date,
         leave_date = nullif($8, '')::date, version = version + 1
   WHERE tenant_id = $1 AND id = $2
     AND NOT EXISTS (SELECT 1 FROM consultants AS other
                      WHERE other.tenant_id = $1 AND other.id <> $2 AND $4 <> '' AND other.operator_name = $4)
  RETURNING version)sql";

constexpr char kPolicy[] = R"sql(
  SELECT version, valid_from_time, hold_period_s, longest_hold_s, most_extensions, hold_fee_minor, subscription_period_s,
         deposit_minor, deposit_kind, reminder_lead_s, alerts_off, hold_expiry_releases, consultant_discount_limit_ppm,
         manager_discount_limit_ppm
    FROM policies WHERE tenant_id = $1 AND project_id = $2 ORDER BY version DESC LIMIT 1)sql";
constexpr char kAppendPolicy[] = R"sql(
  INSERT INTO policies (tenant_id, project_id, version, valid_from_time, hold_period_s, longest_hold_s, most_extensions,
                        hold_fee_minor, subscription_period_s, deposit_minor, deposit_kind, reminder_lead_s, alerts_off,
                        hold_expiry_releases, consultant_discount_limit_ppm, manager_discount_limit_ppm, actor)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
  ON CONFLICT DO NOTHING RETURNING 1)sql";

std::string TextOf(const std::optional<Date>& date) { return date ? ToIsoDate(*date) : ""; }

std::optional<Date> ToOptionalDate(const pqxx::field& field) {
  return field.is_null() ? std::nullopt : std::optional<Date>(pg::ToDate(field));
}

std::chrono::seconds ToSeconds(const pqxx::field& field) { return std::chrono::seconds(field.as<int64_t>()); }

}  // namespace

bool ConsultantStore::Insert(const Consultant& c, Instant now) {
  return !tx_.Query(kInsert, tenant_, c.id, c.code, c.display_name, c.operator_name, c.team, c.team_display_name,
                    TextOf(c.join_date), TextOf(c.leave_date), now)
              .empty();
}

absl::StatusOr<Consultant> ConsultantStore::Find(const std::string& id) {
  const pqxx::result rows = tx_.Query(kFind, tenant_, id);
  if (rows.empty()) return Missing("consultant", id);
  return ToConsultant(rows[0]);
}

absl::StatusOr<Consultant> ConsultantStore::FindForUpdate(const std::string& id) {
  const pqxx::result rows = tx_.Query(kFindForUpdate, tenant_, id);
  if (rows.empty()) return Missing("consultant", id);
  return ToConsultant(rows[0]);
}

std::optional<Consultant> ConsultantStore::FindByOperator(const std::string& operator_name) {
  if (operator_name.empty()) return std::nullopt;
  const pqxx::result rows = tx_.Query(kFindByOperator, tenant_, operator_name);
  return rows.empty() ? std::nullopt : std::optional<Consultant>(ToConsultant(rows[0]));
}

bool ConsultantStore::Save(Consultant& c) {
  const pqxx::result saved = tx_.Query(kSave, tenant_, c.id, c.display_name, c.operator_name, c.team,
                                       c.team_display_name, TextOf(c.join_date), TextOf(c.leave_date));
  if (!saved.empty()) c.version = saved[0][0].as<int64_t>();
  return !saved.empty();
}

Listed ConsultantStore::List(const lintel::List& list) { return RunList(tx_, kList, {std::to_string(tenant_)}, list); }

Consultant ConsultantStore::ToConsultant(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .code = row["code"].as<std::string>(),
          .display_name = row["display_name"].as<std::string>(),
          .operator_name = row["operator_name"].as<std::string>(),
          .team = row["team"].as<std::string>(),
          .team_display_name = row["team_display_name"].as<std::string>(),
          .join_date = ToOptionalDate(row["join_date"]),
          .leave_date = ToOptionalDate(row["leave_date"]),
          .version = row["version"].as<int64_t>()};
}

const ListSpec& ConsultantStore::Spec() {
  static const ListSpec spec{.fields = {{"code", {.column = "code", .sortable = true}},
                                        {"display_name", {.column = "display_name", .sortable = true}},
                                        {"operator_name", {.column = "operator_name"}},
                                        {"team", {.column = "team"}},
                                        {"leave_date", {.column = "leave_date", .type = FieldType::kDate}}},
                             .default_order = "code"};
  return spec;
}

Policy PolicyStore::Find(const std::string& project_id) {
  const pqxx::result rows = tx_.Query(kPolicy, tenant_, project_id);
  if (rows.empty()) return {};
  const pqxx::row row = rows[0];
  return {.hold_period = ToSeconds(row["hold_period_s"]),
          .longest_hold = ToSeconds(row["longest_hold_s"]),
          .most_extensions = row["most_extensions"].as<int>(),
          .hold_fee = Fen(row["hold_fee_minor"].as<int64_t>()),
          .subscription_period = ToSeconds(row["subscription_period_s"]),
          .deposit = Fen(row["deposit_minor"].as<int64_t>()),
          .deposit_kind = static_cast<DepositKind>(row["deposit_kind"].as<int>()),
          .reminder_lead = ToSeconds(row["reminder_lead_s"]),
          .alerts_off = row["alerts_off"].as<bool>(),
          .hold_expiry_releases = row["hold_expiry_releases"].as<bool>(),
          .consultant_discount_limit_ppm = row["consultant_discount_limit_ppm"].as<int64_t>(),
          .manager_discount_limit_ppm = row["manager_discount_limit_ppm"].as<int64_t>(),
          .valid_from = pg::ToInstant(row["valid_from_time"]),
          .version = row["version"].as<int64_t>()};
}

bool PolicyStore::Append(const std::string& project_id, const Policy& p, const std::string& actor) {
  return !tx_.Query(kAppendPolicy, tenant_, project_id, p.version, p.valid_from, int64_t{p.hold_period.count()},
                    int64_t{p.longest_hold.count()}, p.most_extensions, p.hold_fee.minor_units,
                    int64_t{p.subscription_period.count()}, p.deposit.minor_units, static_cast<int>(p.deposit_kind),
                    int64_t{p.reminder_lead.count()}, p.alerts_off, p.hold_expiry_releases,
                    p.consultant_discount_limit_ppm, p.manager_discount_limit_ppm, actor)
              .empty();
}

}  // namespace lintel::sales
