// Contract numbers (INV-02).
#include "platform/ids/ids.h"
#include "platform/status/status.h"
#include "services/sales/domain/hold.h"
#include "services/sales/store/people_store.h"

namespace lintel::sales {
namespace {

// One writer per project: the lock ends with the transaction.
constexpr char kLockProject[] = "SELECT pg_advisory_xact_lock(hashtextextended('sales.numbers/' || $1, $2))";
constexpr char kOverlaps[] = R"sql(
  SELECT 1 FROM number_ranges
   WHERE tenant_id = $1 AND project_id = $2 AND prefix = $3 AND first <= $5 AND last >= $4 LIMIT 1)sql";
constexpr char kInsert[] = R"sql(
  INSERT INTO number_ranges (tenant_id, id, project_id, prefix, first, last, digits, next, created_time)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $5, $8))sql";
constexpr char kDraw[] = R"sql(
  UPDATE number_ranges SET next = next + 1
   WHERE tenant_id = $1 AND id = (SELECT id FROM number_ranges
                                   WHERE tenant_id = $1 AND project_id = $2 AND next <= last
                                   ORDER BY created_time, id LIMIT 1 FOR UPDATE)
  RETURNING id, prefix, next - 1, digits)sql";
constexpr char kUse[] = R"sql(
  INSERT INTO numbers (tenant_id, id, range_id, project_id, sequence, number, state, contract_id, changed_time)
  VALUES ($1, $2, $3, $4, $5, $6, 'USED', $7, $8))sql";
constexpr char kVoid[] = R"sql(
  UPDATE numbers SET state = 'VOID', changed_time = $3 WHERE tenant_id = $1 AND contract_id = $2)sql";

constexpr char kRanges[] = R"sql(
  SELECT id, project_id, prefix, first, last, digits, next, created_time,
         (SELECT count(*) FROM numbers AS n WHERE n.tenant_id = r.tenant_id AND n.range_id = r.id AND n.state = 'USED') AS used,
         (SELECT count(*) FROM numbers AS n WHERE n.tenant_id = r.tenant_id AND n.range_id = r.id AND n.state = 'VOID') AS voided
    FROM number_ranges AS r
   WHERE tenant_id = $1::bigint AND ($2::boolean OR project_id = ANY($3::uuid[])))sql";
constexpr char kNumbers[] = R"sql(
  SELECT id, sequence, number, state, contract_id, changed_time
    FROM numbers WHERE tenant_id = $1::bigint AND range_id = $2::uuid)sql";

}  // namespace

absl::Status NumberStore::InsertRange(const NumberRange& range, Instant now) {
  tx_.Query(kLockProject, range.project_id, scope_.tenant);
  if (!tx_.Query(kOverlaps, scope_.tenant, range.project_id, range.prefix, range.first, range.last).empty()) {
    return Refused("NUMBERS_OVERLAP", "another range of the project has some of these numbers");
  }
  tx_.Query(kInsert, scope_.tenant, range.id, range.project_id, range.prefix, range.first, range.last, range.digits,
            now);
  return absl::OkStatus();
}

absl::StatusOr<NumberRange> NumberStore::FindRange(const std::string& id) {
  std::vector<std::string> parameters = ScopeParameters(scope_);
  parameters.resize(3);
  parameters.push_back(id);
  const pqxx::result rows = tx_.QueryText(std::string(kRanges) + " AND id = $4::uuid", parameters);
  if (rows.empty()) return Missing("contractNumberRange", id);
  return ToRange(rows[0]);
}

absl::StatusOr<std::string> NumberStore::Draw(const std::string& project_id, const std::string& contract_id,
                                              Instant now) {
  const pqxx::result drawn = tx_.Query(kDraw, scope_.tenant, project_id);
  if (drawn.empty()) return Refused("NUMBERS_EXHAUSTED", "no contract number is left in the project's ranges");
  const pqxx::row row = drawn[0];
  const auto sequence = row[2].as<int64_t>();
  const std::string number = FormatNumber(row[1].as<std::string>(), sequence, row[3].as<int>());
  tx_.Query(kUse, scope_.tenant, NewId(), row[0].as<std::string>(), project_id, sequence, number, contract_id, now);
  return number;
}

void NumberStore::Void(const std::string& contract_id, Instant now) {
  tx_.Query(kVoid, scope_.tenant, contract_id, now);
}

Listed NumberStore::ListRanges(const lintel::List& list) {
  std::vector<std::string> parameters = ScopeParameters(scope_);
  parameters.resize(3);
  return RunList(tx_, kRanges, parameters, list);
}

Listed NumberStore::ListNumbers(const std::string& range_id, const lintel::List& list) {
  return RunList(tx_, kNumbers, {std::to_string(scope_.tenant), range_id}, list);
}

NumberRange NumberStore::ToRange(const pqxx::row& row) {
  return {.id = row["id"].as<std::string>(),
          .project_id = row["project_id"].as<std::string>(),
          .prefix = row["prefix"].as<std::string>(),
          .first = row["first"].as<int64_t>(),
          .last = row["last"].as<int64_t>(),
          .digits = row["digits"].as<int>(),
          .next = row["next"].as<int64_t>(),
          .used = row["used"].as<int64_t>(),
          .voided = row["voided"].as<int64_t>()};
}

const ListSpec& NumberStore::RangeSpec() {
  static const ListSpec spec{
      .fields = {{"project", {.column = "project_id", .type = FieldType::kId, .pattern = "projects/*"}},
                 {"prefix", {.column = "prefix", .sortable = true}},
                 {"create_time", {.column = "created_time", .type = FieldType::kInstant, .sortable = true}}},
      .default_order = "create_time"};
  return spec;
}

const ListSpec& NumberStore::NumberSpec() {
  static const ListSpec spec{
      .fields = {{"sequence", {.column = "sequence", .type = FieldType::kInteger, .sortable = true}}},
      .default_order = "sequence"};
  return spec;
}

}  // namespace lintel::sales
