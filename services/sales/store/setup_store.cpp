#include "services/sales/store/setup_store.h"

#include "platform/status/status.h"

namespace lintel::sales {
namespace {

#define CONSULTANT_COLUMNS \
  "id, code, display_name, operator_name, team, team_display_name, join_date, leave_date, version"

constexpr char kInsertConsultant[] = R"sql(
  INSERT INTO consultants (tenant_id, id, code, display_name, operator_name, team, team_display_name, join_date, leave_date,
                           created_time)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING 1)sql";
constexpr char kFind[] = "SELECT " CONSULTANT_COLUMNS " FROM consultants WHERE tenant_id = $1 AND id = $2::uuid";
constexpr char kFindForUpdate[] =
    "SELECT " CONSULTANT_COLUMNS " FROM consultants WHERE tenant_id = $1 AND id = $2::uuid FOR UPDATE";
constexpr char kFindOfOperator[] =
    "SELECT " CONSULTANT_COLUMNS " FROM consultants WHERE tenant_id = $1 AND operator_name = $2 AND $2 <> ''";
constexpr char kSaveConsultant[] = R"sql(
  UPDATE consultants SET display_name = $3, operator_name = $4, team = $5, team_display_name = $6, join_date = $7,
         leave_date = $8, version = version + 1
   WHERE tenant_id = $1 AND id = $2::uuid
     AND NOT EXISTS (SELECT FROM consultants WHERE tenant_id = $1 AND operator_name = $4 AND $4 <> '' AND id <> $2::uuid)
  RETURNING version)sql";

constexpr char kPolicy[] = R"sql(
  SELECT hold_period_s, longest_hold_s, most_extensions, hold_fee_minor, subscription_period_s, deposit_minor, deposit_kind,
         reminder_lead_s, alerts_off, hold_expiry_releases, consultant_limit_ppm, manager_limit_ppm, valid_from, version
    FROM policies WHERE tenant_id = $1 AND project_id = $2::uuid AND valid_from <= $3
   ORDER BY version DESC LIMIT 1)sql";
constexpr char kInsertPolicy[] = R"sql(
  INSERT INTO policies (tenant_id, project_id, version, valid_from, hold_period_s, longest_hold_s, most_extensions,
                        hold_fee_minor, subscription_period_s, deposit_minor, deposit_kind, reminder_lead_s, alerts_off,
                        hold_expiry_releases, consultant_limit_ppm, manager_limit_ppm, actor)
  VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))sql";

constexpr char kOverlap[] = R"sql(
  SELECT 1 FROM contract_number_ranges
   WHERE tenant_id = $1 AND prefix = $2 AND digits = $3 AND first <= $5 AND last >= $4 LIMIT 1)sql";
constexpr char kLockRanges[] = "SELECT pg_advisory_xact_lock(hashtextextended('contract_number_ranges', $1))";
constexpr char kInsertRange[] = R"sql(
  INSERT INTO contract_number_ranges (tenant_id, id, project_id, prefix, first, last, digits, next, created_time)
  VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $5, $8))sql";
constexpr char kDraw[] = R"sql(
  UPDATE contract_number_ranges r SET next = next + 1
   WHERE r.tenant_id = $1 AND r.id = (SELECT id FROM contract_number_ranges
                                       WHERE tenant_id = $1 AND project_id = $2::uuid AND next <= last
                                       ORDER BY created_time, id LIMIT 1 FOR UPDATE)
  RETURNING r.id, r.next - 1, r.prefix, r.digits)sql";
constexpr char kUse[] = R"sql(
  INSERT INTO contract_numbers (tenant_id, range_id, number, text, state, contract_id, time)
  VALUES ($1, $2::uuid, $3, $4, 'USED', $5::uuid, $6))sql";
constexpr char kVoid[] = R"sql(
  UPDATE contract_numbers SET state = 'VOID', time = $3 WHERE tenant_id = $1 AND contract_id = $2::uuid AND state = 'USED')sql";

std::optional<Date> ToOptionalDate(const pqxx::field& field) {
  return field.is_null() ? std::nullopt : std::optional<Date>(pg::ToDate(field));
}

absl::Status CodeTaken() {
  return WithReason(absl::StatusCode::kAlreadyExists, "CODE_TAKEN", "another consultant has this code or operator");
}

}  // namespace

Consultant ToConsultant(const pqxx::row& row) {
  return {.id = row[0].as<std::string>(),
          .code = row[1].as<std::string>(),
          .display_name = row[2].as<std::string>(),
          .operator_name = row[3].as<std::string>(),
          .team = row[4].as<std::string>(),
          .team_display_name = row[5].as<std::string>(),
          .join_date = ToOptionalDate(row[6]),
          .leave_date = ToOptionalDate(row[7]),
          .version = row[8].as<int64_t>()};
}

absl::Status SetupStore::InsertConsultant(const Consultant& c, Instant now) {
  const pqxx::result rows = tx_.Query(kInsertConsultant, tenant_, c.id, c.code, c.display_name, c.operator_name, c.team,
                                      c.team_display_name, c.join_date, c.leave_date, now);
  return rows.empty() ? CodeTaken() : absl::OkStatus();
}

absl::StatusOr<Consultant> SetupStore::FindOne(const char* sql, const std::string& key) {
  const pqxx::result rows = tx_.Query(sql, tenant_, key);
  if (rows.empty()) return Missing("consultant", key);
  return ToConsultant(rows.front());
}

absl::StatusOr<Consultant> SetupStore::FindConsultant(const std::string& id) { return FindOne(kFind, id); }
absl::StatusOr<Consultant> SetupStore::FindConsultantForUpdate(const std::string& id) {
  return FindOne(kFindForUpdate, id);
}
absl::StatusOr<Consultant> SetupStore::FindConsultantOf(const std::string& operator_name) {
  return FindOne(kFindOfOperator, operator_name);
}

absl::Status SetupStore::SaveConsultant(Consultant& c) {
  const pqxx::result rows = tx_.Query(kSaveConsultant, tenant_, c.id, c.display_name, c.operator_name, c.team,
                                      c.team_display_name, c.join_date, c.leave_date);
  if (rows.empty()) return CodeTaken();
  c.version = rows[0][0].as<int64_t>();
  return absl::OkStatus();
}

Policy SetupStore::PolicyAt(const std::string& project_id, Instant now) {
  const pqxx::result rows = tx_.Query(kPolicy, tenant_, project_id, now);
  if (rows.empty()) return Policy{};
  const pqxx::row row = rows.front();
  const auto seconds = [&](int column) { return std::chrono::seconds(row[column].as<int64_t>()); };
  return Policy{.hold_period = seconds(0),
                .longest_hold = seconds(1),
                .most_extensions = row[2].as<int>(),
                .hold_fee = Fen(row[3].as<int64_t>()),
                .subscription_period = seconds(4),
                .deposit = Fen(row[5].as<int64_t>()),
                .deposit_kind = static_cast<DepositKind>(row[6].as<int>()),
                .reminder_lead = seconds(7),
                .alerts_off = row[8].as<bool>(),
                .hold_expiry_releases = row[9].as<bool>(),
                .consultant_discount_limit_ppm = row[10].as<int64_t>(),
                .manager_discount_limit_ppm = row[11].as<int64_t>(),
                .valid_from = pg::ToInstant(row[12]),
                .version = row[13].as<int64_t>()};
}

void SetupStore::InsertPolicy(const std::string& project_id, const Policy& p, const std::string& actor) {
  tx_.Query(kInsertPolicy, tenant_, project_id, p.version, p.valid_from, p.hold_period.count(), p.longest_hold.count(),
            p.most_extensions, p.hold_fee.minor_units, p.subscription_period.count(), p.deposit.minor_units,
            static_cast<int>(p.deposit_kind), p.reminder_lead.count(), p.alerts_off, p.hold_expiry_releases,
            p.consultant_discount_limit_ppm, p.manager_discount_limit_ppm, actor);
}

absl::Status SetupStore::InsertRange(const StoredRange& stored, Instant now) {
  const NumberRange& range = stored.range;
  tx_.Query(kLockRanges, tenant_);  // Two overlapping ranges at the same moment see each other.
  if (!tx_.Query(kOverlap, tenant_, range.prefix, range.digits, range.first, range.last).empty()) {
    return Refused("NUMBERS_OVERLAP", "another range has some of these numbers");
  }
  tx_.Query(kInsertRange, tenant_, stored.id, stored.project_id, range.prefix, range.first, range.last, range.digits,
            now);
  return absl::OkStatus();
}

absl::StatusOr<DrawnNumber> SetupStore::DrawNumber(const std::string& project_id, const std::string& contract_id,
                                                   Instant now) {
  const pqxx::result rows = tx_.Query(kDraw, tenant_, project_id);
  if (rows.empty()) return Refused("NUMBERS_EXHAUSTED", "the project has no contract number left");
  const pqxx::row row = rows.front();
  DrawnNumber drawn{.range_id = row[0].as<std::string>(), .number = row[1].as<int64_t>()};
  drawn.text = Spell({.prefix = row[2].as<std::string>(), .digits = row[3].as<int>()}, drawn.number);
  tx_.Query(kUse, tenant_, drawn.range_id, drawn.number, drawn.text, contract_id, now);
  return drawn;
}

void SetupStore::VoidNumber(const std::string& contract_id, Instant now) {
  tx_.Query(kVoid, tenant_, contract_id, now);
}

}  // namespace lintel::sales
